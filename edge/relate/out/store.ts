import { sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import type { Db } from '../../db/client.ts';

/** They objected: their links are gone when this answers, and nothing is learned of them again. Twice is once. */
export async function optOut(
  db: Db,
  tenantId: string,
  { person, hashes, by, at }: { person: RecordRef; hashes: readonly string[]; by: string; at: Date },
): Promise<void> {
  const when = at.toISOString();
  const known = sql`select value from jsonb_array_elements_text(${JSON.stringify(hashes)}::jsonb)`;
  await db.asTenant(tenantId, (q) => [
    q.execute(sql`with gone as (
      insert into people_out (tenant_id, person_object, person_id, why, hashes, by, at)
      values (${tenantId}::uuid, ${person.object}, ${person.id}, 'opted-out', array(${known}), ${by}, ${when}::timestamptz)
      on conflict do nothing returning tenant_id, person_object || '/' || person_id as key)
      insert into audit (tenant_id, at, actor, action, subject) select tenant_id, ${when}::timestamptz, ${by}, 'person-opted-out', key from gone`),
  ]);
}

/** Which of these are out, by key of the graph or by the hash of an address. */
export async function outOf(db: Db, tenantId: string, keysOrHashes: readonly string[]): Promise<Set<string>> {
  if (keysOrHashes.length === 0) return new Set();
  const [found] = await db.read(tenantId, (q) => [
    q.execute(sql`select value from jsonb_array_elements_text(${JSON.stringify(keysOrHashes)}::jsonb)
      where exists (select from people_out o where o.person_object || '/' || o.person_id = value or value = any(o.hashes))`),
  ]);
  return new Set(z.parse(z.array(z.object({ value: z.string() })), found.rows).map(({ value }) => value));
}
