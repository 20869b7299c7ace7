import { eq, sql } from 'drizzle-orm';
import { type Insight, insight as insightShape } from '../../shared/contracts/insight.ts';
import type { Db } from '../db/client.ts';
import { isId } from '../db/id.ts';
import { insights, modelUsage } from './tables.ts';

/** The newest analysis stands in for the one before. */
export async function saveInsight(db: Db, tenantId: string, callId: string, insight: Insight): Promise<void> {
  const values = { body: insight, analyzer: insight.analyzer };
  await db.asTenant(tenantId, (q) => [
    q
      .insert(insights)
      .values({ tenantId, callId, ...values })
      // Dated anew: what was asked for before is answered by it.
      .onConflictDoUpdate({ target: [insights.tenantId, insights.callId], set: { ...values, createdAt: sql`now()` } }),
  ]);
}

export async function insightOf(db: Db, tenantId: string, callId: string): Promise<Insight | null> {
  if (!isId(callId)) return null;
  const [rows] = await db.read(tenantId, (q) => [q.select({ body: insights.body }).from(insights).where(eq(insights.callId, callId))]);
  return rows[0] ? insightShape.parse(rows[0].body) : null;
}

/** Takes tokens out of a month that has `tokensMax`; false, and nothing taken, when they are not there. Of many at once none goes over. */
export async function takeTokens(db: Db, tenantId: string, month: string, tokens: number, tokensMax: number): Promise<boolean> {
  if (tokens > tokensMax) return false;
  const [rows] = await db.asTenant(tenantId, (q) => [
    q
      .insert(modelUsage)
      .values({ tenantId, month, tokens })
      .onConflictDoUpdate({
        target: [modelUsage.tenantId, modelUsage.month],
        set: { tokens: sql`${modelUsage.tokens} + excluded.tokens` },
        setWhere: sql`${modelUsage.tokens} + excluded.tokens <= ${tokensMax}`,
      })
      .returning({ month: modelUsage.month }),
  ]);
  return rows.length > 0;
}

/** Puts tokens back that were taken and not used; below 0 takes more, whatever the limit. */
export async function giveTokens(db: Db, tenantId: string, month: string, tokens: number): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    q
      .update(modelUsage)
      .set({ tokens: sql`greatest(0, ${modelUsage.tokens} - ${tokens})` })
      .where(eq(modelUsage.month, month)),
  ]);
}
