import { eq } from 'drizzle-orm';
import { type Insight, insight as insightShape } from '../../shared/contracts/insight.ts';
import type { Db } from '../db/client.ts';
import { isId } from '../db/id.ts';
import { insights } from './tables.ts';

/** The newest analysis stands in for the one before. */
export async function saveInsight(db: Db, tenantId: string, callId: string, insight: Insight): Promise<void> {
  const values = { body: insight, analyzer: insight.analyzer };
  await db.asTenant(tenantId, (q) => [
    q
      .insert(insights)
      .values({ tenantId, callId, ...values })
      .onConflictDoUpdate({ target: [insights.tenantId, insights.callId], set: values }),
  ]);
}

export async function insightOf(db: Db, tenantId: string, callId: string): Promise<Insight | null> {
  if (!isId(callId)) return null;
  const [rows] = await db.read(tenantId, (q) => [q.select({ body: insights.body }).from(insights).where(eq(insights.callId, callId))]);
  return rows[0] ? insightShape.parse(rows[0].body) : null;
}
