import { and, asc, eq, inArray, or, sql } from 'drizzle-orm';
import { type Ask, type ChangeBody, type ChangeItem, type ChangeState, changeItem, type Policy } from '../../shared/contracts/change.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Evidence } from '../../shared/contracts/transcript.ts';
import { auditMoved } from '../db/audit.ts';
import type { Db } from '../db/client.ts';
import { isId } from '../db/id.ts';
import { changes } from './tables.ts';

/** A ChangeItem with what the outbox knows of it. */
export interface ChangeRow extends Omit<ChangeItem, 'decidedBy' | 'decidedName'> {
  /** Null for what came through a door of the API. */
  callId: string | null;
  wrote: ChangeBody | null;
  connectionId: string;
  opKey: string;
  ordinal: number;
  attempts: number;
  nextAt: Date | null;
  leaseUntil: Date | null;
  decidedBy: string | null;
  decidedName: string | null;
  decidedAt: Date | null;
  requestId: string | null;
  createdAt: Date;
}

export interface PlannedChange {
  id?: string;
  callId: string | null;
  connectionId: string;
  /** Ours and stable for this call and purpose: the CRM gets it as the idempotency key. */
  opKey: string;
  record: RecordRef;
  also: readonly RecordRef[];
  policy: Policy;
  state: ChangeState;
  body: ChangeBody;
  reason: string;
  evidence: readonly Evidence[];
  /** 0..1 */
  confidence?: number;
  asks?: Ask[];
  undoes?: string;
  /** Place within the call: what is written first has the smaller one. */
  ordinal: number;
}

/** Keeps what is new of a plan; what was planned before stands as it is. Answers how many were new. */
export async function planChanges(db: Db, tenantId: string, rows: readonly PlannedChange[]): Promise<number> {
  if (rows.length === 0) return 0;
  const values = rows.map(({ record, ...row }) => ({
    ...row,
    tenantId,
    kind: row.body.kind,
    recordObject: record.object,
    recordId: record.id,
    also: [...row.also],
    evidence: [...row.evidence],
  }));
  const [made] = await db.asTenant(tenantId, (q) => [
    q
      .insert(changes)
      .values(values)
      .onConflictDoNothing({ target: [changes.tenantId, changes.opKey] })
      .returning({ id: changes.id }),
  ]);
  return made.length;
}

export async function changesOfCall(db: Db, tenantId: string, callId: string): Promise<ChangeRow[]> {
  if (!isId(callId)) return [];
  const [rows] = await db.read(tenantId, (q) => [
    q.select(columns).from(changes).where(eq(changes.callId, callId)).orderBy(asc(changes.ordinal)),
  ]);
  return rows.map(rowOf);
}

/** What waits for a person on this record: proposals, and what could not be written. Oldest call first. */
export async function waitingOfRecord(db: Db, tenantId: string, ref: RecordRef): Promise<ChangeRow[]> {
  const on = and(eq(changes.recordObject, ref.object), eq(changes.recordId, ref.id));
  const also = sql`${changes.also} @> ${JSON.stringify([ref])}::jsonb`;
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select(columns)
      .from(changes)
      .where(and(inArray(changes.state, undecided), or(on, also)))
      .orderBy(...inOrder),
  ]);
  return rows.map(rowOf);
}

export async function changeOf(db: Db, tenantId: string, id: string): Promise<ChangeRow | null> {
  if (!isId(id)) return null;
  const [rows] = await db.read(tenantId, (q) => [q.select(columns).from(changes).where(eq(changes.id, id))]);
  return rows[0] ? rowOf(rows[0]) : null;
}

export interface Decision {
  /** The version the person saw. */
  version: number;
  to: 'due' | 'approved' | 'declined';
  /** The bytes the person approved, when they are not the ones we proposed. */
  body?: ChangeBody;
  /** Of an email, how much of our draft they kept, 0..1. */
  keptShare?: number;
  by: string;
  byName?: string | null;
  at: Date;
  requestId: string;
}

/**
 * A person's word on a change that waits or is parked. Moves only the version they saw. The same `requestId` again is the same press:
 * `moved` stays true and `row` is the change as it is by now. `row` is null when there is no such change.
 */
export async function decide(db: Db, tenantId: string, id: string, it: Decision): Promise<{ moved: boolean; row: ChangeRow | null }> {
  if (!isId(id)) return { moved: false, row: null };
  const edited = it.body ? { body: it.body, kind: it.body.kind, version: sql`${changes.version} + 1` } : {};
  const set = {
    ...edited,
    state: it.to,
    decidedBy: it.by,
    decidedName: it.byName ?? null,
    decidedAt: it.at,
    keptShare: it.keptShare ?? null,
    requestId: it.requestId,
    // A parked change starts over.
    attempts: 0,
    nextAt: null,
    leaseUntil: null,
    trouble: null,
    parkedWhy: null,
    asks: null,
  };
  const seen = and(
    eq(changes.id, id),
    inArray(changes.state, undecided),
    eq(changes.version, it.version),
    // A press that comes again after its change was parked must not send it a second time.
    sql`${changes.requestId} is distinct from ${it.requestId}`,
  );
  const [moved, rows] = await db.asTenant(tenantId, (q) => [
    auditMoved(q, q.update(changes).set(set).where(seen).returning(key), {
      at: it.at,
      actor: it.by,
      action: `change-${it.to}`,
      detail: { version: it.version, edited: it.body !== undefined },
    }),
    q.select(columns).from(changes).where(eq(changes.id, id)),
  ]);
  const row = rows[0] ? rowOf(rows[0]) : null;
  return { moved: moved.rows.length > 0 || row?.requestId === it.requestId, row };
}

const undecided: ChangeState[] = ['waiting', 'parked'];
const inOrder = [asc(changes.createdAt), asc(changes.callId), asc(changes.ordinal)];
export const key = { tenantId: changes.tenantId, id: changes.id };

export const columns = {
  id: changes.id,
  callId: changes.callId,
  connectionId: changes.connectionId,
  opKey: changes.opKey,
  recordObject: changes.recordObject,
  recordId: changes.recordId,
  also: changes.also,
  policy: changes.policy,
  state: changes.state,
  version: changes.version,
  body: changes.body,
  reason: changes.reason,
  evidence: changes.evidence,
  confidence: changes.confidence,
  parkedWhy: changes.parkedWhy,
  asks: changes.asks,
  wrote: changes.wrote,
  writtenAt: changes.writtenAt,
  undoes: changes.undoes,
  crmId: changes.crmId,
  trouble: changes.trouble,
  attempts: changes.attempts,
  nextAt: changes.nextAt,
  leaseUntil: changes.leaseUntil,
  decidedBy: changes.decidedBy,
  decidedName: changes.decidedName,
  shadowSaw: changes.shadowSaw,
  decidedAt: changes.decidedAt,
  requestId: changes.requestId,
  ordinal: changes.ordinal,
  createdAt: changes.createdAt,
};

type Optional = 'crmId' | 'trouble' | 'parkedWhy' | 'asks' | 'undoes' | 'shadowSaw';
type Stored = Omit<ChangeRow, 'record' | 'writtenAt' | Optional> & { [name in Optional]: NonNullable<ChangeRow[name]> | null } & {
  recordObject: RecordRef['object'];
  recordId: string;
  writtenAt: Date | null;
};

export function rowOf({
  recordObject,
  recordId,
  crmId,
  trouble,
  parkedWhy,
  asks,
  writtenAt,
  undoes,
  shadowSaw,
  ...row
}: Stored): ChangeRow {
  const { decidedBy, decidedName, ...said } = row;
  const item = changeItem.parse({
    ...said,
    record: { object: recordObject, id: recordId },
    ...(decidedBy === null ? {} : { decidedBy }),
    ...(crmId === null ? {} : { crmId }),
    ...(trouble === null ? {} : { trouble }),
    ...(parkedWhy === null ? {} : { parkedWhy }),
    ...(asks === null ? {} : { asks }),
    ...(writtenAt === null ? {} : { writtenAt: writtenAt.toISOString() }),
    ...(undoes === null ? {} : { undoes }),
    ...(shadowSaw === null ? {} : { shadowSaw }),
  });
  const { callId, connectionId, opKey, ordinal, attempts, nextAt, leaseUntil, decidedAt, requestId, createdAt, wrote } = row;
  const decided = { decidedBy, decidedName, decidedAt, requestId };
  return { ...item, ...decided, callId, connectionId, opKey, ordinal, attempts, nextAt, leaseUntil, createdAt, wrote };
}

/** What the host's cards are shown of a row. */
export function itemOf({ decidedBy, decidedName, ...row }: ChangeRow): ChangeItem {
  const by = { ...(decidedBy === null ? {} : { decidedBy }), ...(decidedName === null ? {} : { decidedName }) };
  return changeItem.parse({ ...row, ...by });
}
