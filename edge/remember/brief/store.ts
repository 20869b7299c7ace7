import { type SQL, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { owner } from '../../../shared/contracts/insight.ts';
import { influence } from '../../../shared/contracts/need.ts';
import { type RecordRef, recordObject } from '../../../shared/contracts/record.ts';
import { riskCode, riskEvidence } from '../../../shared/contracts/risk.ts';
import { evidence } from '../../../shared/contracts/transcript.ts';
import type { Db } from '../../db/client.ts';

const CALLS_MAX = 6;
/** Of these the insight is read too. */
const HEARD_MAX = 3;
const EACH_MAX = 3;
/** Of so many facts those are taken that are not of somebody else's call. */
const MET_MAX = 60;
const FACTS_MAX = 5;
const RISKS_MAX = 3;
/** Characters of a quote or a sentence: the whole answer stays below 20 KB. */
const TEXT_MAX = 120;

const call = z.object({
  id: z.string(),
  at: z.string(),
  status: z.string(),
  isDestroyed: z.boolean(),
  repId: z.string(),
  repEmail: z.string(),
  repName: z.string(),
  customerName: z.string(),
  contactId: z.nullable(z.string()),
  isPrivate: z.boolean(),
  record: z.nullable(z.object({ object: recordObject, id: z.string() })),
  insight: z.nullable(
    z.object({
      headline: z.string(),
      sentiment: z.number(),
      proof: z.nullable(evidence),
      nextSteps: z.array(z.object({ text: z.string(), owner, dueAt: z.nullable(z.string()), evidence })),
      people: z.array(z.object({ name: z.string(), role: z.nullable(z.string()), influence, evidence })),
      asked: z.array(evidence),
      wentAheadMs: z.nullable(z.number()),
      gaps: z.array(
        z.object({
          method: z.enum(['MEDDPICC', 'BANT', 'SPICED']),
          element: z.string(),
          score: z.int(),
          question: z.nullable(z.string()),
        }),
      ),
    }),
  ),
});
const fact = z.object({
  kind: z.string(),
  key: z.string(),
  text: z.string(),
  evidence,
  callId: z.string(),
  firstAt: z.string(),
  lastAt: z.string(),
  times: z.int(),
});
const risk = z.object({
  code: riskCode,
  text: z.string(),
  severity: z.enum(['low', 'medium', 'high']),
  evidence: z.array(riskEvidence),
  /** Every call it stands on: who may not see one of them is not told. */
  quotes: z.array(z.string()),
  since: z.string(),
});
const cited = z.pick(call, { id: true, repId: true, repEmail: true, isPrivate: true, record: true });
const recalled = z.object({ calls: z.array(call), facts: z.array(fact), risks: z.array(risk), cited: z.array(cited) });
/** What is kept of a record, before anybody asked who may see it. Calls newest first, without those that are somebody else's alone. */
export type Recalled = z.infer<typeof recalled>;

/** All that a brief and the cards need of a record, in one statement and below 20 KB. */
export async function recall(db: Db, tenantId: string, ref: RecordRef, viewer: { id: string; email: string }): Promise<Recalled> {
  const [found] = await db.read(tenantId, (q) => [q.execute(statement(ref, viewer))]);
  return z.array(z.object({ body: recalled })).parse(found.rows)[0]?.body ?? { calls: [], facts: [], risks: [], cited: [] };
}

const statement = (ref: RecordRef, viewer: { id: string; email: string }): SQL => sql`
with mine as materialized (
  select c.* from calls c
  where ${about(ref)} and c.erased_at is null and c.status <> 'live' and ${notAnothers(viewer)}
  order by c.started_at desc, c.id desc limit ${whole(CALLS_MAX)}
), heard as materialized (
  -- Without what no brief needs: each use of a whole one would unpack it anew.
  select m.id, i.body - array['turns', 'metrics', 'objections', 'competitors', 'pricing', 'speakers', 'pains', 'goals', 'commitments']::text[] as body
  from mine m join insights i on i.call_id = m.id where m.status = 'understood'
  order by m.started_at desc, m.id desc limit ${whole(HEARD_MAX)}
), met as materialized (
  select f.*, cardinality(f.heard_in) as times from facts f
  where f.record_object = ${ref.object} and f.record_id = ${ref.id} and f.kind in ('objection', 'competitor')
  order by f.last_at desc, f.kind, f.key limit ${whole(MET_MAX)}
), known as materialized (
  select m.* from met m where (
    -- One by one, by its id: a join may read all calls for each.
    select c.erased_at is null and ${notAnothers(viewer)} from calls c where c.id = m.call_id)
  order by m.last_at desc, m.kind, m.key limit ${whole(FACTS_MAX)}
), risky as materialized (
  select r.* from risks r where r.record_object = ${ref.object} and r.record_id = ${ref.id} and r.state in ('proposed', 'confirmed')
  order by case r.severity when 'high' then 0 when 'medium' then 1 else 2 end, r.since desc, r.code, r.basis limit ${whole(RISKS_MAX)}
), cite as materialized (
  select call_id from known union select unnest(quotes) from risky except select id from mine
)
select jsonb_build_object(
  'calls', coalesce((select jsonb_agg(${seen} || jsonb_build_object(
      'at', ${iso('c.started_at')}, 'status', c.status, 'isDestroyed', c.missed is not distinct from 'destroyed',
      'repName', c.rep_name, 'customerName', c.customer_name, 'contactId', c.contact_id, 'insight', ${insight}
    ) order by c.started_at desc, c.id desc) from mine c left join heard h on h.id = c.id), '[]'),
  'facts', coalesce((select jsonb_agg(jsonb_build_object('kind', f.kind, 'key', f.key, 'text', ${cut('f.text')}, 'evidence', ${quoted('f.evidence')},
      'callId', f.call_id, 'firstAt', ${iso('f.first_at')}, 'lastAt', ${iso('f.last_at')}, 'times', f.times)
      order by f.last_at desc, f.kind, f.key) from known f), '[]'),
  'risks', coalesce((select jsonb_agg(jsonb_build_object('code', r.code, 'text', ${cut('r.text')}, 'severity', r.severity, 'quotes', r.quotes,
      'since', ${iso('r.since')}, 'evidence', ${list('r.evidence', 'true', quoted('e'), 1)})
      order by case r.severity when 'high' then 0 when 'medium' then 1 else 2 end, r.since desc) from risky r), '[]'),
  'cited', coalesce((select jsonb_agg(${seen}) from cite, lateral (
      select * from calls one where one.id = cite.call_id and one.erased_at is null offset 0) c), '[]')
) as body`;

/** As every read does it: on the record, or with the person. */
function about(ref: RecordRef): SQL {
  const on = sql`(c.record_object = ${ref.object} and c.record_id = ${ref.id})`;
  return ref.object === 'contact' ? sql`(${on} or c.contact_id = ${ref.id})` : on;
}

/** A private call is its rep's alone, and takes nobody else's place in the list. */
const notAnothers = ({ id, email }: { id: string; email: string }): SQL =>
  sql`(not c.is_private or c.rep_id = ${id} or (c.rep_email <> '' and lower(c.rep_email) = ${email}))`;

const whole = (n: number): SQL => sql.raw(String(n));
const cut = (text: string): SQL => sql.raw(`left(${text}, ${TEXT_MAX})`);
const iso = (column: string): SQL => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
const quoted = (proof: string): SQL => sql.raw(`jsonb_set(${proof}, '{quote}', to_jsonb(left(${proof} ->> 'quote', ${TEXT_MAX})))`);
/** The first of a JSON list that fit, each as `of` says; `e` is one of them. */
const list = (from: string, fit: string, of: SQL, most: number): SQL => sql`coalesce((select jsonb_agg(one) from (
    select ${of} as one from jsonb_array_elements(${sql.raw(`case when jsonb_typeof(${from}) = 'array' then ${from} else '[]' end`)}) with ordinality as l(e, n)
    where ${sql.raw(fit)} order by n limit ${whole(most)}) picked), '[]')`;

const seen = sql.raw(`jsonb_build_object('id', c.id, 'repId', c.rep_id, 'repEmail', c.rep_email, 'isPrivate', c.is_private,
    'record', case when c.record_id is null then null else jsonb_build_object('object', c.record_object, 'id', c.record_id) end)`);

const elements = `('MEDDPICC', 'economicBuyer'), ('MEDDPICC', 'identifyPain'), ('MEDDPICC', 'metrics'), ('MEDDPICC', 'champion'),
    ('SPICED', 'criticalEvent'), ('BANT', 'budget'), ('MEDDPICC', 'decisionProcess'), ('MEDDPICC', 'decisionCriteria'),
    ('MEDDPICC', 'competition'), ('MEDDPICC', 'paperProcess'), ('BANT', 'timeline')`;
const insight = sql`case when h.body is null then null else jsonb_build_object(
    'headline', ${cut("h.body ->> 'headline'")}, 'sentiment', h.body -> 'sentiment',
    'proof', ${quoted("nullif(h.body #> '{bullets,0,evidence}', 'null')")},
    'nextSteps', ${list(
      "h.body -> 'nextSteps'",
      "e ->> 'hedged' = 'false'",
      sql`jsonb_build_object('text', ${cut("e ->> 'text'")}, 'owner', e -> 'owner', 'dueAt', e -> 'dueAt', 'evidence', ${quoted("(e -> 'evidence')")})`,
      EACH_MAX,
    )},
    'people', ${list(
      "h.body -> 'people'",
      'true',
      sql`jsonb_build_object('name', ${cut("e ->> 'name'")}, 'role', ${cut("e ->> 'role'")}, 'influence', e -> 'influence', 'evidence', ${quoted("(e -> 'evidence')")})`,
      EACH_MAX,
    )},
    'asked', ${list("h.body -> 'questions'", "e ->> 'isAnswered' = 'false' and e #>> '{evidence,role}' = 'customer'", quoted("(e -> 'evidence')"), 1)},
    'wentAheadMs', (select max((e #>> '{evidence,startMs}')::float8) from jsonb_array_elements(h.body -> 'buyingSignals') e where e ->> 'type' = 'commit'),
    'gaps', coalesce((select jsonb_agg(jsonb_build_object('method', method, 'element', element, 'score', (found ->> 'score')::int,
        'question', case when (found ->> 'score')::int < 2 then found -> 'gapQuestion' end))
      from (select method, element, h.body #> array['methodology', lower(method), element] as found from (values ${sql.raw(elements)}) as g(method, element)) gap
      where found is not null), '[]')
  ) end`;
