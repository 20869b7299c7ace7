import { desc, eq, inArray, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { type RecordRef, recordRef } from '../../shared/contracts/record.ts';
import { audit } from '../db/audit.ts';
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
  return (await personsOfCalls(db, tenantId, callIds)).length;
}

/** A touch as the graph reads it. */
export interface SeenTouch {
  repId: string;
  /** Null when no call says it. */
  repName: string | null;
  person: RecordRef;
  personName: string;
  atMs: number;
  minutes: number;
  channel: string;
}

const seenRow = z.object({
  rep_id: z.string(),
  rep_name: z.nullable(z.string()),
  person_object: recordRef.shape.object,
  person_id: z.string(),
  person_name: z.string(),
  at_ms: z.coerce.number(),
  minutes: z.coerce.number(),
  channel: z.string(),
});

/** What everybody here had with these people, of each pair the newest 400. A private call is its rep's alone and says nothing here. */
export async function touchesOfPeople(db: Db, tenantId: string, persons: readonly RecordRef[]): Promise<SeenTouch[]> {
  if (persons.length === 0) return [];
  const [found] = await db.read(tenantId, (q) => [
    q.execute(sql`select rep_id, rep_name, person_object, person_id, person_name, at_ms, minutes, channel from (
      select t.rep_id, c.rep_name, t.person_object, t.person_id, t.person_name, extract(epoch from t.at) * 1000 as at_ms, t.minutes, t.channel,
        row_number() over (partition by t.person_object, t.person_id, t.rep_id order by t.at desc) as n
      from jsonb_to_recordset(${JSON.stringify(persons)}::jsonb) as p(object text, id text)
        join touches t on t.person_object = p.object and t.person_id = p.id
        left join calls c on c.tenant_id = t.tenant_id and c.id = t.call_id
      where c.is_private is not true
        and not exists (select from people_out o where o.tenant_id = t.tenant_id and o.person_object = t.person_object and o.person_id = t.person_id)) newest where n <= ${PAIR_LIMIT} order by at_ms`),
  ]);
  return z.parse(z.array(seenRow), found.rows).map((row) => ({
    repId: row.rep_id,
    repName: row.rep_name === '' ? null : row.rep_name,
    person: { object: row.person_object, id: row.person_id },
    personName: row.person_name,
    atMs: row.at_ms,
    minutes: row.minutes,
    channel: row.channel,
  }));
}

/** People that anything is known of, in the order of their ids; those after `after`. */
export async function peopleAfter(db: Db, tenantId: string, after: RecordRef | null, limit: number): Promise<RecordRef[]> {
  const beyond = after === null ? sql`true` : sql`id >= ${after.id} and (id, object) > (${after.id}, ${after.object})`;
  const told = sql`select split_part(k, '/', 2) as id, split_part(k, '/', 1) as object
    from ties, unnest(array[from_key, to_key]) k where k not like 'user/%'`;
  const [found] = await db.read(tenantId, (q) => [
    q.execute(sql`select id, object from (select distinct person_id as id, person_object as object from touches union ${told}) known
      where ${beyond} order by 1, 2 limit ${limit}`),
  ]);
  return z.parse(z.array(recordRef), found.rows);
}

/** With whom anybody here spoke on these calls. */
export async function personsOfCalls(db: Db, tenantId: string, callIds: readonly string[]): Promise<RecordRef[]> {
  if (callIds.length === 0) return [];
  const [rows] = await db.read(tenantId, (q) => [
    q
      .selectDistinct({ object: touches.personObject, id: touches.personId })
      .from(touches)
      .where(inArray(touches.callId, [...callIds])),
  ]);
  return rows;
}

/** Somebody was shown whom colleagues know. */
export async function notePaths(db: Db, tenantId: string, by: string, of: RecordRef, paths: number): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    q.insert(audit).values({ tenantId, actor: by, action: 'paths-shown', subject: `${of.object}/${of.id}`, detail: { paths } }),
  ]);
}

const LIMIT = 5_000;
const PAIR_LIMIT = 400;

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
