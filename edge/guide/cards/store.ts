import { and, desc, eq, gte, inArray, isNotNull, notInArray, type SQL, sql } from 'drizzle-orm';
import type { Quiet } from '../../../shared/contracts/guidance.ts';
import type { CardLog } from '../../../shared/guide/card-log.ts';
import { isUnwanted, type Seen } from '../../../shared/guide/learn.ts';
import { auditMoved } from '../../db/audit.ts';
import type { Db } from '../../db/client.ts';
import { guidanceCards as cards, guidanceReps as reps, guidanceRules as rules } from './tables.ts';

/** A call's guidance, once it is over. Told again, nothing changes. `saidAt`: when the rep said how they want it. */
export async function saveCards(
  db: Db,
  tenantId: string,
  { callId, repId, saidAt }: { callId: string; repId: string; saidAt: Date },
  { rows, quiet, never }: CardLog,
): Promise<void> {
  const values = rows.map(({ atMs, ...row }) => ({ ...row, tenantId, callId, repId, at: new Date(atMs) }));
  const hasWishes = quiet !== null || never.length > 0;
  if (values.length === 0 && !hasWishes) return;
  const wishes = { tenantId, repId, quiet, never, saidAt };
  await db.asTenant(tenantId, (q) => [
    ...(values.length > 0 ? [q.insert(cards).values(values).onConflictDoNothing()] : []),
    ...(hasWishes
      ? [
          q
            .insert(reps)
            .values(wishes)
            .onConflictDoUpdate({
              target: [reps.tenantId, reps.repId],
              set: {
                quiet: sql`coalesce(excluded.quiet, ${reps.quiet})`,
                never: sql`array(select distinct unnest(${reps.never} || excluded.never) order by 1)`,
                saidAt: sql`excluded.said_at`,
              },
              setWhere: sql`excluded.said_at > ${reps.saidAt}`,
            }),
        ]
      : []),
  ]);
}

interface Wishes {
  quiet: Quiet | null;
  never: string[];
}

/** What is known of a rep's cards since `since`, how they want to be guided, and what was put aside for everybody. */
export async function whatIsKnown(
  db: Db,
  tenantId: string,
  repId: string,
  since: Date,
): Promise<{ seen: Seen[]; wishes: Wishes; aside: string[] }> {
  const day = sql`date_trunc('day', ${cards.at})`;
  const [seen, [wishes], aside] = await db.read(tenantId, (q) => [
    q
      .select({
        topic: cards.topic,
        outcome: cards.outcome,
        atMs: sql`extract(epoch from ${day}) * 1000`.mapWith(Number),
        count: sql`count(*)`.mapWith(Number),
      })
      .from(cards)
      .where(and(eq(cards.repId, repId), gte(cards.at, since), inArray(cards.outcome, ['used', 'dismissed', 'ignored'])))
      .groupBy(cards.topic, cards.outcome, day),
    q.select({ quiet: reps.quiet, never: reps.never }).from(reps).where(eq(reps.repId, repId)),
    q.select({ ruleId: rules.ruleId }).from(rules).where(isNotNull(rules.asideAt)),
  ]);
  return { seen, wishes: wishes ?? { quiet: null, never: [] }, aside: aside.map(({ ruleId }) => ruleId) };
}

/** What a rep says outside of a call: all of it. */
export async function setWishes(db: Db, tenantId: string, repId: string, wishes: Wishes, saidAt: Date): Promise<void> {
  const set = { ...wishes, saidAt };
  await db.asTenant(tenantId, (q) => [
    q
      .insert(reps)
      .values({ tenantId, repId, ...set })
      .onConflictDoUpdate({ target: [reps.tenantId, reps.repId], set }),
  ]);
}

export async function wishesOf(db: Db, tenantId: string, repId: string): Promise<Wishes> {
  const [[wishes]] = await db.read(tenantId, (q) => [
    q.select({ quiet: reps.quiet, never: reps.never }).from(reps).where(eq(reps.repId, repId)),
  ]);
  return wishes ?? { quiet: null, never: [] };
}

/** What rules were called when their last card came. */
export async function ruleNames(db: Db, tenantId: string, ruleIds: readonly string[]): Promise<Map<string, string>> {
  if (ruleIds.length === 0) return new Map();
  const [rows] = await db.read(tenantId, (q) => [
    q
      .selectDistinctOn([cards.ruleId], { ruleId: cards.ruleId, rule: cards.rule })
      .from(cards)
      .where(inArray(cards.ruleId, [...ruleIds]))
      .orderBy(cards.ruleId, desc(cards.at)),
  ]);
  return new Map(rows.map(({ ruleId, rule }) => [ruleId, rule]));
}

const count = (where?: SQL) => sql`count(*)${where ? sql` filter (where ${where})` : sql``}`.mapWith(Number);
const wasShown = notInArray(cards.outcome, ['held', 'retracted']);
/** Shown since the rule was put back, and so counted against it. */
const countsNow = sql`(${rules.restoredAt} is null or ${cards.at} > ${rules.restoredAt})`;
const ofRule = and(eq(rules.tenantId, cards.tenantId), eq(rules.ruleId, cards.ruleId));

/** Puts aside those of these rules that people do not want. Answers the ones that were not aside before. */
export async function asideUnwanted(db: Db, tenantId: string, ruleIds: readonly string[], since: Date, at: Date): Promise<string[]> {
  if (ruleIds.length === 0) return [];
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({
        ruleId: cards.ruleId,
        topic: sql<Seen['topic']>`max(${cards.topic})`,
        shown: count(wasShown),
        dismissed: count(eq(cards.outcome, 'dismissed')),
      })
      .from(cards)
      .leftJoin(rules, ofRule)
      .where(and(inArray(cards.ruleId, [...ruleIds]), gte(cards.at, since), countsNow))
      .groupBy(cards.ruleId),
  ]);
  const values = rows.filter(isUnwanted).map(({ ruleId, shown, dismissed }) => ({ tenantId, ruleId, shown, dismissed, asideAt: at }));
  if (values.length === 0) return [];
  const [put] = await db.asTenant(tenantId, (q) => [
    q
      .insert(rules)
      .values(values)
      .onConflictDoUpdate({
        target: [rules.tenantId, rules.ruleId],
        set: { asideAt: at, shown: sql`excluded.shown`, dismissed: sql`excluded.dismissed` },
        setWhere: sql`${rules.asideAt} is null`,
      })
      .returning({ ruleId: rules.ruleId }),
  ]);
  return put.map(({ ruleId }) => ruleId);
}

/** The rule brings cards again. False when it was not aside. */
export async function restoreRule(db: Db, tenantId: string, ruleId: string, by: string, at: Date): Promise<boolean> {
  const [moved] = await db.asTenant(tenantId, (q) => [
    auditMoved(
      q,
      q
        .update(rules)
        .set({ asideAt: null, restoredAt: at })
        .where(and(eq(rules.ruleId, ruleId), isNotNull(rules.asideAt)))
        .returning({ tenantId: rules.tenantId, id: sql`${rules.ruleId}`.as('id') }),
      { at, actor: by, action: 'guidance-rule-restored' },
    ),
  ]);
  return moved.rows.length > 0;
}

const RULES_MAX = 1_000;
const p = (share: number) => sql`percentile_cont(${share}::float8) within group (order by ${cards.speechMs})`.mapWith(orNull);

/** Every rule that found its words since then, on all calls or on one rep's; what came most often first. */
export async function metricsOf(db: Db, tenantId: string, since: Date, repId?: string) {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({
        ruleId: cards.ruleId,
        name: sql<string>`(array_agg(${cards.rule} order by ${cards.at} desc))[1]`,
        topic: sql<string>`max(${cards.topic})`,
        fired: count(),
        shown: count(wasShown),
        used: count(eq(cards.outcome, 'used')),
        dismissed: count(eq(cards.outcome, 'dismissed')),
        ignored: count(eq(cards.outcome, 'ignored')),
        retracted: count(eq(cards.outcome, 'retracted')),
        actedOn: count(eq(cards.isActedOn, true)),
        shownNow: count(and(wasShown, countsNow)),
        dismissedNow: count(and(eq(cards.outcome, 'dismissed'), countsNow)),
        p50: p(0.5),
        p95: p(0.95),
        aside: {
          at: sql`max(${rules.asideAt})`.mapWith(rules.asideAt),
          shown: sql`max(${rules.shown})`.mapWith(orNull),
          dismissed: sql`max(${rules.dismissed})`.mapWith(orNull),
        },
      })
      .from(cards)
      .leftJoin(rules, ofRule)
      .where(and(gte(cards.at, since), repId === undefined ? undefined : eq(cards.repId, repId)))
      .groupBy(cards.ruleId)
      .orderBy(desc(count()), cards.ruleId)
      .limit(RULES_MAX),
  ]);
  return rows;
}

function orNull(value: unknown): number | null {
  return value === null ? null : Number(value);
}

/** How long it took to the screen on one call; null where no screen said so. */
export async function speechToScreen(
  db: Db,
  tenantId: string,
  callId: string,
): Promise<{ cards: number; p50Ms: number; p95Ms: number } | null> {
  const [[row]] = await db.read(tenantId, (q) => [
    q
      .select({ cards: count(isNotNull(cards.speechMs)), p50: p(0.5), p95: p(0.95) })
      .from(cards)
      .where(eq(cards.callId, callId)),
  ]);
  if (!row || row.cards === 0 || row.p50 === null || row.p95 === null) return null;
  return { cards: row.cards, p50Ms: Math.round(row.p50), p95Ms: Math.round(row.p95) };
}
