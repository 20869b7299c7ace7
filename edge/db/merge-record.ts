import { sql } from 'drizzle-orm';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { auditMoved } from './audit.ts';
import type { Db, Query } from './client.ts';

/**
 * Records became one in the CRM: whatever we hold of `from` is of `into` from now on, in one transaction over all rooms. Where both
 * have the same thing, the newer stays. Doing it again changes nothing. What was parked because its record had gone goes on. What is
 * written about them is tied to `also`, too: the contact and company that a lead became beside its deal.
 */
export async function mergeRecord(
  db: Db,
  tenantId: string,
  connectionId: string,
  from: readonly RecordRef[],
  into: RecordRef,
  also: readonly RecordRef[] = [],
): Promise<void> {
  const old = from.filter((ref) => ref.object !== into.object || ref.id !== into.id);
  if (old.length === 0) return;
  const refs = sql`select r.object, r.id from jsonb_to_recordset(${JSON.stringify(old)}::jsonb) as r(object text, id text)`;
  const mine = (object: string, id: string) => sql`(${sql.raw(object)}, ${sql.raw(id)}) in (${refs})`;
  const { object, id } = into;
  const person = object === 'contact' || object === 'lead';
  const ties = JSON.stringify(also.filter((ref) => ref.object !== object || ref.id !== id));
  const contact = also.find((ref) => ref.object === 'contact')?.id ?? null;

  await db.asTenant(tenantId, (q) => [
    auditMoved(
      q,
      sql`(update changes set record_object = ${object}, record_id = ${id},
          also = case when ${ties}::jsonb <@ also then also
            else (select jsonb_agg(distinct a) from jsonb_array_elements(also || ${ties}::jsonb) a) end,
          -- Approved or not, what was parked with its record is looked at again by a person unless it is automatic.
          state = case when parked_gone then case policy when 'auto' then 'due' else 'waiting' end else state end,
          trouble = case when parked_gone then null else trouble end,
          parked_why = case when parked_gone then null else parked_why end,
          attempts = case when parked_gone then 0 else attempts end,
          version = version + 1
        from (select tenant_id as t, id as i, state = 'parked' and parked_why is not distinct from 'gone' as parked_gone from changes
          where connection_id = ${connectionId}::uuid and ${mine('record_object', 'record_id')}) old
        where tenant_id = t and id = i returning tenant_id, id)`,
      { actor: 'crm', action: 'change-merged' },
    ),
    q.execute(sql`update changes set also = coalesce((
        select jsonb_agg(distinct case when ${mine("a ->> 'object'", "a ->> 'id'")} then ${JSON.stringify(into)}::jsonb else a end) from jsonb_array_elements(also) a), '[]')
      where connection_id = ${connectionId}::uuid and exists (select from jsonb_array_elements(also) a where ${mine("a ->> 'object'", "a ->> 'id'")})`),
    q.execute(sql`update calls set record_object = ${object}, record_id = ${id},
        contact_id = case when erased_at is null then coalesce(contact_id, ${contact}::text) else contact_id end
      where connection_id = ${connectionId}::uuid and ${mine('record_object', 'record_id')}`),
    q.execute(sql`update calls set contact_id = ${id}
      where ${object} = 'contact' and connection_id = ${connectionId}::uuid and ('contact', contact_id) in (${refs})`),

    q.execute(sql`insert into facts as f (tenant_id, record_object, record_id, kind, key, text, evidence, call_id, first_evidence, first_call_id, first_at, last_at, heard_in)
      select distinct on (kind, key) ${tenantId}::uuid, ${object}, ${id}, kind, key, text, evidence, call_id,
        (array_agg(first_evidence) over o)[1], (array_agg(first_call_id) over o)[1], min(first_at) over w, max(last_at) over w,
        (select array_agg(distinct heard) from facts h, unnest(h.heard_in) heard
          where h.kind = facts.kind and h.key = facts.key and (h.record_object, h.record_id) in (${refs}))
      from facts where ${mine('record_object', 'record_id')}
      window w as (partition by kind, key),
        o as (partition by kind, key order by first_at rows between unbounded preceding and unbounded following)
      order by kind, key, last_at desc
      on conflict (tenant_id, record_object, record_id, kind, key) do update set
        text = case when excluded.last_at > f.last_at then excluded.text else f.text end,
        evidence = case when excluded.last_at > f.last_at then excluded.evidence else f.evidence end,
        call_id = case when excluded.last_at > f.last_at then excluded.call_id else f.call_id end,
        first_evidence = case when excluded.first_at < f.first_at then excluded.first_evidence else f.first_evidence end,
        first_call_id = case when excluded.first_at < f.first_at then excluded.first_call_id else f.first_call_id end,
        first_at = least(f.first_at, excluded.first_at),
        last_at = greatest(f.last_at, excluded.last_at),
        heard_in = (select array_agg(distinct heard) from unnest(f.heard_in || excluded.heard_in) heard)`),
    q.execute(sql`delete from facts where ${mine('record_object', 'record_id')}`),

    // The one that stays is looked at anew; what was found of it keeps a manager's word.
    q.execute(sql`delete from risks where ${mine('record_object', 'record_id')}`),
    q.execute(sql`delete from deal_signs where ${mine('record_object', 'record_id')}`),

    // The same call with both of them is one touch.
    q.execute(sql`delete from touches t where ${person} and ${mine('person_object', 'person_id')} and exists (select from touches o
      where o.tenant_id = t.tenant_id and o.call_id = t.call_id and o.rep_id = t.rep_id
        and (o.person_id = ${id} or (o.person_object, o.person_id) in (${refs}) and o.person_id < t.person_id))`),
    q.execute(
      sql`update touches set person_object = ${object}, person_id = ${id} where ${person} and ${mine('person_object', 'person_id')}`,
    ),

    // Who objected under either id has objected; a tie with oneself is none.
    q.execute(sql`insert into people_out (tenant_id, person_object, person_id, why, hashes, by, at)
      select tenant_id, ${object}, ${id}, 'opted-out', hashes, by, at from people_out
      where ${person} and ${mine('person_object', 'person_id')} limit 1 on conflict do nothing`),
    q.execute(sql`delete from touches t where ${person} and t.person_object = ${object} and t.person_id = ${id}
      and exists (select from people_out o where o.person_object = ${object} and o.person_id = ${id})`),
    ...(person ? old.flatMap((ref) => moveKey(q, `${ref.object}/${ref.id}`, `${object}/${id}`)) : []),

    // The CRM decided anew what stands in the fields; only what we hold of the record that stays can still be right.
    q.execute(sql`delete from crm_fields where connection_id = ${connectionId}::uuid and ${mine('record_object', 'record_id')}`),
    q.execute(sql`update matches set record_id = ${id}
      where ${object} = 'contact' and connection_id = ${connectionId}::uuid and ('contact', record_id) in (${refs})`),
  ]);
}

/** What was told of somebody, and introductions along them, under their new key; where both have the same, the one that stays stays. */
const moveKey = (q: Query, from: string, into: string) => [
  q.execute(sql`insert into ties (tenant_id, from_key, to_key, proof, from_name, to_name, by, at)
    select tenant_id, case from_key when ${from} then ${into} else from_key end, case to_key when ${from} then ${into} else to_key end,
      proof, from_name, to_name, by, at from ties
    where ${from} in (from_key, to_key) and ${into} not in (from_key, to_key) on conflict do nothing`),
  q.execute(sql`delete from ties where ${from} in (from_key, to_key)`),
  q.execute(sql`update intros set
      connector_key = case connector_key when ${from} then ${into} else connector_key end,
      target_key = case target_key when ${from} then ${into} else target_key end,
      people = (select jsonb_agg(case p ->> 'key' when ${from} then jsonb_set(p, '{key}', to_jsonb(${into}::text)) else p end order by n)
        from jsonb_array_elements(people) with ordinality as e(p, n))
    where people @> ${JSON.stringify([{ key: from }])}::jsonb`),
];
