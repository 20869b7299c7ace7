import { and, desc, gte, isNotNull, lt, sql } from 'drizzle-orm';
import type { KnownCall } from '../../../shared/capture/coverage.ts';
import type { Db } from '../../db/client.ts';
import { calls, utterances } from '../tables.ts';

const hasWords = sql<boolean>`exists (select from ${utterances} u where u.tenant_id = ${calls.tenantId} and u.call_id = ${calls.id})`;
const known = {
  status: calls.status,
  consent: calls.consent,
  missed: calls.missed,
  isErased: sql<boolean>`${isNotNull(calls.erasedAt)}`.as('is_erased'),
  hasWords: hasWords.as('has_words'),
};
const within = (from: Date, to: Date) => and(gte(calls.startedAt, from), lt(calls.startedAt, to));

/** How many calls that began in this time stand how. */
export async function coverageCounts(db: Db, tenantId: string, from: Date, to: Date): Promise<(KnownCall & { count: number })[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ ...known, count: sql<number>`count(*)::int` })
      .from(calls)
      .where(within(from, to))
      .groupBy(sql`1, 2, 3, 4, 5`),
  ]);
  return rows;
}

/** The newest calls of that time without words. */
export async function silentCalls(db: Db, tenantId: string, from: Date, to: Date, limit: number) {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ ...known, id: calls.id, startedAt: calls.startedAt, repName: calls.repName, trouble: calls.trouble })
      .from(calls)
      .where(and(within(from, to), sql`not ${hasWords}`))
      .orderBy(desc(calls.startedAt), desc(calls.id))
      .limit(limit),
  ]);
  return rows;
}
