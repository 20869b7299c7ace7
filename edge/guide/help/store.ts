import { sql } from 'drizzle-orm';
import type { Db } from '../../db/client.ts';

/** Somebody of the team helped on a call: who, and that they did. The line itself is kept nowhere. The same press again is one row. */
export async function noteHelped(
  db: Db,
  tenantId: string,
  { callId, by, requestId, at }: { callId: string; by: string; requestId: string; at: Date },
) {
  const detail = JSON.stringify({ requestId });
  await db.asTenant(tenantId, (q) => [
    q.execute(sql`insert into audit (tenant_id, at, actor, action, subject, detail)
      select tenant_id, ${at.toISOString()}::timestamptz, ${by}, 'helped', id::text, ${detail}::jsonb
      from calls where id = ${callId}::uuid
        and not exists (select from audit where action = 'helped' and subject = ${callId} and detail = ${detail}::jsonb)`),
  ]);
}
