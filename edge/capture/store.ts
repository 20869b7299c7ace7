import { and, desc, eq, gte, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import type { MissedWhy } from '../../shared/contracts/capture.ts';
import type { Consent } from '../../shared/contracts/guidance.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { must } from '../../shared/kit/must.ts';
import { type AuditDetail, auditMoved } from '../db/audit.ts';
import type { Db, Query } from '../db/client.ts';
import { isId } from '../db/id.ts';
import { type CallSource, type CallStatus, calls, type Direction, utterances } from './tables.ts';

export type { CallSource, CallStatus } from './tables.ts';

export interface CallRow {
  id: string;
  tenantId: string;
  connectionId: string;
  /** The platform's connection it came from; null where a source has but one. */
  accountId: string | null;
  source: CallSource;
  externalId: string;
  /** Null while nobody in the CRM has the caller's number: the call has nowhere to be written. */
  record: RecordRef | null;
  contactId: string | null;
  repId: string;
  repEmail: string;
  repName: string;
  customerName: string;
  customerEmail: string | null;
  fromNumber: string | null;
  toNumber: string | null;
  direction: Direction;
  startedAt: Date;
  endedAt: Date | null;
  durationMs: number | null;
  timeZone: string;
  status: CallStatus;
  trouble: string | null;
  missed: MissedWhy | null;
  consent: Consent;
  isPrivate: boolean;
  audioKey: string | null;
  uploadKey: string | null;
  tries: number;
  nextAt: Date | null;
}

type Optional =
  | 'accountId'
  | 'contactId'
  | 'customerEmail'
  | 'fromNumber'
  | 'toNumber'
  | 'endedAt'
  | 'durationMs'
  | 'status'
  | 'trouble'
  | 'missed'
  | 'consent'
  | 'isPrivate'
  | 'audioKey'
  | 'uploadKey';
/** A call as it comes in. `status` is live and `consent` unknown unless said. */
export type NewCall = Omit<CallRow, Optional | 'id' | 'tenantId' | 'tries' | 'nextAt'> & Partial<Pick<CallRow, Optional>> & { id?: string };

/** The call, or the one that was there already under this source and external id. */
export async function createCall(db: Db, tenantId: string, call: NewCall): Promise<{ id: string; created: boolean }> {
  const { record, ...rest } = call;
  const [made, rows] = await db.asTenant(tenantId, (q) => [
    q
      .insert(calls)
      .values({ ...rest, tenantId, recordObject: record?.object, recordId: record?.id, durationMs: whole(rest.durationMs) })
      .onConflictDoNothing({ target: [calls.tenantId, calls.source, calls.externalId] })
      .returning({ id: calls.id }),
    q.select({ id: calls.id }).from(calls).where(external(call.source, call.externalId)),
  ]);
  return { id: must(rows[0], 'the call').id, created: made.length > 0 };
}

export async function callOf(db: Db, tenantId: string, id: string): Promise<CallRow | null> {
  if (!isId(id)) return null;
  const [rows] = await db.read(tenantId, (q) => [q.select(columns).from(calls).where(eq(calls.id, id))]);
  return rows[0] ? rowOf(rows[0]) : null;
}

export async function callByExternal(db: Db, tenantId: string, source: CallSource, externalId: string): Promise<CallRow | null> {
  const [rows] = await db.read(tenantId, (q) => [q.select(columns).from(calls).where(external(source, externalId))]);
  return rows[0] ? rowOf(rows[0]) : null;
}

/** Calls on a record, or with a contact; newest first. */
export async function callsOfRecord(db: Db, tenantId: string, ref: RecordRef, limit: number): Promise<CallRow[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q.select(columns).from(calls).where(about(ref)).orderBy(desc(calls.startedAt), desc(calls.id)).limit(limit),
  ]);
  return rows.map(rowOf);
}

/** Calls that are over and have words, newest first. */
export async function lastHeardCalls(db: Db, tenantId: string, limit: number): Promise<CallRow[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select(columns)
      .from(calls)
      .where(and(inArray(calls.status, ['transcribed', 'understood']), isNull(calls.erasedAt)))
      .orderBy(desc(calls.startedAt), desc(calls.id))
      .limit(limit),
  ]);
  return rows.map(rowOf);
}

/** Calls of these reps, by id or address, that run now and are nobody's secret; newest first. Names in small letters. */
export async function runningCalls(db: Db, tenantId: string, reps: readonly string[], limit: number): Promise<CallRow[]> {
  if (reps.length === 0) return [];
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select(columns)
      .from(calls)
      .where(and(eq(calls.status, 'live'), eq(calls.isPrivate, false), isNull(calls.erasedAt), by(reps)))
      .orderBy(desc(calls.startedAt), desc(calls.id))
      .limit(limit),
  ]);
  return rows.map(rowOf);
}

/** Calls that began since then, are over and have words, newest first; of these reps alone where they are given. */
export async function heardSince(
  db: Db,
  tenantId: string,
  { since, reps, limit }: { since: Date; reps?: readonly string[]; limit: number },
): Promise<CallRow[]> {
  if (reps?.length === 0) return [];
  const heard = and(inArray(calls.status, ['transcribed', 'understood']), isNull(calls.erasedAt), gte(calls.startedAt, since));
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select(columns)
      .from(calls)
      .where(reps ? and(heard, by(reps)) : heard)
      .orderBy(desc(calls.startedAt), desc(calls.id))
      .limit(limit),
  ]);
  return rows.map(rowOf);
}

const by = (reps: readonly string[]) =>
  or(inArray(sql`lower(${calls.repId})`, [...reps]), inArray(sql`lower(${calls.repEmail})`, [...reps]));

/** The call that runs on a record now; the newest when a vendor forgot to end one. */
export async function liveCallOfRecord(db: Db, tenantId: string, ref: RecordRef): Promise<CallRow | null> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select(columns)
      .from(calls)
      .where(and(about(ref), eq(calls.status, 'live')))
      .orderBy(desc(calls.startedAt))
      .limit(1),
  ]);
  return rows[0] ? rowOf(rows[0]) : null;
}

/** True when the answer is a new one. `by` is who pressed, or what brought it about; `detail` how, under which rule and at which moment. */
export async function setConsent(
  db: Db,
  tenantId: string,
  id: string,
  consent: Consent,
  by: string,
  at: Date,
  detail: AuditDetail = {},
): Promise<boolean> {
  const [moved] = await db.asTenant(tenantId, (q) => [
    auditMoved(
      q,
      q
        .update(calls)
        .set({ consent })
        .where(and(eq(calls.id, id), ne(calls.consent, consent)))
        .returning(key),
      { at, actor: by, action: `consent-${consent}`, detail },
    ),
  ]);
  return moved.rows.length > 0;
}

/** live → ended, once: false for everybody who comes later. */
export async function endCall(
  db: Db,
  tenantId: string,
  id: string,
  endedAt: Date,
  durationMs: number,
  audioKey?: string,
): Promise<boolean> {
  return moveCall(db, tenantId, id, 'live', 'ended', { endedAt, durationMs, ...(audioKey === undefined ? {} : { audioKey }) });
}

export type CallPatch = Partial<
  Pick<CallRow, 'endedAt' | 'durationMs' | 'audioKey' | 'uploadKey' | 'trouble' | 'missed' | 'tries' | 'nextAt' | 'isPrivate'>
>;

/** Moves a call that still is in (one of) `from`; false when somebody else moved it first. The same state twice only patches. */
export async function moveCall(
  db: Db,
  tenantId: string,
  id: string,
  from: CallStatus | readonly CallStatus[],
  to: CallStatus,
  patch: CallPatch = {},
): Promise<boolean> {
  if (!isId(id)) return false;
  const [moved] = await db.asTenant(tenantId, (q) => [
    q
      .update(calls)
      .set({ ...patch, ...('durationMs' in patch ? { durationMs: whole(patch.durationMs) } : {}), status: to, movedAt: sql`now()` })
      .where(and(eq(calls.id, id), inArray(calls.status, typeof from === 'string' ? [from] : [...from])))
      .returning(key),
  ]);
  return moved.length > 0;
}

/** Gives up on a call that is not understood yet. `trouble` is a sentence for people: what happened and what to do. */
export async function failCall(db: Db, tenantId: string, id: string, trouble: string, missed?: MissedWhy): Promise<boolean> {
  return moveCall(db, tenantId, id, ['live', 'ended', 'transcribed'], 'failed', { trouble, ...(missed ? { missed } : {}) });
}

/** A call that is over when we hear of it, with its words, as one: the id of the one we had already, or of this one. */
export async function takeFinished(db: Db, tenantId: string, call: NewCall & { id: string }, said: readonly Utterance[]): Promise<string> {
  const { record, ...rest } = call;
  const [, , rows] = await db.asTenant(tenantId, (q) => [
    q
      .insert(calls)
      .values({ ...rest, tenantId, recordObject: record?.object, recordId: record?.id, durationMs: whole(rest.durationMs) })
      // By its id or by its name: of two who hand it over at once either may be met first.
      .onConflictDoNothing(),
    insertUtterances(q, tenantId, call.id, said),
    q.select({ id: calls.id }).from(calls).where(external(call.source, call.externalId)),
  ]);
  return must(rows[0], 'the call').id;
}

/** The call's transcript, whole: what was there before goes, so saving twice is saving once. */
export async function saveUtterances(db: Db, tenantId: string, id: string, said: readonly Utterance[]): Promise<void> {
  await db.asTenant(tenantId, (q) => [q.delete(utterances).where(eq(utterances.callId, id)), insertUtterances(q, tenantId, id, said)]);
}

/** One parameter however long the call: a statement takes 65,535 of them. Nothing is inserted for a call that is not there or was erased, or that has its words. */
function insertUtterances(q: Query, tenantId: string, id: string, said: readonly Utterance[]) {
  const rows = JSON.stringify(
    said.map((u) => ({
      ...u,
      speaker: storable(u.speaker),
      text: storable(u.text),
      unsure: u.unsure?.map((w) => ({ ...w, text: storable(w.text) })),
    })),
  );
  return q.execute(sql`
    insert into utterances (tenant_id, call_id, seq, role, speaker, text, start_ms, end_ms, confidence, unsure)
    select ${tenantId}::uuid, ${id}::uuid, u.seq, u.role, u.speaker, u.text, u."startMs", u."endMs", u.confidence, u.unsure
    from jsonb_to_recordset(${rows}::jsonb) as u(
      seq int, role text, speaker text, text text, "startMs" double precision, "endMs" double precision, confidence double precision, unsure jsonb)
    where exists (select from calls where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and erased_at is null)
      and not exists (select from utterances where tenant_id = ${tenantId}::uuid and call_id = ${id}::uuid)`);
}

/** The CRM knows who the customer of this call is; a call that has its contact keeps it. */
export async function setContact(db: Db, tenantId: string, id: string, contactId: string): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    q
      .update(calls)
      .set({ contactId })
      .where(and(eq(calls.id, id), isNull(calls.contactId), isNull(calls.erasedAt))),
  ]);
}

export async function utterancesOf(db: Db, tenantId: string, id: string): Promise<Utterance[]> {
  if (!isId(id)) return [];
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({
        seq: utterances.seq,
        role: utterances.role,
        speaker: utterances.speaker,
        text: utterances.text,
        startMs: utterances.startMs,
        endMs: utterances.endMs,
        confidence: utterances.confidence,
        unsure: utterances.unsure,
      })
      .from(utterances)
      .where(eq(utterances.callId, id))
      .orderBy(utterances.seq),
  ]);
  return rows.map(({ unsure, ...said }) => (unsure ? { ...said, unsure } : said));
}

/** Did the customer say anything? */
export async function isHeard(db: Db, tenantId: string, id: string): Promise<boolean> {
  if (!isId(id)) return false;
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ seq: utterances.seq })
      .from(utterances)
      .where(and(eq(utterances.callId, id), eq(utterances.role, 'customer')))
      .limit(1),
  ]);
  return rows.length > 0;
}

/** A handed-over call of this source was set aside: the watch counts these. */
export async function noteLetterAside(db: Db, tenantId: string, connectionId: string, at: Date): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    auditMoved(q, sql`(select tenant_id, id from connections where id = ${connectionId}::uuid)`, {
      at,
      actor: 'spool',
      action: 'letter-aside',
    }),
  ]);
}

const key = { tenantId: calls.tenantId, id: calls.id };
const external = (source: CallSource, externalId: string) => and(eq(calls.source, source), eq(calls.externalId, externalId));

function about(ref: RecordRef) {
  const onRecord = and(eq(calls.recordObject, ref.object), eq(calls.recordId, ref.id));
  return ref.object === 'contact' ? or(onRecord, eq(calls.contactId, ref.id)) : onRecord;
}

/** The call is another rep's, who takes it instead. */
export async function setRep(db: Db, tenantId: string, id: string, rep: Pick<CallRow, 'repId' | 'repEmail' | 'repName'>): Promise<void> {
  const { repId, repEmail, repName } = rep;
  await db.asTenant(tenantId, (q) => [q.update(calls).set({ repId, repEmail, repName }).where(eq(calls.id, id))]);
}

/**
 * Calls that came from one account of a source into one CRM, at most `limit` that were not destroyed yet; and those of which nobody wrote
 * down from which account they came.
 */
export async function callsOfAccount(
  db: Db,
  tenantId: string,
  { connectionId, source, accountId }: { connectionId: string; source: CallSource; accountId: string },
  limit: number,
): Promise<string[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ id: calls.id })
      .from(calls)
      .where(
        and(
          eq(calls.connectionId, connectionId),
          eq(calls.source, source),
          or(eq(calls.accountId, accountId), isNull(calls.accountId)),
          sql`${calls.missed} is distinct from 'destroyed'`,
        ),
      )
      .limit(limit),
  ]);
  return rows.map(({ id }) => id);
}

const whole = <T extends number | null | undefined>(ms: T) => (typeof ms === 'number' ? Math.round(ms) : ms);
/** PostgreSQL keeps every character but one. */
const storable = (text: string) => text.replaceAll('\0', '');

const columns = {
  id: calls.id,
  tenantId: calls.tenantId,
  connectionId: calls.connectionId,
  accountId: calls.accountId,
  source: calls.source,
  externalId: calls.externalId,
  recordObject: calls.recordObject,
  recordId: calls.recordId,
  contactId: calls.contactId,
  repId: calls.repId,
  repEmail: calls.repEmail,
  repName: calls.repName,
  customerName: calls.customerName,
  customerEmail: calls.customerEmail,
  fromNumber: calls.fromNumber,
  toNumber: calls.toNumber,
  direction: calls.direction,
  startedAt: calls.startedAt,
  endedAt: calls.endedAt,
  durationMs: calls.durationMs,
  timeZone: calls.timeZone,
  status: calls.status,
  trouble: calls.trouble,
  missed: calls.missed,
  consent: calls.consent,
  isPrivate: calls.isPrivate,
  audioKey: calls.audioKey,
  uploadKey: calls.uploadKey,
  tries: calls.tries,
  nextAt: calls.nextAt,
};

function rowOf(row: Omit<CallRow, 'record'> & { recordObject: RecordRef['object'] | null; recordId: string | null }): CallRow {
  const { recordObject, recordId, ...rest } = row;
  return { ...rest, record: recordObject !== null && recordId !== null ? { object: recordObject, id: recordId } : null };
}
