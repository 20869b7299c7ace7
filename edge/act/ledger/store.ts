import { and, asc, desc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import type { Db } from '../../db/client.ts';
import { type ChangeRow, columns, rowOf } from '../store.ts';
import { changes } from '../tables.ts';

/** What was ever written on a record, or beside it, newest first; one more than `limit` when there is more. */
export async function writtenOfRecord(db: Db, tenantId: string, ref: RecordRef, limit: number, offset: number): Promise<ChangeRow[]> {
  const on = and(eq(changes.recordObject, ref.object), eq(changes.recordId, ref.id));
  const also = sql`${changes.also} @> ${JSON.stringify([ref])}::jsonb`;
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select(columns)
      .from(changes)
      .where(and(isNotNull(changes.writtenAt), isNull(changes.undoes), or(on, also)))
      .orderBy(desc(changes.writtenAt), desc(changes.id))
      .limit(limit + 1)
      .offset(offset),
  ]);
  return rows.map(rowOf);
}

/** The CRM's ids of the calls that we wrote on a record, newest first. */
export async function ownCallIds(db: Db, tenantId: string, ref: RecordRef, limit: number): Promise<string[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ crmId: changes.crmId })
      .from(changes)
      .where(
        and(eq(changes.recordObject, ref.object), eq(changes.recordId, ref.id), eq(changes.kind, 'log-call'), isNotNull(changes.crmId)),
      )
      .orderBy(desc(changes.writtenAt))
      .limit(limit),
  ]);
  return rows.flatMap(({ crmId }) => crmId ?? []);
}

/** What takes these changes back, for those that were pressed. */
export async function undosOf(db: Db, tenantId: string, ids: readonly string[]): Promise<ChangeRow[]> {
  if (ids.length === 0) return [];
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select(columns)
      .from(changes)
      .where(inArray(changes.undoes, [...ids])),
  ]);
  return rows.map(rowOf);
}

/** What is still to happen on a record: waiting, on its way, or parked. */
export async function pendingOfRecord(db: Db, tenantId: string, ref: RecordRef, limit: number): Promise<ChangeRow[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select(columns)
      .from(changes)
      .where(
        and(
          eq(changes.recordObject, ref.object),
          eq(changes.recordId, ref.id),
          inArray(changes.state, ['waiting', 'due', 'writing', 'parked']),
        ),
      )
      .orderBy(asc(changes.createdAt), asc(changes.ordinal))
      .limit(limit),
  ]);
  return rows.map(rowOf);
}

/** Changes under these keys, in the order of the keys; what is not there is left out. */
export async function changesByKey(db: Db, tenantId: string, opKeys: readonly string[]): Promise<ChangeRow[]> {
  if (opKeys.length === 0) return [];
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select(columns)
      .from(changes)
      .where(inArray(changes.opKey, [...opKeys])),
  ]);
  const found = rows.map(rowOf);
  return opKeys.flatMap((opKey) => found.find((row) => row.opKey === opKey) ?? []);
}

export interface Pulse {
  /** Changes that have not left, and calls whose changes are not planned yet. */
  backlog: number;
  oldestAt: Date | null;
  parkedCount: number;
  /** When the CRM last took something, or we last read from it. */
  lastSyncAt: Date | null;
}

export async function pulseOf(db: Db, tenantId: string, connectionId: string): Promise<Pulse> {
  const [found] = await db.asTenant(tenantId, (q) => [
    q.execute(sql`
      with held as (select coalesce(ended_at, started_at) as at from calls
        where connection_id = ${connectionId}::uuid and status = 'transcribed' and next_at is not null)
      select count(*) filter (where state in ('due', 'writing'))::int + (select count(*) from held)::int as backlog,
        (extract(epoch from least(min(coalesce(decided_at, created_at)) filter (where state in ('due', 'writing')), (select min(at) from held))) * 1000)::bigint::text
          as oldest_ms,
        count(*) filter (where state = 'parked')::int as parked_count,
        (extract(epoch from greatest(max(written_at), (select max(moved_at) from cursors where connection_id = ${connectionId}::uuid))) * 1000)::bigint::text
          as last_ms
      from changes where connection_id = ${connectionId}::uuid`),
  ]);
  const row = z.array(pulseRow).parse(found.rows)[0];
  const at = (ms: string | null | undefined) => (ms ? new Date(Number(ms)) : null);
  return {
    backlog: row?.backlog ?? 0,
    oldestAt: at(row?.oldest_ms),
    parkedCount: row?.parked_count ?? 0,
    lastSyncAt: at(row?.last_ms),
  };
}

const pulseRow = z.object({
  backlog: z.number(),
  oldest_ms: z.nullable(z.string()),
  parked_count: z.number(),
  last_ms: z.nullable(z.string()),
});

/** Oldest first. */
export async function parkedOfConnection(db: Db, tenantId: string, connectionId: string, limit: number): Promise<ChangeRow[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select(columns)
      .from(changes)
      .where(and(eq(changes.connectionId, connectionId), eq(changes.state, 'parked')))
      .orderBy(asc(changes.createdAt))
      .limit(limit),
  ]);
  return rows.map(rowOf);
}
