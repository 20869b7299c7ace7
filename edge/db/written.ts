import { sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { audit } from './audit.ts';
import type { Db } from './client.ts';

export interface WrittenRow {
  id: string;
  kind: 'log-call' | 'add-note' | 'add-task';
  crmId: string;
}

/** The newest activities we wrote since then, without those already known to be missing. */
export async function writtenActivities(db: Db, tenantId: string, connectionId: string, since: Date, limit: number): Promise<WrittenRow[]> {
  const [found] = await db.asTenant(tenantId, (q) => [
    q.execute(sql`
      select c.id, c.kind, c.crm_id from changes c
      where c.connection_id = ${connectionId}::uuid and c.state = 'written' and c.kind in ('log-call', 'add-note', 'add-task')
        and c.crm_id is not null and c.written_at >= ${since.toISOString()}::timestamptz
        and not exists (select from audit a where a.action = ${MISSING} and a.subject = c.id::text)
      order by c.written_at desc limit ${limit}::int`),
  ]);
  return z
    .array(writtenRow)
    .parse(found.rows)
    .map(({ crm_id: crmId, ...row }) => ({ ...row, crmId }));
}

const writtenRow = z.object({ id: z.uuid(), kind: z.enum(['log-call', 'add-note', 'add-task']), crm_id: z.string() });
/** What the health page counts. */
const MISSING = 'activity-missing';

/** Somebody or something took it out of the CRM. It is noted, and never written again by itself. */
export async function noteMissing(db: Db, tenantId: string, changeIds: readonly string[], at: Date): Promise<void> {
  if (changeIds.length === 0) return;
  await db.asTenant(tenantId, (q) => [
    q.insert(audit).values(changeIds.map((subject) => ({ tenantId, at, actor: 'reconcile', action: MISSING, subject }))),
  ]);
}
