import { and, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Db, Query } from '../../db/client.ts';
import type { Place } from '../seal.ts';
import { connections, tenantKeys } from '../tables.ts';
import type { Kept, StoredKey } from './keyring.ts';
import type { WrappedKey } from './wrap.ts';

export async function keysOf(db: Db, tenantId: string): Promise<StoredKey[]> {
  const [rows] = await db.read(tenantId, (q) => [q.select(keyColumns).from(tenantKeys).orderBy(tenantKeys.createdAt)]);
  return rows;
}

/** The tenant's key in use, unless it has one. */
export async function addKey(db: Db, tenantId: string, key: WrappedKey): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    q
      .insert(tenantKeys)
      .values({ tenantId, ...key })
      .onConflictDoNothing(),
  ]);
}

/** Retires the key in use and puts this one in its place. */
export async function replaceKey(db: Db, tenantId: string, key: WrappedKey): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    lockKeys(q, tenantId),
    q.update(tenantKeys).set({ retiredAt: sql`now()` }).where(isNull(tenantKeys.retiredAt)),
    q.insert(tenantKeys).values({ tenantId, ...key }),
  ]);
}

/** The same key under another master; false when somebody wrapped it anew meanwhile. */
export async function rewrap(db: Db, tenantId: string, was: WrappedKey, next: WrappedKey): Promise<boolean> {
  const [moved] = await db.asTenant(tenantId, (q) => [
    q
      .update(tenantKeys)
      .set({ kekKid: next.kekKid, wrapped: next.wrapped })
      .where(and(eq(tenantKeys.kid, was.kid), eq(tenantKeys.wrapped, was.wrapped)))
      .returning({ kid: tenantKeys.kid }),
  ]);
  return moved.length > 0;
}

/**
 * Deletes retired keys that nothing is sealed with any more; answers how many. A stored file says with its name which key it has; while a
 * call runs, or its recording is still being written, no key goes.
 */
export async function deleteUnused(db: Db, tenantId: string): Promise<number> {
  const isUsed = sql`exists (select from ${connections} where split_part(${connections.secretSealed}, '.', 2) = ${tenantKeys.kid})`;
  const isFiled = sql`exists (select from calls where split_part(audio_key, '.', 2) = ${tenantKeys.kid} or split_part(upload_key, '.', 2) = ${tenantKeys.kid})`;
  const isFiling = sql`exists (select from calls where status in ('live', 'ended') and moved_at > now() - interval '1 day')`;
  const [, gone] = await db.asTenant(tenantId, (q) => [
    lockKeys(q, tenantId),
    q
      .delete(tenantKeys)
      .where(and(isNotNull(tenantKeys.retiredAt), sql`not ${isUsed}`, sql`not ${isFiled}`, sql`not ${isFiling}`))
      .returning({ kid: tenantKeys.kid }),
  ]);
  return gone.length;
}

/**
 * Keeps a sealed secret with its connection; the only statement that does. Under the lock no key can go that something is being sealed
 * with. `was`: only in the place of that one.
 */
export async function saveSecret(
  db: Db,
  tenantId: string,
  connectionId: string,
  { sealed, expiresAt, was }: { sealed: string; expiresAt?: Date | null; was?: string },
): Promise<Kept> {
  const kid = sealed.split('.')[1] ?? '';
  const inUse = and(eq(tenantKeys.kid, kid), isNull(tenantKeys.retiredAt));
  const [, moved, keys] = await db.asTenant(tenantId, (q) => [
    lockKeys(q, tenantId),
    q
      .update(connections)
      .set({ secretSealed: sealed, ...(expiresAt === undefined ? {} : { secretExpiresAt: expiresAt }) })
      .where(
        and(
          eq(connections.id, connectionId),
          // A token that comes in late does not bring back what somebody disconnected.
          ne(connections.state, 'disconnected'),
          was === undefined ? undefined : eq(connections.secretSealed, was),
          sql`exists (select from ${tenantKeys} where ${inUse})`,
        ),
      )
      .returning({ id: connections.id }),
    q.select({ kid: tenantKeys.kid }).from(tenantKeys).where(inUse),
  ]);
  if (moved.length > 0) return 'saved';
  return keys.length > 0 ? 'gone' : 'key-gone';
}

export interface Secret {
  connectionId: string;
  place: Place;
  sealed: string;
}

export async function secretsOf(db: Db, tenantId: string): Promise<Secret[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({
        id: connections.id,
        tenantId: connections.tenantId,
        provider: connections.provider,
        externalId: connections.externalId,
        sealed: connections.secretSealed,
      })
      .from(connections)
      .where(isNotNull(connections.secretSealed))
      .orderBy(connections.id),
  ]);
  return rows.flatMap(({ sealed, ...row }) => (sealed === null ? [] : [{ connectionId: row.id, place: placeOf(row), sealed }]));
}

/** Where a connection's secret belongs. A telephone account's is bound to the vendor's own id, the others' to ours. */
export const placeOf = (of: { tenantId: string; id: string; provider: string; externalId: string }): Place =>
  of.provider === 'twilio'
    ? { tenantId: of.tenantId, provider: of.provider, connectionId: of.externalId, field: 'auth-token' }
    : { tenantId: of.tenantId, provider: of.provider, connectionId: of.id, field: 'tokens' };

const NOBODY = '00000000-0000-0000-0000-000000000000';
const idRow = z.object({ tenant_id: z.uuid() });

/** Ids of all tenants in their order, a page after `after`. */
export async function tenantIds(db: Db, after = NOBODY, limit = 500): Promise<string[]> {
  const [found] = await db.system((q) => [q.execute(sql`select tenant_id from tenant_ids(${after}::uuid, ${limit})`)]);
  return z
    .array(idRow)
    .parse(found.rows)
    .map((row) => row.tenant_id);
}

const lockKeys = (q: Query, tenantId: string) => q.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`keys/${tenantId}`}, 2))`);

const keyColumns = {
  kid: tenantKeys.kid,
  kekKid: tenantKeys.kekKid,
  wrapped: tenantKeys.wrapped,
  retiredAt: tenantKeys.retiredAt,
};
