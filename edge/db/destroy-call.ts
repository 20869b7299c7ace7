import { sql } from 'drizzle-orm';
import { auditMoved } from './audit.ts';
import type { Db } from './client.ts';

const TROUBLE = 'This call was stopped and destroyed. Nothing of it is kept.';

/**
 * Forgets a call in one transaction: what was said, what we made of it, and what was to be written. It stays as an empty frame, so that the
 * database itself drops whatever a job still under way would write about it. What stands in the CRM keeps its place and its values and loses
 * its words (see the trigger `changes_stay_erased`). Doing it again changes nothing, and finds what came in between. Its recording goes
 * separately: see `audioOfErased`.
 */
export async function destroyCall(db: Db, tenantId: string, callId: string, by: string, at: Date): Promise<void> {
  const it = sql`${callId}::uuid`;
  await db.asTenant(tenantId, (q) => [
    // First, so that whoever writes about it from now on sees it.
    auditMoved(
      q,
      sql`(update calls set erased_at = coalesce(erased_at, ${at.toISOString()}::timestamptz), missed = 'destroyed', status = 'failed',
          trouble = ${TROUBLE}, next_at = null, ended_at = coalesce(ended_at, ${at.toISOString()}::timestamptz), moved_at = now(),
          customer_name = 'Destroyed', customer_email = null, from_number = null, to_number = null
        where id = ${it} and missed is distinct from 'destroyed' returning tenant_id, id)`,
      { at, actor: by, action: 'call-destroyed' },
    ),
    q.execute(sql`delete from utterances where call_id = ${it}`),
    q.execute(sql`delete from insights where call_id = ${it}`),
    q.execute(sql`delete from changes where call_id = ${it}
      and state not in ('writing', case when undoes is null then 'written' else 'due' end)`),
    // The trigger takes the words out of what is left.
    q.execute(sql`update changes set evidence = '[]' where call_id = ${it}`),
    q.execute(sql`delete from facts where call_id = ${it}`),
    q.execute(sql`update facts set heard_in = array_remove(heard_in, ${it}) where ${it} = any(heard_in)`),
    q.execute(sql`delete from risks where ${it} = any(quotes)`),
    q.execute(sql`delete from touches where call_id = ${it}`),
  ]);
}
