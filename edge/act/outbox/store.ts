import { and, eq, inArray, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { ParkedWhy } from '../../../shared/contracts/change.ts';
import type { FieldAsk } from '../../../shared/kit/result.ts';
import { auditMoved } from '../../db/audit.ts';
import type { Db, Query } from '../../db/client.ts';
import { type ChangeRow, columns, key, rowOf } from '../store.ts';
import { changes } from '../tables.ts';

interface Took {
  id: string;
  crmId: string;
}

/**
 * Notes what the CRM took, then takes what is to be sent: due, and whatever a writer that died was sending. Ordered by call, then ordinal. A change waits while an
 * earlier one of the same call or on the same record is still being sent or waits for its retry. `attempts` counts this one already.
 * `nextAtMs` is as `nextDueAt` answers when all that is done.
 */
export async function leaseDue(
  db: Db,
  tenantId: string,
  { connectionId, took, now, leaseMs, limit }: { connectionId: string; took: readonly Took[]; now: Date; leaseMs: number; limit: number },
): Promise<{ rows: ChangeRow[]; nextAtMs: number | null }> {
  const next = sql`
    select id from (${sending(connectionId)}) queue where free_at <= ${now.toISOString()}::timestamptz
    order by created_at, call_id, ordinal
    limit ${limit}::int`;
  const set = { state: 'writing' as const, leaseUntil: new Date(now.getTime() + leaseMs), attempts: sql`${changes.attempts} + 1` };
  // Two writers of one connection take turns, so that neither overtakes what the other holds.
  const turn = (q: Query) => q.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${tenantId}/${connectionId}`}, 0))`);
  const lease = (q: Query) => {
    const taken = q.$with('taken').as(q.update(changes).set(set).where(sql`${changes.id} in (${next})`).returning(columns));
    return q.with(taken).select().from(taken).orderBy(taken.createdAt, taken.callId, taken.ordinal);
  };
  const due = (q: Query) => nextDue(q, connectionId);
  if (took.length === 0) {
    const [, rows, wait] = await db.asTenant(tenantId, (q) => [turn(q), lease(q), due(q)]);
    return { rows: leased(rows), nextAtMs: dueIn(wait.rows) };
  }
  const [, , , , rows, wait] = await db.asTenant(tenantId, (q) => [turn(q), ...noteWritten(q, took, now), lease(q), due(q)]);
  return { rows: leased(rows), nextAtMs: dueIn(wait.rows) };
}

/** A change of a call that was destroyed meanwhile does not become `writing` again. */
const leased = (rows: readonly Parameters<typeof rowOf>[0][]): ChangeRow[] => rows.map(rowOf).filter(({ state }) => state === 'writing');

/**
 * What is being sent or will be, and from when on each may go: not before anything earlier of its call or on its record. A new activity
 * whose key the CRM keeps unique waits for nothing, and nothing waits for it.
 */
const sending = (connectionId: string) => sql`
  select id, call_id, ordinal, created_at,
    case when is_safe then ready_at else greatest(
      max(ready_at) over (partition by is_safe, coalesce(call_id, id) order by created_at, call_id, ordinal),
      max(ready_at) over (partition by is_safe, record_object, record_id order by created_at, call_id, ordinal)) end as free_at
  from (
    select c.id, call_id, ordinal, c.created_at, record_object, record_id,
      case c.state when 'due' then coalesce(next_at, '-infinity') else lease_until end as ready_at,
      n.settings ->> 'effectOnce' is not distinct from 'true' and wrote is null
        and (kind in ('add-note', 'add-task') or (kind = 'log-call' and not body ? 'existing')) as is_safe
    from changes c join connections n on n.id = c.connection_id
    where connection_id = ${connectionId}::uuid and c.state in ('due', 'writing')) unsent`;

/**
 * writing → written. Also from due: a lease that ran out does not undo what the CRM has; and where the call was destroyed, or nobody could take it back. What now stands in a field is remembered as ours,
 * and a change that one of these took back is undone. Answers how many moved.
 */
export async function markWritten(db: Db, tenantId: string, took: readonly Took[], now: Date): Promise<number> {
  if (took.length === 0) return 0;
  const [moved] = await db.asTenant(tenantId, (q) => noteWritten(q, took, now));
  return moved.rows.length;
}

function noteWritten(q: Query, took: readonly Took[], now: Date) {
  const list = JSON.stringify(took.map(({ id, crmId }) => ({ id, crm_id: crmId })));
  const done = sql`jsonb_to_recordset(${list}::jsonb) as done(id uuid, crm_id text)`;
  return [
    auditMoved(
      q,
      sql`(update changes c set state = 'written', crm_id = done.crm_id, trouble = null, next_at = null, lease_until = null,
          wrote = c.body, written_at = ${now.toISOString()}::timestamptz
        from ${done} where c.id = done.id and (c.state in ('writing', 'due') or (c.state = 'superseded' and exists (
          select from calls k where k.id = c.call_id and k.erased_at is not null))) returning c.tenant_id, c.id)`,
      { at: now, actor: 'writer', action: 'change-written' },
    ),
    q.execute(rememberFields(list, now)),
    auditMoved(
      q,
      sql`(update changes c set state = 'undone', trouble = null
        from changes undo join ${done} on done.id = undo.id
        where c.state = 'written' and c.id = undo.undoes and undo.state = 'written' returning c.tenant_id, c.id)`,
      { at: now, actor: 'writer', action: 'change-undone' },
    ),
  ] as const;
}

/** The print of the value as `printed` in shared/act/news.ts spells it; null for an emptied field, and for an appended one, which is more than ours. */
const rememberFields = (list: string, now: Date) => sql`
  with done as (
    select c.*,
      case when c.kind = 'set-field' then c.body->>'field' when n.provider = 'salesforce' then 'StageName' else 'dealstage' end as field,
      regexp_replace(replace(c.body->>'to', chr(13) || chr(10), chr(10)), '[[:space:]]+$', '') as value
    from changes c join connections n on n.id = c.connection_id
    where c.id in (select id from jsonb_to_recordset(${list}::jsonb) as these(id uuid)) and c.state = 'written' and c.written_at = ${now.toISOString()}::timestamptz
      and c.kind in ('set-field', 'move-stage')),
  spelled as (
    select *, case
      when value ~ '^-?(0|[1-9][0-9]*)([.][0-9]+)?$' then trim_scale(value::numeric)::text
      when value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00([.]0+)?Z$' then left(value, 10)
      else value end as said
    from done)
  insert into crm_fields (tenant_id, connection_id, record_object, record_id, field, wrote_hash, wrote_at)
  select distinct on (tenant_id, connection_id, record_object, record_id, field) tenant_id, connection_id, record_object, record_id, field,
    case when value = '' or body->>'mode' = 'append' then null
      else encode(sha256(convert_to(tenant_id::text || chr(10) || field || chr(10) || said, 'UTF8')), 'hex') end,
    written_at
  from spelled order by tenant_id, connection_id, record_object, record_id, field, created_at desc
  on conflict (tenant_id, connection_id, record_object, record_id, field)
  do update set wrote_hash = excluded.wrote_hash, wrote_at = excluded.wrote_at`;

/** writing → due, not before `nextAt`. */
export async function retryLater(db: Db, tenantId: string, id: string, nextAt: Date, trouble: string): Promise<boolean> {
  const [moved] = await db.asTenant(tenantId, (q) => [
    q
      .update(changes)
      .set({ state: 'due', nextAt, trouble, leaseUntil: null })
      .where(and(eq(changes.id, id), eq(changes.state, 'writing')))
      .returning(key),
  ]);
  return moved.length > 0;
}

/** writing → due, not before `nextAt`; what was leased but never tried is not counted as a try. */
export async function putBack(db: Db, tenantId: string, id: string, nextAt: Date): Promise<boolean> {
  const [moved] = await db.asTenant(tenantId, (q) => [
    q
      .update(changes)
      .set({ state: 'due', nextAt, leaseUntil: null, attempts: sql`greatest(${changes.attempts} - 1, 0)` })
      .where(and(eq(changes.id, id), eq(changes.state, 'writing')))
      .returning(key),
  ]);
  return moved.length > 0;
}

/** writing → superseded: a newer change of the same record left before it. */
export async function supersede(db: Db, tenantId: string, id: string, trouble: string): Promise<boolean> {
  const [moved] = await db.asTenant(tenantId, (q) => [
    auditMoved(
      q,
      q
        .update(changes)
        .set({ state: 'superseded', trouble, nextAt: null, leaseUntil: null })
        .where(and(eq(changes.id, id), eq(changes.state, 'writing')))
        .returning(key),
      { actor: 'writer', action: 'change-superseded' },
    ),
  ]);
  return moved.rows.length > 0;
}

/** writing or due → parked, for a person to see; `trouble` is a sentence for them, `asks` what the CRM wants filled first. */
export async function park(
  db: Db,
  tenantId: string,
  id: string,
  trouble: string,
  why: ParkedWhy,
  asks?: readonly FieldAsk[],
): Promise<boolean> {
  const set = { state: 'parked' as const, trouble, parkedWhy: why, asks: asks ? [...asks] : null, nextAt: null, leaseUntil: null };
  const [moved] = await db.asTenant(tenantId, (q) => [
    auditMoved(
      q,
      q
        .update(changes)
        .set(set)
        .where(and(eq(changes.id, id), inArray(changes.state, ['writing', 'due'])))
        .returning(key),
      { actor: 'writer', action: 'change-parked', detail: { why } },
    ),
  ]);
  return moved.rows.length > 0;
}

/**
 * writing → waiting: somebody else's value stands there, so it is a person's to decide. The version they see is a new one. An undo ends
 * there instead, because a person's value is what it would have overwritten.
 */
export async function suggest(db: Db, tenantId: string, id: string, trouble: string): Promise<boolean> {
  const [moved] = await db.asTenant(tenantId, (q) => [
    auditMoved(
      q,
      q
        .update(changes)
        .set({
          state: sql`case when ${changes.undoes} is null then 'waiting' else 'superseded' end`,
          policy: 'suggest',
          trouble,
          version: sql`${changes.version} + 1`,
          nextAt: null,
          leaseUntil: null,
        })
        .where(and(eq(changes.id, id), eq(changes.state, 'writing')))
        .returning(key),
      { actor: 'writer', action: 'change-suggested' },
    ),
  ]);
  return moved.rows.length > 0;
}

/** Connections with something to send, over all tenants; those that must be reconnected first are left out. */
export async function dueConnections(db: Db, now: Date): Promise<{ tenantId: string; connectionId: string }[]> {
  const [found] = await db.system((q) => [
    q.execute(sql`select tenant_id, connection_id from due_connections(${now.toISOString()}::timestamptz)`),
  ]);
  return z
    .array(dueRow)
    .parse(found.rows)
    .map((row) => ({ tenantId: row.tenant_id, connectionId: row.connection_id }));
}

/** When this connection has something it may send next (epoch ms): the distant past when it may already, null when nothing waits or it must be connected first. */
export async function nextDueAt(db: Db, tenantId: string, connectionId: string): Promise<number | null> {
  const [due] = await db.read(tenantId, (q) => [nextDue(q, connectionId)]);
  return dueIn(due.rows);
}

const nextDue = (q: Query, connectionId: string) =>
  q.execute(
    sql`select (extract(epoch from greatest(min(free_at), 'epoch')) * 1000)::bigint as at_ms from (${sending(connectionId)}) queue
      having count(*) > 0 and (select state from connections where id = ${connectionId}::uuid) = 'connected'`,
  );

function dueIn(rows: unknown): number | null {
  const atMs = z.array(nextRow).parse(rows)[0]?.at_ms ?? null;
  return atMs === null ? null : Number(atMs);
}

const nextRow = z.object({ at_ms: z.nullable(z.string()) });
const dueRow = z.object({ tenant_id: z.uuid(), connection_id: z.uuid() });
