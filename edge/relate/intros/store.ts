import { and, desc, eq, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { IntroCite, IntroPerson } from '../../../shared/contracts/intro.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import type { Introduction } from '../../../shared/relate/introduction.ts';
import type { EarlierAsk } from '../../../shared/relate/may-ask.ts';
import { auditMoved } from '../../db/audit.ts';
import type { Db } from '../../db/client.ts';
import { intros } from '../tables.ts';

export interface IntroRow extends Introduction {
  id: string;
  requestId: string;
  repId: string;
  repName: string;
  record: RecordRef;
  people: IntroPerson[];
  connectorKey: string;
  targetKey: string;
  score: number;
  version: number;
  subject: string;
  body: string;
  cites: IntroCite[];
  createdAt: Date;
}

/** The same press again is the draft that it made. Null when somebody on it went out at this moment. */
export async function saveDraft(db: Db, tenantId: string, { record, ...row }: IntroRow): Promise<IntroRow | null> {
  const [, rows] = await db.asTenant(tenantId, (q) => [
    q
      .insert(intros)
      .values({ tenantId, ...row, recordObject: record.object, recordId: record.id })
      .onConflictDoNothing(),
    q
      .select(columns)
      .from(intros)
      .where(and(eq(intros.repId, row.repId), eq(intros.requestId, row.requestId))),
  ]);
  return rows[0] ? rowOf(rows[0]) : null;
}

export async function introOf(db: Db, tenantId: string, id: string): Promise<IntroRow | null> {
  const [rows] = await db.read(tenantId, (q) => [q.select(columns).from(intros).where(eq(intros.id, id))]);
  return rows[0] ? rowOf(rows[0]) : null;
}

/** Newest first, 100 at most: those that a member asked for, and those that wait for their own answer or had one. */
export async function introsOf(db: Db, tenantId: string, repId: string): Promise<{ mine: IntroRow[]; asked: IntroRow[] }> {
  const [mine, asked] = await db.read(tenantId, (q) => [
    q.select(columns).from(intros).where(eq(intros.repId, repId)).orderBy(desc(intros.createdAt)).limit(LIMIT),
    q
      .select(columns)
      .from(intros)
      // A draft is its rep's alone.
      .where(and(eq(intros.connectorKey, `user/${repId}`), sql`${intros.state} not in ('draft', 'withdrawn')`))
      .orderBy(desc(intros.createdAt))
      .limit(LIMIT),
  ]);
  return { mine: mine.map(rowOf), asked: asked.map(rowOf) };
}

/** What anybody here asked of this connector, newest first. */
export async function asksOf(db: Db, tenantId: string, connectorKey: string): Promise<EarlierAsk[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ target: intros.targetKey, state: intros.state, trail: intros.trail })
      .from(intros)
      .where(eq(intros.connectorKey, connectorKey))
      .orderBy(desc(intros.createdAt))
      .limit(LIMIT),
  ]);
  return rows;
}

export interface IntroMove extends Introduction {
  from: number;
  by: string;
  dueAt: Date | null;
  note?: { subject: string; body: string };
}

/** False when it is no longer as it was read: of two answers at once, one counts. */
export async function moveIntro(
  db: Db,
  tenantId: string,
  id: string,
  { from, by, state, trail, dueAt, note }: IntroMove,
): Promise<boolean> {
  const last = trail.at(-1)?.what ?? 'moved';
  const [moved] = await db.asTenant(tenantId, (q) => [
    auditMoved(
      q,
      q
        .update(intros)
        .set({ state, trail, dueAt, version: from + 1, ...note })
        .where(and(eq(intros.id, id), eq(intros.version, from)))
        .returning({ tenantId: intros.tenantId, id: intros.id }),
      { actor: by, action: `intro-${last}` },
    ),
  ]);
  return moved.rows.length > 0;
}

/** Those that the clock has to look at, over all tenants. */
export async function dueIntros(db: Db, now: Date, limit: number): Promise<{ tenantId: string; id: string }[]> {
  const [found] = await db.system((q) => [
    q.execute(sql`select tenant_id as "tenantId", id from due_intros(${now.toISOString()}::timestamptz, ${limit}::int)`),
  ]);
  return z.parse(z.array(z.object({ tenantId: z.uuid(), id: z.uuid() })), found.rows);
}

const LIMIT = 100;

const columns = {
  id: intros.id,
  requestId: intros.requestId,
  repId: intros.repId,
  repName: intros.repName,
  recordObject: intros.recordObject,
  recordId: intros.recordId,
  people: intros.people,
  connectorKey: intros.connectorKey,
  targetKey: intros.targetKey,
  score: intros.score,
  state: intros.state,
  version: intros.version,
  subject: intros.subject,
  body: intros.body,
  cites: intros.cites,
  trail: intros.trail,
  createdAt: intros.createdAt,
};

const rowOf = ({ recordObject, recordId, ...row }: Omit<IntroRow, 'record'> & { recordObject: RecordRef['object']; recordId: string }) => ({
  ...row,
  record: { object: recordObject, id: recordId },
});
