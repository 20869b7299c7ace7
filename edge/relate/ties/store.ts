import { sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Db } from '../../db/client.ts';

/** What a member told us of two people. */
export interface ToldTie {
  from: string;
  to: string;
  proof: 'told' | 'listed';
  fromName: string;
  toName: string;
}

/** Told again, names are those of the last time. Whoever is out is left out. Answers whom something new is known of. */
export async function tellTies(db: Db, tenantId: string, by: string, at: Date, told: readonly ToldTie[]): Promise<string[]> {
  if (told.length === 0) return [];
  const [found] = await db.asTenant(tenantId, (q) => [
    q.execute(sql`insert into ties (tenant_id, from_key, to_key, proof, from_name, to_name, by, at)
      select ${tenantId}::uuid, t."from", t."to", t.proof, t."fromName", t."toName", ${by}, ${at.toISOString()}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as t("from" text, "to" text, proof text, "fromName" text, "toName" text)
      on conflict (tenant_id, from_key, to_key, proof) do update set from_name = excluded.from_name, to_name = excluded.to_name
      returning to_key as key`),
    q.execute(sql`insert into audit (tenant_id, at, actor, action, subject, detail)
      values (${tenantId}::uuid, ${at.toISOString()}::timestamptz, ${by}, 'ties-told', ${by}, ${JSON.stringify({ count: told.length })}::jsonb)`),
  ]);
  return z.parse(z.array(z.object({ key: z.string() })), found.rows).map(({ key }) => key);
}

const tieRow = z.object({
  from: z.string(),
  to: z.string(),
  proof: z.enum(['told', 'listed']),
  fromName: z.string(),
  toName: z.string(),
});

/** What anybody told us of these people, keys of the graph; the newest 2,000. */
export async function tiesOf(db: Db, tenantId: string, keys: readonly string[]): Promise<ToldTie[]> {
  if (keys.length === 0) return [];
  const asked = sql`(select value from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb))`;
  const [found] = await db.read(tenantId, (q) => [
    q.execute(sql`select from_key as "from", to_key as "to", proof, from_name as "fromName", to_name as "toName" from (
      select * from ties where to_key in ${asked} union select * from ties where from_key in ${asked}) t
      order by at desc limit ${TIES_MAX}`),
  ]);
  return z.parse(z.array(tieRow), found.rows);
}

/** Two people of theirs were on one call with us. */
export interface SeenTogether {
  one: string;
  oneName: string;
  other: string;
  otherName: string;
  atMs: number;
  minutes: number;
  channel: string;
  /** How many of theirs were there beside one of them. */
  others: number;
}

const togetherRow = z.object({
  one: z.string(),
  oneName: z.string(),
  other: z.string(),
  otherName: z.string(),
  atMs: z.coerce.number(),
  minutes: z.coerce.number(),
  channel: z.string(),
  others: z.coerce.number(),
});

/** Whom of theirs these people met on our calls; private ones say nothing. */
export async function togetherOf(db: Db, tenantId: string, keys: readonly string[]): Promise<SeenTogether[]> {
  const persons = keys.filter((key) => !key.startsWith('user/'));
  if (persons.length === 0) return [];
  const [found] = await db.read(tenantId, (q) => [
    q.execute(sql`select distinct a.person_object || '/' || a.person_id as one, a.person_name as "oneName",
        b.person_object || '/' || b.person_id as other, b.person_name as "otherName", extract(epoch from a.at) * 1000 as "atMs",
        a.minutes, a.channel, (select count(distinct (x.person_object, x.person_id)) - 1 from touches x where x.tenant_id = a.tenant_id and x.call_id = a.call_id) as others
      from (select split_part(value, '/', 1) as object, split_part(value, '/', 2) as id from jsonb_array_elements_text(${JSON.stringify(persons)}::jsonb)) asked
        join touches a on a.person_object = asked.object and a.person_id = asked.id
        join touches b on b.tenant_id = a.tenant_id and b.call_id = a.call_id and (b.person_object, b.person_id) <> (a.person_object, a.person_id)
        left join calls c on c.tenant_id = a.tenant_id and c.id = a.call_id
      where c.is_private is not true
      order by "atMs" desc limit ${TIES_MAX}`),
  ]);
  return z.parse(z.array(togetherRow), found.rows);
}

/** Everybody here is known to by name: for matching a list. Names in the plain form are for the caller to make. */
export async function namesKnown(db: Db, tenantId: string): Promise<{ key: string; name: string }[]> {
  const [found] = await db.read(tenantId, (q) => [
    q.execute(sql`select distinct person_object || '/' || person_id as key, person_name as name from touches limit ${NAMES_MAX}`),
  ]);
  return z.parse(z.array(z.object({ key: z.string(), name: z.string() })), found.rows);
}

const TIES_MAX = 2_000;
const NAMES_MAX = 50_000;
