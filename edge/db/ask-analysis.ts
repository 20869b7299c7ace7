import { sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { auditMoved } from './audit.ts';
import type { Db } from './client.ts';

export interface Asked {
  requestId: string;
  /** A host's user id. */
  by: string;
}

/** A press so soon after another one is taken for the same. */
const TOGETHER = sql`interval '60 seconds'`;

/**
 * Keeps that somebody wants a call analysed again, and sends the call back to where that begins: to its words, or to its recording when
 * it has none yet. All or nothing, in one transaction. Whoever asks while it is under way, or again with the same request, joins. Answers
 * where the call stands now when this request set it off, and null when it did not. An erased call stays erased.
 */
export async function askAnalysis(
  db: Db,
  tenantId: string,
  callId: string,
  { requestId, by }: Asked,
): Promise<'ended' | 'transcribed' | null> {
  const it = sql`(select ${tenantId}::uuid as tenant_id, ${callId}::uuid as call_id, ${requestId}::uuid as request_id)`;
  const isFirst = sql`exists (select from analyses a where a.call_id = ${callId}::uuid and a.request_id = ${requestId}::uuid and a.created_at = now())`;
  const [, moved, rows] = await db.asTenant(tenantId, (q) => [
    // Dated now, it is newer than the insight and so unanswered. One that joins carries the date of what it joins.
    q.execute(sql`
      insert into analyses (tenant_id, call_id, request_id, asked_by, created_at)
      select it.tenant_id, it.call_id, it.request_id, ${by}, case
        when c.status in ('live', 'ended', 'transcribed') then coalesce(
          (select max(a.created_at) from analyses a where a.call_id = c.id), i.created_at, c.moved_at)
        else coalesce((select max(a.created_at) from analyses a where a.call_id = c.id and a.created_at > now() - ${TOGETHER}), now()) end
      from ${it} it join calls c on c.tenant_id = it.tenant_id and c.id = it.call_id
      left join insights i on i.tenant_id = c.tenant_id and i.call_id = c.id
      where c.erased_at is null
      on conflict do nothing`),
    auditMoved(
      q,
      sql`(update calls set moved_at = now(), next_at = null, tries = 0, trouble = null, status = case
          when status = 'understood' or exists (select from utterances u where u.call_id = calls.id) then 'transcribed' else 'ended' end
        where id = ${callId}::uuid and erased_at is null and ${isFirst}
          and (status = 'understood' or (status = 'failed' and (audio_key is not null or upload_key is not null
            or exists (select from utterances u where u.call_id = calls.id))))
        returning tenant_id, id)`,
      { actor: by, action: 'call-again' },
    ),
    q.execute(sql`select status from calls where id = ${callId}::uuid`),
  ]);
  const [row] = statusRows.parse(rows.rows);
  return moved.rows.length > 0 && row && row.status !== 'other' ? row.status : null;
}

const statusRows = z.array(z.object({ status: z.catch(z.enum(['ended', 'transcribed', 'other']), 'other') }));
