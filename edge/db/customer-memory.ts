import { type SQL, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { changeBody } from '../../shared/contracts/change.ts';
import { nextStep } from '../../shared/contracts/insight.ts';
import { type RecordObject, type RecordRef, recordObject } from '../../shared/contracts/record.ts';
import { evidence } from '../../shared/contracts/transcript.ts';
import { callBrief } from '../../shared/contracts/view.ts';
import type { HeldCall, HeldFact, HeldMoment } from '../../shared/remember/memory/held.ts';
import { about, openTo, type SeenCall, seenColumns, seenOf, seenRow, type Viewer } from './call-filter.ts';
import type { Db } from './client.ts';

export interface Held {
  calls: (SeenCall & HeldCall)[];
  facts: HeldFact[];
  moments: HeldMoment[];
  /** Every call that any of it stands on, once, to be asked who may see it. */
  standsOn: SeenCall[];
}

/** How far back the score and the mood look: both forget sooner. */
const CALLS_MAX = 150;
const INSIGHTS_MAX = 40;
const FACTS_MAX = 200;

const callRow = z.extend(seenRow, {
  source: callBrief.shape.source,
  direction: z.enum(['inbound', 'outbound']),
  duration_ms: z.nullable(z.number()),
  sentiment: z.nullable(z.number()),
  steps: z.nullable(z.array(nextStep)),
});
const factRow = z.object({
  kind: z.string(),
  key: z.string(),
  text: z.string(),
  evidence,
  call_id: z.string(),
  first_evidence: z.nullable(evidence),
  first_call_id: z.nullable(z.string()),
  first_ms: z.number(),
  last_ms: z.number(),
  heard_in: z.array(z.string()),
});
const momentRow = z.object({
  moment_id: z.string(),
  moment_ms: z.number(),
  moment_call: z.nullable(z.string()),
  body: z.nullable(changeBody),
  source: z.nullable(callBrief.shape.source),
  direction: z.nullable(z.enum(['inbound', 'outbound'])),
  headline: z.nullable(z.string()),
  people: z.nullable(z.array(z.string())),
});

const ms = (at: SQL) => sql`floor(extract(epoch from ${at}) * 1000)::float8`;

/** All that is kept of a customer, in one round trip: the newest calls, what was learned, and a page of what happened. */
export async function heldOf(
  db: Db,
  tenantId: string,
  ref: RecordRef,
  { viewer, after, page }: { viewer: Viewer; after?: { atMs: number; id: string }; page: number },
): Promise<Held> {
  const calls = sql`select c.* from calls c where c.erased_at is null and ${about(ref)} and ${openTo(viewer)}`;
  const before = (at: SQL, id: SQL) => (after ? sql`and (${ms(at)}, ${id}) < (${after.atMs}::float8, ${after.id}::uuid)` : sql``);
  const paged = (shown: SQL) => sql`select ${shown} from (${calls}) c where true ${before(sql`c.started_at`, sql`c.id`)}
    order by c.started_at desc, c.id desc limit ${page}`;
  const written = (shown: SQL) => sql`select ${shown} from changes w where w.record_object = ${ref.object} and w.record_id = ${ref.id}
    and ((w.kind = 'draft-email' and w.state = 'approved') or (w.kind in ('add-note', 'add-task') and w.state = 'written'))
    ${before(happenedAt, sql`w.id`)} order by ${ms(happenedAt)} desc, w.id desc limit ${page}`;
  const [held, learned, happened, standing] = await db.read(tenantId, (q) => [
    q.execute(sql`
      select ${seenColumns}, c.source, c.direction, c.duration_ms, i.sentiment, i.steps
      from (select k.*, row_number() over (order by k.started_at desc) as place from (${calls} order by c.started_at desc limit ${CALLS_MAX}) k) c
      left join lateral (select (i.body ->> 'sentiment')::float8 as sentiment, i.body -> 'nextSteps' as steps
        from insights i where i.call_id = c.id and c.place <= ${INSIGHTS_MAX}) i on true
      order by c.started_at desc`),
    q.execute(sql`
      select f.kind, f.key, f.text, f.evidence, f.call_id, f.first_evidence, f.first_call_id, ${ms(sql`f.first_at`)} as first_ms,
        ${ms(sql`f.last_at`)} as last_ms, to_jsonb(f.heard_in) as heard_in
      from facts f where f.record_object = ${ref.object} and f.record_id = ${ref.id} order by f.last_at desc, f.kind, f.key limit ${FACTS_MAX}`),
    q.execute(sql`
      with moments as materialized (
        (${paged(sql`c.id as moment_id, ${ms(sql`c.started_at`)} as moment_ms, c.id as moment_call, null::jsonb as body, c.source, c.direction,
          jsonb_build_array(c.rep_name, c.customer_name) as people`)})
        union all
        (${written(sql`w.id, ${ms(happenedAt)}, w.call_id, w.body, null, null, null`)})
        order by moment_ms desc, moment_id desc limit ${page})
      select m.*, case when m.body is null then (select i.body ->> 'headline' from insights i where i.call_id = m.moment_call) end as headline
      from moments m order by m.moment_ms desc, m.moment_id desc`),
    // What was learned or written may stand on a call of another record, after a merge or an older one.
    q.execute(sql`
      select ${seenColumns} from calls c where c.erased_at is null and ${openTo(viewer)} and c.id in (
        select unnest(array[f.call_id, f.first_call_id]) from facts f where f.record_object = ${ref.object} and f.record_id = ${ref.id}
        union (${written(sql`w.call_id`)})
        union (${paged(sql`c.id`)}))`),
  ]);
  const calling = z.array(callRow).parse(held.rows);
  const standsOn = [...calling, ...z.array(seenRow).parse(standing.rows)].map(seenOf);
  return {
    calls: calling.map((row) => ({
      ...seenOf(row),
      source: row.source,
      direction: row.direction,
      durationMs: row.duration_ms ?? 0,
      insight: row.sentiment === null ? null : { sentiment: row.sentiment, nextSteps: row.steps ?? [] },
    })),
    facts: z
      .array(factRow)
      .parse(learned.rows)
      .map((row) => ({
        kind: row.kind,
        key: row.key,
        text: row.text,
        last: row.evidence,
        lastCallId: row.call_id,
        first: row.first_evidence,
        firstCallId: row.first_call_id,
        firstAtMs: row.first_ms,
        lastAtMs: row.last_ms,
        heardIn: row.heard_in,
      })),
    moments: z
      .array(momentRow)
      .parse(happened.rows)
      .map(({ source, direction, headline, people, ...row }) => ({
        id: row.moment_id,
        atMs: row.moment_ms,
        callId: row.moment_call,
        body: row.body,
        call: source !== null && direction !== null ? { source, direction, headline, people: people ?? [] } : null,
      })),
    standsOn: [...new Map(standsOn.map((call) => [call.id, call])).values()],
  };
}

const happenedAt = sql`coalesce(w.written_at, w.decided_at, w.created_at)`;

/** What kind of record we have calls of under this id, the newest; null where we have none. */
export async function kindOf(db: Db, tenantId: string, id: string): Promise<RecordObject | null> {
  const [found] = await db.read(tenantId, (q) => [
    q.execute(sql`select object from (
        (select c.record_object as object, c.started_at from calls c
          where c.record_object in ('deal', 'contact', 'company', 'lead') and c.record_id = ${id} order by c.started_at desc limit 1)
        union all (select 'contact', c.started_at from calls c where c.contact_id = ${id} order by c.started_at desc limit 1)) found
      order by started_at desc limit 1`),
  ]);
  return z.array(z.object({ object: recordObject })).parse(found.rows)[0]?.object ?? null;
}
