import { asc, eq, type SQL, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Spend } from '../../../shared/capture/spend/spend.ts';
import { type PricesSaid, pricesSaid } from '../../../shared/contracts/usage.ts';
import { must } from '../../../shared/kit/must.ts';
import { auditMoved } from '../../db/audit.ts';
import type { Db, Query } from '../../db/client.ts';
import { budgetNotices, budgets, spend } from '../tables.ts';

/** A running call and the month it began in. */
export interface LivePart {
  callId: string;
  /** "2026-11" */
  month: string;
  /** Of one voice, so far. */
  heardS: number;
}

/** Charges a call up to `askedS` seconds if the month, with all that others hold, stays within `capS`. Of many at once none goes over. */
export async function takeSpeech(
  db: Db,
  tenantId: string,
  { callId, month, heardS, askedS, capS }: LivePart & { askedS: number; capS: number },
): Promise<{ isTaken: boolean; monthS: number }> {
  const [, , taken, found] = await db.asTenant(tenantId, (q) => [
    // One after the other within a tenant's month: what others take meanwhile would not be in the sum.
    q.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${tenantId} ${month}`}, 0))`),
    saveLive(q, tenantId, { callId, month, heardS }, sql`spend.held_seconds`),
    q.execute(sql`
      update spend set held_seconds = greatest(held_seconds, ${askedS}::numeric)
      where tenant_id = ${tenantId}::uuid and call_id = ${callId}::uuid and part = 'live'
        and ${monthSeconds(tenantId, month)} - greatest(live_seconds, held_seconds) + greatest(live_seconds, held_seconds, ${askedS}::numeric) <= ${capS}::numeric
      returning call_id`),
    q.execute(sql`select ${monthSeconds(tenantId, month)} as seconds`),
  ]);
  return { isTaken: taken.rows.length > 0, monthS: secondsIn(found.rows) };
}

/** What a call has had heard live, for good: nothing is held for it any more. Answers the month's seconds. Again is the same. */
export async function settleSpeech(db: Db, tenantId: string, live: LivePart): Promise<number> {
  const [, found] = await db.asTenant(tenantId, (q) => [
    saveLive(q, tenantId, live, sql`0`),
    q.execute(sql`select ${monthSeconds(tenantId, live.month)} as seconds`),
  ]);
  return secondsIn(found.rows);
}

const saveLive = (q: Query, tenantId: string, { callId, month, heardS }: LivePart, held: SQL) =>
  q.execute(sql`
    insert into spend (tenant_id, call_id, part, month, live_seconds) values (${tenantId}::uuid, ${callId}::uuid, 'live', ${month}, ${heardS}::numeric)
    on conflict (tenant_id, call_id, part) do update set live_seconds = greatest(spend.live_seconds, excluded.live_seconds), held_seconds = ${held}`);

const monthSeconds = (tenantId: string, month: string) => sql`(
  select coalesce(sum(greatest(m.live_seconds, m.held_seconds) + m.batch_seconds + m.whisper_seconds), 0)
  from spend m where m.tenant_id = ${tenantId}::uuid and m.month = ${month})`;

const secondsIn = (rows: unknown): number => must(z.array(z.object({ seconds: z.coerce.number() })).parse(rows)[0], 'the month').seconds;

/** What one piece of work after a call has cost. `part` names that piece: told twice, it is counted once. */
export async function setSpend(
  db: Db,
  tenantId: string,
  { callId, part, month }: { callId: string; part: string; month: string },
  used: Partial<Omit<Spend, 'liveSeconds'>>,
): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    q
      .insert(spend)
      .values({ tenantId, callId, part, month, ...used })
      .onConflictDoUpdate({ target: [spend.tenantId, spend.callId, spend.part], set: used }),
  ]);
}

/** All of a month; what running calls hold ahead counts as heard. */
export async function spendOf(db: Db, tenantId: string, month: string): Promise<Spend> {
  const sum = (what: SQL | (typeof spend)[keyof Spend]) => sql`coalesce(sum(${what}), 0)`.mapWith(Number);
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({
        liveSeconds: sum(sql`greatest(${spend.liveSeconds}, ${spend.heldSeconds})`),
        batchSeconds: sum(spend.batchSeconds),
        whisperSeconds: sum(spend.whisperSeconds),
        tokensIn: sum(spend.tokensIn),
        tokensOut: sum(spend.tokensOut),
        tokensCached: sum(spend.tokensCached),
        tokensWritten: sum(spend.tokensWritten),
      })
      .from(spend)
      .where(eq(spend.month, month)),
  ]);
  return must(rows[0], 'the month');
}

export interface Budget {
  speechMinutes: number | null;
  modelUsd: number | null;
  prices: PricesSaid;
}

const storedPrices = z.nullish(pricesSaid);

export async function budgetOf(db: Db, tenantId: string): Promise<Budget> {
  const [rows] = await db.read(tenantId, (q) => [
    q.select({ speechMinutes: budgets.speechMinutes, modelUsd: budgets.modelUsd, prices: budgets.prices }).from(budgets),
  ]);
  const said = rows[0];
  return {
    speechMinutes: said?.speechMinutes ?? null,
    modelUsd: said?.modelUsd ?? null,
    prices: storedPrices.parse(said?.prices) ?? {},
  };
}

export async function setBudget(db: Db, tenantId: string, said: Omit<Budget, 'prices'>, by: string): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    auditMoved(
      q,
      q
        .insert(budgets)
        .values({ tenantId, ...said })
        .onConflictDoUpdate({ target: budgets.tenantId, set: said })
        .returning({ tenantId: budgets.tenantId, id: sql`${budgets.tenantId}`.as('id') }),
      { actor: by, action: 'set-budget', detail: { ...said } },
    ),
  ]);
}

export interface BudgetNotice {
  of: 'speech' | 'model';
  state: 'near' | 'over';
}

/** True for the first who says it in this month. */
export async function tellOnce(db: Db, tenantId: string, month: string, { of, state }: BudgetNotice): Promise<boolean> {
  const [told] = await db.asTenant(tenantId, (q) => [
    q.insert(budgetNotices).values({ tenantId, month, of, state }).onConflictDoNothing().returning({ state: budgetNotices.state }),
  ]);
  return told.length > 0;
}

/** Oldest first. */
export async function noticesOf(db: Db, tenantId: string, month: string): Promise<(BudgetNotice & { at: Date })[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ of: budgetNotices.of, state: budgetNotices.state, at: budgetNotices.createdAt })
      .from(budgetNotices)
      .where(eq(budgetNotices.month, month))
      .orderBy(asc(budgetNotices.createdAt)),
  ]);
  return rows;
}
