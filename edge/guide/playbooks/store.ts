import { and, desc, eq, sql } from 'drizzle-orm';
import type { Playbook, PlaybookVersionsView, SavedPlaybook } from '../../../shared/contracts/playbook.ts';
import type { Db } from '../../db/client.ts';
import { isId } from '../../db/id.ts';
import { playbooks } from './tables.ts';

const PLAYBOOKS_MAX = 50;
const VERSIONS_SHOWN = 50;

/** The newest version of each of the tenant's playbooks, in the order of their names. */
export async function playbooksOf(db: Db, tenantId: string): Promise<SavedPlaybook[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q.selectDistinctOn([playbooks.id], columns).from(playbooks).orderBy(playbooks.id, desc(playbooks.version)).limit(PLAYBOOKS_MAX),
  ]);
  return rows.map(savedOf).toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1));
}

/** Which versions are in force: as long as this stays the same, so do the playbooks. */
export async function playbookVersionsOf(db: Db, tenantId: string): Promise<string> {
  const [found] = await db.read(tenantId, (q) => [
    q.execute(sql`select coalesce(string_agg(id || '@' || version, ' ' order by id), '') as versions
      from (select id, max(version) as version from playbooks group by id) newest`),
  ]);
  return String(found.rows[0]?.['versions'] ?? '');
}

/** Newest first. */
export async function versionsOf(db: Db, tenantId: string, id: string): Promise<PlaybookVersionsView['versions']> {
  if (!isId(id)) return [];
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({
        version: playbooks.version,
        name: playbooks.name,
        moments: sql<number>`jsonb_array_length(${playbooks.moments})`.mapWith(Number),
        savedBy: playbooks.savedBy,
        savedAt: playbooks.savedAt,
      })
      .from(playbooks)
      .where(eq(playbooks.id, id))
      .orderBy(desc(playbooks.version))
      .limit(VERSIONS_SHOWN),
  ]);
  return rows.map((row) => ({ ...row, savedAt: row.savedAt.toISOString() }));
}

/**
 * The next version, made from `from` (0: a new playbook). `stale` when there is a newer one than that, or none at all; `full` when there are
 * as many playbooks as there may be. The same request again answers what it saved.
 */
export async function savePlaybook(
  db: Db,
  tenantId: string,
  said: { id: string; from: number; requestId: string; by: string; at: Date; playbook: Playbook },
): Promise<SavedPlaybook | 'stale' | 'full'> {
  const { id, from, requestId, by, at, playbook } = said;
  const [, , rows, counted] = await db.asTenant(tenantId, (q) => [
    // One after the other within a tenant: two at once would both be the next version.
    q.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`playbooks ${tenantId}`}, 0))`),
    q.execute(sql`
      with saved as (
        insert into playbooks (tenant_id, id, version, name, enabled, packs, moments, assigned, request_id, saved_by, saved_at)
        select ${tenantId}::uuid, ${id}::uuid, ${from + 1}::int, ${playbook.name}, ${playbook.enabled}, ${JSON.stringify(playbook.packs)}::jsonb,
          ${JSON.stringify(playbook.moments)}::jsonb, ${JSON.stringify(playbook.assigned)}::jsonb, ${requestId}::uuid, ${by}, ${at.toISOString()}::timestamptz
        where not exists (select from playbooks where request_id = ${requestId}::uuid)
          and coalesce((select max(version) from playbooks where id = ${id}::uuid), 0) = ${from}::int
          and (${from}::int > 0 or (select count(distinct id) from playbooks) < ${PLAYBOOKS_MAX}::int)
        returning tenant_id, id)
      insert into audit (tenant_id, actor, action, subject, detail)
      select tenant_id, ${by}, 'set-playbook', id::text, ${JSON.stringify({ version: from + 1 })}::jsonb from saved`),
    q
      .select(columns)
      .from(playbooks)
      .where(and(eq(playbooks.requestId, requestId), eq(playbooks.id, id))),
    q.execute(sql`select count(distinct id)::int as all from playbooks`),
  ]);
  if (rows[0]) return savedOf(rows[0]);
  return from === 0 && Number(counted.rows[0]?.['all'] ?? 0) >= PLAYBOOKS_MAX ? 'full' : 'stale';
}

const columns = {
  id: playbooks.id,
  version: playbooks.version,
  name: playbooks.name,
  enabled: playbooks.enabled,
  packs: playbooks.packs,
  moments: playbooks.moments,
  assigned: playbooks.assigned,
  savedBy: playbooks.savedBy,
  savedAt: playbooks.savedAt,
};

const savedOf = (row: Omit<SavedPlaybook, 'savedAt'> & { savedAt: Date }): SavedPlaybook => ({
  ...row,
  savedAt: row.savedAt.toISOString(),
});
