import { and, desc, eq, gt, notExists, sql } from 'drizzle-orm';
import { type Insight, insight as insightShape } from '../../../shared/contracts/insight.ts';
import type { Db } from '../../db/client.ts';
import { isId } from '../../db/id.ts';
import { analyses, insights } from '../tables.ts';

/** A call's insight, unless somebody has asked for a newer one since it was made. */
export async function currentInsight(db: Db, tenantId: string, callId: string): Promise<Insight | null> {
  if (!isId(callId)) return null;
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ body: insights.body })
      .from(insights)
      .where(
        and(
          eq(insights.callId, callId),
          notExists(
            q
              .select({ one: sql`1` })
              .from(analyses)
              .where(and(eq(analyses.callId, insights.callId), gt(analyses.createdAt, insights.createdAt))),
          ),
        ),
      ),
  ]);
  return rows[0] ? insightShape.parse(rows[0].body) : null;
}

/** Which wish for a new analysis came last; null when nobody has asked. */
export async function lastAsked(db: Db, tenantId: string, callId: string): Promise<string | null> {
  if (!isId(callId)) return null;
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ requestId: analyses.requestId })
      .from(analyses)
      .where(eq(analyses.callId, callId))
      .orderBy(desc(analyses.createdAt))
      .limit(1),
  ]);
  return rows[0]?.requestId ?? null;
}
