import { and, eq, like, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Provider } from '../../shared/contracts/tenant.ts';
import { cursors } from '../act/tables.ts';
import type { Db } from './client.ts';

const owned = z.object({ tenant_id: z.uuid(), connection_id: z.uuid() });

/** Connected connections whose last round of this name was before `before`. Each is answered once: whoever gets it makes the round. */
export async function claimRounds(
  db: Db,
  name: string,
  providers: readonly Provider[],
  now: Date,
  before: Date,
  limit: number,
): Promise<{ tenantId: string; connectionId: string }[]> {
  const list = `{${providers.join(',')}}`;
  const [found] = await db.system((q) => [
    q.execute(
      sql`select tenant_id, connection_id from claim_rounds(${name}, ${list}::text[], ${now.toISOString()}::timestamptz, ${before.toISOString()}::timestamptz, ${limit}::int)`,
    ),
  ]);
  return z
    .array(owned)
    .parse(found.rows)
    .map((row) => ({ tenantId: row.tenant_id, connectionId: row.connection_id }));
}

/** How far a connection has been read: what stands after `prefix` → its cursor. */
export async function cursorsOf(db: Db, tenantId: string, connectionId: string, prefix: string): Promise<Record<string, string>> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ name: cursors.name, value: cursors.value })
      .from(cursors)
      .where(and(eq(cursors.connectionId, connectionId), like(cursors.name, `${prefix}%`))),
  ]);
  return Object.fromEntries(rows.map(({ name, value }) => [name.slice(prefix.length), value]));
}

export async function saveCursors(db: Db, tenantId: string, connectionId: string, prefix: string, moved: Readonly<Record<string, string>>) {
  const rows = Object.entries(moved).map(([name, value]) => ({ tenantId, connectionId, name: prefix + name, value }));
  if (rows.length === 0) return;
  await db.asTenant(tenantId, (q) => [
    q
      .insert(cursors)
      .values(rows)
      .onConflictDoUpdate({
        target: [cursors.tenantId, cursors.connectionId, cursors.name],
        set: { value: sql`excluded.value`, movedAt: sql`now()` },
      }),
  ]);
}
