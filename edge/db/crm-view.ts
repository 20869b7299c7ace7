import { and, eq, inArray, or, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { shadowMs } from '../../shared/act/shadow.ts';
import { type ChangeBody, changeBody, type ShadowSaw } from '../../shared/contracts/change.ts';
import { type RecordRef, recordRef } from '../../shared/contracts/record.ts';
import { changes, crmFields } from '../act/tables.ts';
import { auditMoved } from './audit.ts';
import type { Db } from './client.ts';

/** A change of a field that waits for a person or for the writer, or that is only watched. */
export interface OpenRow {
  id: string;
  version: number;
  state: 'waiting' | 'due' | 'shadow';
  record: RecordRef;
  body: Extract<ChangeBody, { kind: 'set-field' | 'move-stage' }>;
  since: Date;
}

/** What a person does long after a call is not compared with it, so it is not looked for either. */
const watched = sql`${changes.createdAt} > now() - make_interval(secs => ${shadowMs / 1_000}::float8)`;

/** What is open on these records. */
export async function openOn(db: Db, tenantId: string, connectionId: string, refs: readonly RecordRef[]): Promise<OpenRow[]> {
  if (refs.length === 0) return [];
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({
        id: changes.id,
        version: changes.version,
        state: changes.state,
        object: changes.recordObject,
        recordId: changes.recordId,
        body: changes.body,
        createdAt: changes.createdAt,
        decidedAt: changes.decidedAt,
      })
      .from(changes)
      .where(
        and(
          eq(changes.connectionId, connectionId),
          or(inArray(changes.state, ['waiting', 'due']), and(eq(changes.state, 'shadow'), watched)),
          inArray(changes.kind, ['set-field', 'move-stage']),
          sql`(${changes.recordObject}, ${changes.recordId}) in (select r.object, r.id from jsonb_to_recordset(${JSON.stringify(refs)}::jsonb) as r(object text, id text))`,
        ),
      ),
  ]);
  return rows.flatMap(({ object, recordId, body, state, createdAt, decidedAt, ...row }) => {
    const read = changeBody.parse(body);
    if ((read.kind !== 'set-field' && read.kind !== 'move-stage') || (state !== 'waiting' && state !== 'due' && state !== 'shadow'))
      return [];
    return [{ ...row, state, record: { object, id: recordId }, body: read, since: decidedAt ?? createdAt }];
  });
}

export interface Seen {
  record: RecordRef;
  field: string;
  print: string | null;
  atMs: number;
  by: 'us' | 'other';
}

/**
 * Notes what stands in fields, where that is newer than what we knew; answers those. Only fields we have to do with are kept: those of
 * records in `open`, and those we wrote or saw before.
 */
export async function saveSeen(
  db: Db,
  tenantId: string,
  connectionId: string,
  seen: readonly Seen[],
  open: readonly RecordRef[],
): Promise<Seen[]> {
  if (seen.length === 0) return [];
  const isOpen = new Set(open.map(({ object, id }) => `${object}/${id}`));
  const rows = seen.map(({ record, field, print, atMs, by }) => ({
    object: record.object,
    id: record.id,
    field,
    print,
    at: new Date(atMs).toISOString(),
    by,
    keep: isOpen.has(`${record.object}/${record.id}`),
  }));
  const [kept] = await db.asTenant(tenantId, (q) => [
    q.execute(sql`
      insert into crm_fields as f (tenant_id, connection_id, record_object, record_id, field, seen_hash, seen_at, seen_by)
      select ${tenantId}::uuid, ${connectionId}::uuid, r.object, r.id, r.field, r.print, r.at, r.by
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(object text, id text, field text, print text, at timestamptz, by text, keep boolean)
      where r.keep or exists (select from crm_fields k where k.tenant_id = ${tenantId}::uuid and k.connection_id = ${connectionId}::uuid
        and k.record_object = r.object and k.record_id = r.id and k.field = r.field)
      on conflict (tenant_id, connection_id, record_object, record_id, field)
      do update set seen_hash = excluded.seen_hash, seen_at = excluded.seen_at, seen_by = excluded.seen_by
        where f.seen_at is null or f.seen_at <= excluded.seen_at
      returning record_object as object, record_id as id, field`),
  ]);
  const fresh = new Set(
    z
      .array(keptRow)
      .parse(kept.rows)
      .map((row) => `${row.object}/${row.id}/${row.field}`),
  );
  return seen.filter(({ record, field }) => fresh.has(`${record.object}/${record.id}/${field}`));
}

const keptRow = z.object({ object: recordRef.shape.object, id: z.string(), field: z.string() });

/** The print of what we last wrote into fields of a record; a field we never wrote is absent. */
export async function wroteOf(db: Db, tenantId: string, connectionId: string, ref: RecordRef): Promise<Record<string, string>> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ field: crmFields.field, print: crmFields.wroteHash })
      .from(crmFields)
      .where(and(eq(crmFields.connectionId, connectionId), eq(crmFields.recordObject, ref.object), eq(crmFields.recordId, ref.id))),
  ]);
  return Object.fromEntries(rows.flatMap(({ field, print }) => (print === null ? [] : [[field, print]])));
}

/** What news made of a change; only the version that was judged moves. */
export interface Judged {
  id: string;
  version: number;
  to: 'waiting' | 'superseded' | ShadowSaw;
  said: string;
}

export async function settle(db: Db, tenantId: string, judged: readonly Judged[]): Promise<void> {
  if (judged.length === 0) return;
  await db.asTenant(tenantId, (q) =>
    judged.map(({ id, version, to, said }) => {
      const seen = and(eq(changes.id, id), eq(changes.version, version));
      if (to === 'matched' || to === 'differed')
        return auditMoved(
          q,
          q
            .update(changes)
            .set({ shadowSaw: to })
            .where(and(seen, eq(changes.state, 'shadow'), sql`${changes.shadowSaw} is distinct from ${to}`))
            .returning(key),
          { actor: 'crm', action: 'shadow-compared', detail: { saw: to } },
        );
      return auditMoved(
        q,
        q
          .update(changes)
          .set({
            state: to,
            ...(to === 'waiting' ? { policy: 'suggest' as const } : {}),
            version: sql`${changes.version} + 1`,
            trouble: said,
            attempts: 0,
            nextAt: null,
            leaseUntil: null,
          })
          .where(and(seen, inArray(changes.state, ['waiting', 'due'])))
          .returning(key),
        { actor: 'crm', action: to === 'waiting' ? 'change-suggested' : 'change-superseded' },
      );
    }),
  );
}

/** Does anything wait to be written on this record, or would have been but that the record was gone? */
export async function hasOpen(db: Db, tenantId: string, connectionId: string, ref: RecordRef): Promise<boolean> {
  const isGone = and(ofRecord(connectionId, ref), eq(changes.state, 'parked'), eq(changes.parkedWhy, 'gone'));
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ id: changes.id })
      .from(changes)
      .where(or(on(connectionId, ref), isGone))
      .limit(1),
  ]);
  return rows.length > 0;
}

/** The record is no more: what waits on it is parked. */
export async function parkGone(db: Db, tenantId: string, connectionId: string, ref: RecordRef, said: string): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    auditMoved(
      q,
      q
        .update(changes)
        .set({ state: 'parked', parkedWhy: 'gone', trouble: said, version: sql`${changes.version} + 1`, nextAt: null, leaseUntil: null })
        .where(on(connectionId, ref))
        .returning(key),
      { actor: 'crm', action: 'change-parked', detail: { why: 'gone' } },
    ),
  ]);
}

const ofRecord = (connectionId: string, ref: RecordRef) =>
  and(eq(changes.connectionId, connectionId), eq(changes.recordObject, ref.object), eq(changes.recordId, ref.id));
const on = (connectionId: string, ref: RecordRef) => and(ofRecord(connectionId, ref), inArray(changes.state, ['waiting', 'due']));
const key = { tenantId: changes.tenantId, id: changes.id };

/** Those of these records that our calls or changes are about. */
export async function knownOf(db: Db, tenantId: string, connectionId: string, refs: readonly RecordRef[]): Promise<RecordRef[]> {
  if (refs.length === 0) return [];
  const [found] = await db.asTenant(tenantId, (q) => [
    q.execute(sql`
      select distinct r.object, r.id from jsonb_to_recordset(${JSON.stringify(refs)}::jsonb) as r(object text, id text)
      where exists (select from changes c where c.connection_id = ${connectionId}::uuid and c.record_object = r.object and c.record_id = r.id)
        or exists (select from calls c where c.connection_id = ${connectionId}::uuid and c.record_object = r.object and c.record_id = r.id)
        or (r.object = 'contact' and exists (select from calls c where c.connection_id = ${connectionId}::uuid and c.contact_id = r.id))`),
  ]);
  return z.array(recordRef).parse(found.rows);
}
