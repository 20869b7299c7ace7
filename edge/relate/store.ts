import { desc, eq, inArray } from 'drizzle-orm';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Db } from '../db/client.ts';
import { touches } from './tables.ts';

/** One person of ours met one of theirs. */
export interface Touch {
  repId: string;
  person: RecordRef;
  personName: string;
  callId: string;
  at: Date;
  minutes: number;
  /** e.g. `call` */
  channel: string;
}

/** The same rep, person and call again changes nothing. */
export async function addTouch(db: Db, tenantId: string, touch: Touch): Promise<void> {
  const { person, ...rest } = touch;
  await db.asTenant(tenantId, (q) => [
    q
      .insert(touches)
      .values({ ...rest, tenantId, personObject: person.object, personId: person.id })
      .onConflictDoNothing(),
  ]);
}

/** Newest first. */
export async function touchesOfRep(db: Db, tenantId: string, repId: string): Promise<Touch[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q.select(columns).from(touches).where(eq(touches.repId, repId)).orderBy(desc(touches.at)).limit(LIMIT),
  ]);
  return rows.map(touchOf);
}

/** Everybody here who met any of these people; newest first. */
export async function touchesOfPerson(db: Db, tenantId: string, personIds: readonly string[]): Promise<Touch[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select(columns)
      .from(touches)
      .where(inArray(touches.personId, [...personIds]))
      .orderBy(desc(touches.at))
      .limit(LIMIT),
  ]);
  return rows.map(touchOf);
}

/** With how many of their people anybody here spoke on these calls. */
export async function peopleOfCalls(db: Db, tenantId: string, callIds: readonly string[]): Promise<number> {
  if (callIds.length === 0) return 0;
  const [rows] = await db.read(tenantId, (q) => [
    q
      .selectDistinct({ object: touches.personObject, id: touches.personId })
      .from(touches)
      .where(inArray(touches.callId, [...callIds])),
  ]);
  return rows.length;
}

const LIMIT = 5_000;

const columns = {
  repId: touches.repId,
  personObject: touches.personObject,
  personId: touches.personId,
  personName: touches.personName,
  callId: touches.callId,
  at: touches.at,
  minutes: touches.minutes,
  channel: touches.channel,
};

function touchOf({
  personObject,
  personId,
  ...rest
}: Omit<Touch, 'person'> & { personObject: RecordRef['object']; personId: string }): Touch {
  return { ...rest, person: { object: personObject, id: personId } };
}
