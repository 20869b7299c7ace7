import { and, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Db } from '../../db/client.ts';
import { type CallStatus, calls } from '../tables.ts';

/** An understood call waits while its CRM is not connected; false when it is, or when somebody else moved the call first. */
export async function holdCall(db: Db, tenantId: string, id: string, nextAt: Date): Promise<boolean> {
  const isAway = sql`not exists (select from connections c where c.tenant_id = ${calls.tenantId} and c.id = ${calls.connectionId} and c.state = 'connected')`;
  const [held] = await db.asTenant(tenantId, (q) => [
    q
      .update(calls)
      .set({ nextAt, movedAt: sql`now()` })
      .where(and(eq(calls.id, id), eq(calls.status, 'transcribed'), isAway))
      .returning({ id: calls.id }),
  ]);
  return held.length > 0;
}

/** Understood calls of this connection wait no more. Answers those over longest, at most `limit`; the next sweep finds all of them. */
export async function wakeCalls(db: Db, tenantId: string, connectionId: string, limit: number): Promise<string[]> {
  const waits = and(eq(calls.connectionId, connectionId), eq(calls.status, 'transcribed'), isNotNull(calls.nextAt));
  const [woken] = await db.asTenant(tenantId, (q) => [
    q.update(calls).set({ nextAt: null, movedAt: sql`now()` }).where(waits).returning({ id: calls.id, startedAt: calls.startedAt }),
  ]);
  return woken
    .sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime())
    .slice(0, limit)
    .map(({ id }) => id);
}

/**
 * Paid work on a call in this status, until then: the sweep leaves the call alone, and of two messages about it one gets the work. False when
 * somebody has it, or the call went on. Whoever dies with it is followed by the sweep.
 */
export async function claimCall(db: Db, tenantId: string, id: string, status: CallStatus, now: Date, until: Date): Promise<boolean> {
  const isFree = or(isNull(calls.nextAt), lte(calls.nextAt, now));
  const [moved] = await db.asTenant(tenantId, (q) => [
    q
      .update(calls)
      .set({ nextAt: until, movedAt: sql`now()` })
      .where(and(eq(calls.id, id), eq(calls.status, status), isFree))
      .returning({ id: calls.id }),
  ]);
  return moved.length > 0;
}

/** Gives back what was claimed until then, and nothing that somebody else has by now. */
export async function releaseCall(db: Db, tenantId: string, id: string, until: Date): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    q
      .update(calls)
      .set({ nextAt: null, movedAt: sql`now()` })
      .where(and(eq(calls.id, id), eq(calls.nextAt, until))),
  ]);
}

export interface StuckCall {
  tenantId: string;
  callId: string;
  status: CallStatus;
}

/**
 * Calls whose next job may be lost, oldest first, over all tenants: ended or transcribed, not moved since `olderThan` and past
 * their `next_at`; understood with a `next_at` that passed (set it to owe a job, clear it when the job is done); and calls still live
 * four hours before that, whose end nobody told us.
 */
export async function stuckCalls(db: Db, olderThan: Date, limit: number): Promise<StuckCall[]> {
  const [found] = await db.system((q) => [
    q.execute(sql`select tenant_id, call_id, status from stuck_calls(${olderThan.toISOString()}::timestamptz, ${limit}::int)`),
  ]);
  return z
    .array(stuckRow)
    .parse(found.rows)
    .map((row) => ({ tenantId: row.tenant_id, callId: row.call_id, status: row.status }));
}

const stuckRow = z.object({
  tenant_id: z.uuid(),
  call_id: z.uuid(),
  status: z.enum(['live', 'ended', 'transcribed', 'understood', 'failed']),
});
