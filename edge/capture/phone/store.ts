import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { isOver, type PhoneState } from '../../../shared/capture/phone-call.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import type { Db } from '../../db/client.ts';
import { isId } from '../../db/id.ts';
import { phoneCalls, repPhones } from './tables.ts';

export interface PhoneCallRow extends PhoneState {
  id: string;
  connectionId: string;
  repId: string;
  repEmail: string;
  repName: string;
  repPhone: string;
  ourNumber: string;
  number: string;
  name: string;
  email: string | null;
  about: string | null;
  record: RecordRef | null;
  contactId: string | null;
  requestId: string;
  step: number;
  externalId: string | null;
  startedAt: Date;
  talkingAt: Date | null;
  overAt: Date | null;
}
export type NewPhoneCall = Omit<PhoneCallRow, 'step' | 'talkingAt' | 'overAt' | 'why'>;

/** How long a call that is over stands here, for its screens and late words of the network. */
const KEPT_MS = 60 * 60_000;
const PRUNED_AT_ONCE = 1_000;

/** The call; or, when this press was made before or the rep is on another call, that one. */
export async function beginPhoneCall(db: Db, tenantId: string, call: NewPhoneCall): Promise<{ call: PhoneCallRow; isNew: boolean }> {
  const { record, ...rest } = call;
  const old = new Date(call.startedAt.getTime() - KEPT_MS);
  const mine = eq(phoneCalls.repId, call.repId);
  const [, made, same, running] = await db.asTenant(tenantId, (q) => [
    q.delete(phoneCalls).where(lt(phoneCalls.overAt, old)),
    q
      .insert(phoneCalls)
      .values({ ...rest, tenantId, recordObject: record?.object, recordId: record?.id })
      .onConflictDoNothing()
      .returning({ id: phoneCalls.id }),
    q
      .select()
      .from(phoneCalls)
      .where(and(mine, eq(phoneCalls.requestId, call.requestId))),
    q
      .select()
      .from(phoneCalls)
      .where(and(mine, eq(phoneCalls.direction, 'out'), isNull(phoneCalls.overAt))),
  ]);
  const found = same[0] ?? running[0];
  // Over between two statements: whoever presses again finds the way free.
  return found ? { call: rowOf(found), isNew: made.length > 0 } : { call: { ...call, ...blank }, isNew: false };
}

const blank = { step: 0, talkingAt: null, overAt: null, why: null };

export async function phoneCallOf(db: Db, tenantId: string, id: string): Promise<PhoneCallRow | null> {
  if (!isId(id)) return null;
  const [rows] = await db.read(tenantId, (q) => [q.select().from(phoneCalls).where(eq(phoneCalls.id, id))]);
  return rows[0] ? rowOf(rows[0]) : null;
}

/** The rep's newest call, over or not. */
export async function lastPhoneCall(db: Db, tenantId: string, repId: string): Promise<PhoneCallRow | null> {
  const [rows] = await db.read(tenantId, (q) => [
    q.select().from(phoneCalls).where(eq(phoneCalls.repId, repId)).orderBy(desc(phoneCalls.startedAt)).limit(1),
  ]);
  return rows[0] ? rowOf(rows[0]) : null;
}

/** False when it has moved since it was read. */
export async function movePhoneCall(
  db: Db,
  tenantId: string,
  was: PhoneCallRow,
  now: PhoneState & { externalId?: string | null },
  at: Date,
): Promise<boolean> {
  const [moved] = await db.asTenant(tenantId, (q) => [
    q
      .update(phoneCalls)
      .set({
        phase: now.phase,
        why: now.why,
        step: was.step + 1,
        ...(now.externalId ? { externalId: now.externalId } : {}),
        ...(now.phase === 'talking' && was.talkingAt === null ? { talkingAt: at } : {}),
        ...(isOver(now) && was.overAt === null ? { overAt: at } : {}),
      })
      .where(and(eq(phoneCalls.id, was.id), eq(phoneCalls.step, was.step)))
      .returning({ id: phoneCalls.id }),
  ]);
  return moved.length > 0;
}

/** Another rep is rung for it: whatever became of the first one is no news of this one. False when it has moved since it was read. */
export async function passPhoneCall(
  db: Db,
  tenantId: string,
  was: PhoneCallRow,
  to: Pick<PhoneCallRow, 'repId' | 'repEmail' | 'repName' | 'repPhone'>,
): Promise<boolean> {
  const [moved] = await db.asTenant(tenantId, (q) => [
    q
      .update(phoneCalls)
      .set({ ...to, phase: 'ringing-rep', why: null, overAt: null, step: was.step + 1 })
      .where(and(eq(phoneCalls.id, was.id), eq(phoneCalls.step, was.step), isNull(phoneCalls.talkingAt)))
      .returning({ id: phoneCalls.id }),
  ]);
  return moved.length > 0;
}

/** Over all tenants: what nobody looks at any more, and calls whose end nobody told within a day. Answers how many went. */
export async function prunePhoneCalls(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS).toISOString();
  const [gone] = await db.system((q) => [
    q.execute(sql`select pruned from prune_phone_calls(${before}::timestamptz, ${PRUNED_AT_ONCE}::int)`),
  ]);
  return z.array(z.object({ pruned: z.coerce.number() })).parse(gone.rows)[0]?.pruned ?? 0;
}

export async function repPhoneOf(db: Db, tenantId: string, userId: string): Promise<string | null> {
  const [rows] = await db.read(tenantId, (q) => [
    q.select({ number: repPhones.number }).from(repPhones).where(eq(repPhones.userId, userId)),
  ]);
  return rows[0]?.number ?? null;
}

export async function setRepPhone(db: Db, tenantId: string, userId: string, number: string): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    q
      .insert(repPhones)
      .values({ tenantId, userId, number })
      .onConflictDoUpdate({ target: [repPhones.tenantId, repPhones.userId], set: { number: sql`excluded.number` } }),
  ]);
}

function rowOf({ tenantId: _, recordObject, recordId, ...row }: typeof phoneCalls.$inferSelect): PhoneCallRow {
  return { ...row, record: recordObject !== null && recordId !== null ? { object: recordObject, id: recordId } : null };
}
