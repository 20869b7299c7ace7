import { and, desc, eq, gte, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { type DismissReason, type RiskEvidence, type RiskState, riskEvidence } from '../../../shared/contracts/risk.ts';
import type { ClosedDeal } from '../../../shared/remember/health/deal-health.ts';
import type { Signs } from '../../../shared/remember/health/signs.ts';
import type { RiskDecision } from '../../../shared/remember/risks/calibrate.ts';
import type { FoundRisk } from '../../../shared/remember/risks/found-risk.ts';
import type { HeldRisk, Settled } from '../../../shared/remember/risks/settle-risks.ts';
import { auditMoved } from '../../db/audit.ts';
import type { Db } from '../../db/client.ts';
import { isId } from '../../db/id.ts';
import { dealSigns, risks } from '../tables.ts';

/** A risk as it is kept. */
export interface RiskRow extends HeldRisk, Omit<FoundRisk, 'code' | 'basis'> {
  record: RecordRef;
  since: Date;
  reason: DismissReason | null;
  decidedBy: string | null;
  requestId: string | null;
}

const columns = {
  id: risks.id,
  recordObject: risks.recordObject,
  recordId: risks.recordId,
  code: risks.code,
  basis: risks.basis,
  state: risks.state,
  text: risks.text,
  severity: risks.severity,
  confidence: risks.confidence,
  isDeterministic: risks.isDeterministic,
  evidence: risks.evidence,
  since: risks.since,
  reason: risks.reason,
  decidedBy: risks.decidedBy,
  requestId: risks.requestId,
};
const rowOf = ({
  recordObject,
  recordId,
  evidence,
  ...row
}: Omit<RiskRow, 'record'> & { recordObject: RecordRef['object']; recordId: string }): RiskRow => ({
  ...row,
  evidence: z.array(riskEvidence).parse(evidence),
  record: { object: recordObject, id: recordId },
});

/** Everything that was ever found of a record, newest first. */
export async function risksOf(db: Db, tenantId: string, ref: RecordRef): Promise<RiskRow[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select(columns)
      .from(risks)
      .where(and(eq(risks.recordObject, ref.object), eq(risks.recordId, ref.id)))
      .orderBy(desc(risks.since), risks.code, risks.basis),
  ]);
  return rows.map(rowOf);
}

export async function riskOf(db: Db, tenantId: string, id: string): Promise<RiskRow | null> {
  if (!isId(id)) return null;
  const [rows] = await db.read(tenantId, (q) => [q.select(columns).from(risks).where(eq(risks.id, id))]);
  return rows[0] ? rowOf(rows[0]) : null;
}

/** Keeps what a look settled. Two looks at once leave one row each, and none undoes a decision made meanwhile. */
export async function settle(db: Db, tenantId: string, ref: RecordRef, settled: Settled, at: Date): Promise<void> {
  const { propose, renew, over } = settled;
  if (propose.length + renew.length + over.length === 0) return;
  await db.asTenant(tenantId, (q) => [
    ...propose.map((risk) =>
      q
        .insert(risks)
        .values({
          tenantId,
          recordObject: ref.object,
          recordId: ref.id,
          state: 'proposed',
          since: at,
          quotes: quotesOf(risk.evidence),
          ...risk,
        })
        .onConflictDoNothing(),
    ),
    ...renew.map(({ id, risk: { text, severity, confidence, evidence } }) =>
      q
        .update(risks)
        .set({
          text,
          severity,
          confidence,
          evidence,
          quotes: quotesOf(evidence),
          since: sql`case when ${risks.state} = 'over' then ${at.toISOString()}::timestamptz else ${risks.since} end`,
          state: sql`case when ${risks.state} = 'over' then 'proposed' else ${risks.state} end`,
        })
        .where(eq(risks.id, id)),
    ),
    ...(over.length === 0
      ? []
      : [
          q
            .update(risks)
            .set({ state: 'over' })
            .where(and(inArray(risks.id, [...over]), inArray(risks.state, ['proposed', 'confirmed']))),
        ]),
  ]);
}

/** False when the risk was over by then. */
export async function decide(
  db: Db,
  tenantId: string,
  id: string,
  to: { state: Extract<RiskState, 'confirmed' | 'dismissed'>; reason: DismissReason | null; by: string; at: Date; requestId: string },
): Promise<boolean> {
  const { state, reason, by, at, requestId } = to;
  const [moved] = await db.asTenant(tenantId, (q) => [
    auditMoved(
      q,
      q
        .update(risks)
        .set({ state, verdict: state, reason, decidedBy: by, decidedAt: at, requestId })
        .where(and(eq(risks.id, id), ne(risks.state, 'over')))
        .returning({ tenantId: risks.tenantId, id: risks.id }),
      { at, actor: by, action: `risk-${state}`, detail: { reason } },
    ),
  ]);
  return moved.rows.length > 0;
}

/** What managers made of risks since then, over all records. */
export async function decisionsSince(db: Db, tenantId: string, since: Date): Promise<RiskDecision[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ code: risks.code, verdict: risks.verdict, reason: risks.reason })
      .from(risks)
      .where(and(isNotNull(risks.verdict), gte(risks.decidedAt, since)))
      .orderBy(desc(risks.decidedAt))
      .limit(DECISIONS_MAX),
  ]);
  return rows.flatMap(({ code, verdict, reason }) => (verdict === null ? [] : [{ code, verdict, ...(reason === null ? {} : { reason }) }]));
}

/** How an open deal stands now; one that is closed keeps what it had. */
export async function keepSigns(db: Db, tenantId: string, ref: RecordRef, signs: Signs, at: Date): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    q
      .insert(dealSigns)
      .values({ tenantId, recordObject: ref.object, recordId: ref.id, signs, at })
      .onConflictDoUpdate({
        target: [dealSigns.tenantId, dealSigns.recordObject, dealSigns.recordId],
        set: { signs, at },
        setWhere: isNull(dealSigns.won),
      }),
  ]);
}

/** What came of a deal. One that nobody looked at while it was open has nothing to compare. */
export async function closeSigns(db: Db, tenantId: string, ref: RecordRef, won: boolean): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    q
      .update(dealSigns)
      .set({ won })
      .where(and(eq(dealSigns.recordObject, ref.object), eq(dealSigns.recordId, ref.id))),
  ]);
}

/** Of these deals those whose signs stand open. */
export async function openSigns(db: Db, tenantId: string, refs: readonly RecordRef[]): Promise<RecordRef[]> {
  const ids = refs.filter((ref) => ref.object === 'deal').map((ref) => ref.id);
  if (ids.length === 0) return [];
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ id: dealSigns.recordId })
      .from(dealSigns)
      .where(and(eq(dealSigns.recordObject, 'deal'), inArray(dealSigns.recordId, ids), isNull(dealSigns.won))),
  ]);
  return rows.map(({ id }) => ({ object: 'deal', id }));
}

/** The newest closed deals. */
export async function closedDeals(db: Db, tenantId: string): Promise<ClosedDeal[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ won: dealSigns.won, signs: dealSigns.signs })
      .from(dealSigns)
      .where(isNotNull(dealSigns.won))
      .orderBy(desc(dealSigns.at))
      .limit(CLOSED_MAX),
  ]);
  return rows.flatMap(({ won, signs }) => (won === null ? [] : [{ won, signs }]));
}

const quotesOf = (evidence: readonly RiskEvidence[]): string[] => [...new Set(evidence.map(({ callId }) => callId))];

const DECISIONS_MAX = 5_000;
const CLOSED_MAX = 2_000;
