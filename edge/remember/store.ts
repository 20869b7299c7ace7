import { and, desc, eq, sql } from 'drizzle-orm';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { type Evidence, evidence as evidenceShape } from '../../shared/contracts/transcript.ts';
import type { Db } from '../db/client.ts';
import { facts } from './tables.ts';

export interface HeardFact {
  kind: string;
  /** What makes two sayings the same fact, e.g. the competitor's name in lower case. */
  key: string;
  text: string;
  evidence: Evidence;
  callId: string;
  /** When the call was. */
  at: Date;
}

export interface FactRow {
  record: RecordRef;
  kind: string;
  key: string;
  text: string;
  evidence: Evidence;
  /** The call the proof is from. */
  callId: string;
  firstAt: Date;
  lastAt: Date;
  /** In how many calls it was heard. */
  times: number;
}

/** Lays a call's facts over the customer's memory. The newest call's words win; a call counts once however often it is folded. */
export async function foldFacts(db: Db, tenantId: string, ref: RecordRef, heard: readonly HeardFact[]): Promise<void> {
  // One statement may not touch a row twice, so of a fact said twice in a call the last saying stands.
  const once = [...new Map(heard.map((fact) => [JSON.stringify([fact.kind, fact.key]), fact])).values()];
  if (once.length === 0) return;
  const rows = once.map(({ at, ...fact }) => ({
    ...fact,
    tenantId,
    recordObject: ref.object,
    recordId: ref.id,
    firstEvidence: fact.evidence,
    firstCallId: fact.callId,
    firstAt: at,
    lastAt: at,
    heardIn: [fact.callId],
  }));
  const newest = sql`excluded.last_at >= ${facts.lastAt}`;
  const oldest = sql`excluded.first_at <= ${facts.firstAt}`;
  await db.asTenant(tenantId, (q) => [
    q
      .insert(facts)
      .values(rows)
      .onConflictDoUpdate({
        target: [facts.tenantId, facts.recordObject, facts.recordId, facts.kind, facts.key],
        set: {
          text: sql`case when ${newest} then excluded.text else ${facts.text} end`,
          evidence: sql`case when ${newest} then excluded.evidence else ${facts.evidence} end`,
          callId: sql`case when ${newest} then excluded.call_id else ${facts.callId} end`,
          firstEvidence: sql`case when ${oldest} then excluded.first_evidence else ${facts.firstEvidence} end`,
          firstCallId: sql`case when ${oldest} then excluded.first_call_id else ${facts.firstCallId} end`,
          firstAt: sql`least(${facts.firstAt}, excluded.first_at)`,
          lastAt: sql`greatest(${facts.lastAt}, excluded.last_at)`,
          heardIn: sql`case when excluded.call_id = any(${facts.heardIn}) then ${facts.heardIn} else ${facts.heardIn} || excluded.call_id end`,
        },
      }),
  ]);
}

/** What is remembered of a customer, latest first. */
export async function factsOf(db: Db, tenantId: string, ref: RecordRef): Promise<FactRow[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({
        kind: facts.kind,
        key: facts.key,
        text: facts.text,
        evidence: facts.evidence,
        callId: facts.callId,
        firstAt: facts.firstAt,
        lastAt: facts.lastAt,
        times: sql<number>`cardinality(${facts.heardIn})`.mapWith(Number),
      })
      .from(facts)
      .where(and(eq(facts.recordObject, ref.object), eq(facts.recordId, ref.id)))
      .orderBy(desc(facts.lastAt), facts.kind, facts.key),
  ]);
  return rows.map((row) => ({ ...row, record: ref, evidence: evidenceShape.parse(row.evidence) }));
}
