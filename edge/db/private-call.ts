import { sql } from 'drizzle-orm';
import { auditMoved } from './audit.ts';
import type { Db } from './client.ts';

/**
 * Makes a call its rep's alone, or shares it again. What was about to be written of a private call waits for its rep from then on: in the
 * CRM everybody would read it. Doing it again changes nothing.
 */
export async function setPrivate(db: Db, tenantId: string, callId: string, isPrivate: boolean, by: string, at: Date): Promise<void> {
  const it = sql`${callId}::uuid`;
  await db.asTenant(tenantId, (q) => [
    auditMoved(
      q,
      sql`(update calls set is_private = ${isPrivate} where id = ${it} and is_private <> ${isPrivate} returning tenant_id, id)`,
      { at, actor: by, action: isPrivate ? 'call-private' : 'call-shared' },
    ),
    auditMoved(
      q,
      sql`(update changes set state = 'waiting', policy = 'suggest', version = version + 1, next_at = null, lease_until = null
        where ${isPrivate} and call_id = ${it} and state = 'due' and decided_by is null and undoes is null returning tenant_id, id)`,
      { at, actor: by, action: 'change-private' },
    ),
  ]);
}
