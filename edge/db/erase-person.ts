import { and, inArray, isNotNull, or, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { calls } from '../capture/tables.ts';
import { auditMoved } from './audit.ts';
import type { Db } from './client.ts';

const TROUBLE = 'What was said here was erased, because the customer asked for it.';

/**
 * Forgets a contact in one transaction: what they said, what we made of it, and who they were. Their calls stay as empty frames, so that
 * the database itself drops whatever a job still under way would write about them. Recordings go separately: see `audioOfErased`.
 * Answers how many of their calls are still running; those are not touched. Doing it again changes nothing.
 */
export async function erasePerson(db: Db, tenantId: string, connectionId: string, contactId: string, at: Date): Promise<{ live: number }> {
  const theirs = theirCalls(connectionId, contactId);
  const erased = sql`select id from calls where erased_at is not null`;
  const person = JSON.stringify([{ object: 'contact', id: contactId }]);

  const [, running] = await db.asTenant(tenantId, (q) => [
    // First, so that whoever writes about these calls at this moment is waited for.
    auditMoved(
      q,
      sql`(update calls set erased_at = ${at.toISOString()}::timestamptz, customer_name = 'Erased', customer_email = null, from_number = null,
          to_number = null, contact_id = null,
          record_id = case when record_object = 'contact' then null else record_id end,
          record_object = case when record_object = 'contact' then null else record_object end,
          status = 'failed', trouble = ${TROUBLE}, next_at = null
        where status <> 'live' and ${theirs} returning tenant_id, id)`,
      { at, actor: 'crm', action: 'call-erased' },
    ),
    q.execute(sql`select count(*)::int as live from calls where status = 'live' and ${theirs}`),
    q.execute(sql`delete from utterances where call_id in (${erased})`),
    q.execute(sql`delete from insights where call_id in (${erased})`),
    auditMoved(
      q,
      sql`(delete from changes where call_id in (${erased})
          or (connection_id = ${connectionId}::uuid and record_object = 'contact' and record_id = ${contactId}) returning tenant_id, id)`,
      { at, actor: 'crm', action: 'change-erased' },
    ),
    q.execute(sql`update changes set also = coalesce((select jsonb_agg(a) from jsonb_array_elements(also) a where not (${person}::jsonb @> jsonb_build_array(a))), '[]')
      where connection_id = ${connectionId}::uuid and also @> ${person}::jsonb`),
    q.execute(sql`delete from facts where call_id in (${erased}) or (record_object = 'contact' and record_id = ${contactId})`),
    q.execute(sql`update facts set heard_in = (select array_agg(heard) from unnest(heard_in) heard where heard not in (${erased}))
      where heard_in && array(${erased})`),
    q.execute(sql`delete from risks where quotes && array(${erased}) or (record_object = 'contact' and record_id = ${contactId})`),
    q.execute(sql`delete from deal_signs where record_object = 'contact' and record_id = ${contactId}`),
    // What was read ahead of a meeting may name them; the next minute reads it anew.
    q.execute(sql`update meetings_ahead set deal = null, prepared_at = null where connection_id = ${connectionId}::uuid`),
    q.execute(sql`delete from touches where call_id in (${erased}) or (person_object = 'contact' and person_id = ${contactId})`),
    // The row stays when everything else is gone: nothing is learned of them again. Their links go with it.
    q.execute(sql`insert into people_out (tenant_id, person_object, person_id, why, hashes, by, at)
      values (${tenantId}::uuid, 'contact', ${contactId}, 'erased', '{}', 'crm', ${at.toISOString()}::timestamptz) on conflict do nothing`),
    q.execute(sql`delete from ties where ${`contact/${contactId}`} in (from_key, to_key)`),
    q.execute(sql`delete from intros where people @> ${JSON.stringify([{ key: `contact/${contactId}` }])}::jsonb`),
    q.execute(
      sql`delete from crm_fields where connection_id = ${connectionId}::uuid and record_object = 'contact' and record_id = ${contactId}`,
    ),
    q.execute(sql`delete from matches where connection_id = ${connectionId}::uuid and record_id = ${contactId}`),
    q.execute(sql`insert into audit (tenant_id, at, actor, action, subject)
      select ${tenantId}::uuid, ${at.toISOString()}::timestamptz, 'crm', 'person-erased', ${contactId}
      where not exists (select from audit where action = 'person-erased' and subject = ${contactId})`),
  ]);
  return { live: z.array(z.object({ live: z.int() })).parse(running.rows)[0]?.live ?? 0 };
}

/** The calls that `erasePerson` would erase now, and those that still run. */
export async function callsOfPerson(
  db: Db,
  tenantId: string,
  connectionId: string,
  contactId: string,
): Promise<{ over: string[]; live: string[] }> {
  const [rows] = await db.read(tenantId, (q) => [
    q.select({ id: calls.id, status: calls.status }).from(calls).where(theirCalls(connectionId, contactId)),
  ]);
  const of = (isLive: boolean) => rows.filter(({ status }) => (status === 'live') === isLive).map(({ id }) => id);
  return { over: of(false), live: of(true) };
}

const theirCalls = (connectionId: string, contactId: string) =>
  sql`connection_id = ${connectionId}::uuid and (contact_id = ${contactId} or (record_object = 'contact' and record_id = ${contactId}))`;

/** Recordings and files of erased calls that are still there. */
export async function audioOfErased(db: Db, tenantId: string, limit: number): Promise<{ callId: string; keys: string[] }[]> {
  const [rows] = await db.read(tenantId, (q) => [
    q
      .select({ callId: calls.id, audioKey: calls.audioKey, uploadKey: calls.uploadKey })
      .from(calls)
      .where(and(isNotNull(calls.erasedAt), or(isNotNull(calls.audioKey), isNotNull(calls.uploadKey))))
      .limit(limit),
  ]);
  return rows.map(({ callId, audioKey, uploadKey }) => ({ callId, keys: [audioKey, uploadKey].filter((key) => key !== null) }));
}

/** Their recordings are gone: nothing points at them any more. */
export async function forgetAudio(db: Db, tenantId: string, callIds: readonly string[]): Promise<void> {
  if (callIds.length === 0) return;
  await db.asTenant(tenantId, (q) => [
    q
      .update(calls)
      .set({ audioKey: null, uploadKey: null })
      .where(and(inArray(calls.id, [...callIds]), isNotNull(calls.erasedAt))),
  ]);
}
