import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openDb } from '../../edge/db/client.ts';
import { keepIndex } from '../../edge/remember/search/keep-index.ts';
import { ownMeaning } from '../../edge/remember/search/own-meaning.ts';
import { saveIndex } from '../../edge/remember/search/store.ts';
import { install } from '../../edge/tenants/store.ts';
import { dice } from '../../sandbox/kit/dice.ts';
import { findPostgres, startCluster } from '../../sandbox/postgres/cluster.ts';
import { startPostgres } from '../../sandbox/postgres/endpoint.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';

export interface MemoryRig {
  url: string;
  /** Whose calls have words, and a customer with many touchpoints. */
  heard: string;
  /** Who has very many calls. */
  many: string;
  close(): Promise<void>;
}

const TURNS = 100;
export const WORDS = 8_000;
/** The most common ones, most common first. */
export const COMMON =
  'price budget onboarding contract security rollout drivers invoices support training migration competitor renewal pilot legal board approval data dashboards seats discount quarter plan team meeting'.split(
    ' ',
  );

/** A database of its own with a talkative tenant and one with many calls. */
export async function startMemoryRig(
  sizes: { utterances: number; calls: number; touchpoints: number },
  say: (line: string) => void,
): Promise<MemoryRig> {
  const bin = findPostgres();
  if (!bin) throw new Error('bench:memory wants the programs of a PostgreSQL: initdb and postgres.');
  const cluster = await startCluster(bin);
  const endpoint = await startPostgres({ port: 0, pgUrl: cluster.url });
  const db = openDb(endpoint.url);
  const direct = new pg.Client({ connectionString: cluster.url });
  await direct.connect();
  const tenant = async (name: string) => {
    const externalId = `portal-${randomUUID()}`;
    const who = { installerId: '71', installerEmail: 'sam@brightloop.example', timeZone: 'UTC' };
    const made = await install(db, { provider: 'hubspot', externalId, tenantName: name, ...who });
    await direct.query("select set_config('app.tenant_id', $1, false)", [made.tenantId]);
    return made;
  };
  const roll = dice(7);
  // As people speak, less the words that are in every sentence: the most common of the rest stands in every eighth turn, most are rare.
  const word = () => {
    const rank = Math.floor(20 * ((WORDS / 20 + 1) ** roll() - 1));
    return COMMON[rank] ?? `w${rank}`;
  };

  const heard = await tenant('heard');
  const calls = Math.ceil(sizes.utterances / TURNS);
  await addCalls(direct, heard, calls, 300);
  const ids = (await direct.query<{ id: string; at: Date }>('select id, started_at as at from calls')).rows;
  for (const [n, { id, at }] of ids.entries()) {
    const said = Array.from({ length: TURNS }, (_, seq): Utterance => {
      const text = Array.from({ length: 6 + Math.floor(roll() * 20) }, word).join(' ');
      return {
        seq,
        role: seq % 2 ? 'rep' : 'customer',
        speaker: seq % 2 ? 'Sam' : 'Maya',
        text,
        startMs: seq * 4_000,
        endMs: seq * 4_000 + 3_500,
        confidence: 1,
      };
    });
    await direct.query(
      `insert into utterances (tenant_id, call_id, seq, role, speaker, text, start_ms, end_ms, confidence)
       select $1, $2, u.seq, u.role, u.speaker, u.text, u."startMs", u."endMs", 1 from jsonb_to_recordset($3::jsonb)
       as u(seq int, role text, speaker text, text text, "startMs" float8, "endMs" float8)`,
      [heard.tenantId, id, JSON.stringify(said)],
    );
    await keepIndex(
      { meaning: ownMeaning, utterancesOf: async () => said, save: (made) => saveIndex(db, heard.tenantId, made) },
      { id, startedAt: at },
    );
    if (n % 200 === 0) say(`${n} of ${calls} calls have words`);
  }
  await addCustomer(direct, heard, sizes.touchpoints);
  say('the customer is there');

  const many = await tenant('many');
  await addCalls(direct, many, sizes.calls, 20_000);
  await direct.query(
    `insert into risks (tenant_id, record_object, record_id, code, basis, state, text, severity, confidence, evidence, quotes, since)
     select $1, 'deal', n::text, 'overdue', 'x', 'proposed', 'x', 'high', 0.9, '[]', '{}', now() from generate_series(1, 20000, 40) n`,
    [many.tenantId],
  );
  say(`${sizes.calls} calls are there`);
  await direct.query('vacuum analyze');
  await direct.end();
  return {
    url: endpoint.url,
    heard: heard.tenantId,
    many: many.tenantId,
    async close() {
      await endpoint.close();
      await cluster.close();
    },
  };
}

/** Spread over two years, fifty reps and so many deals. */
async function addCalls(
  direct: pg.Client,
  { tenantId, connectionId }: { tenantId: string; connectionId: string },
  count: number,
  deals: number,
) {
  await direct.query(
    `insert into calls (tenant_id, connection_id, source, external_id, record_object, record_id, contact_id, rep_id, rep_email, rep_name, customer_name,
       direction, started_at, ended_at, duration_ms, time_zone, status, is_private)
     select $1, $2, 'twilio', 'c' || n, 'deal', (1 + n % $4)::text, 'p' || (n % $4), 'rep' || (n % 1000 * 7919 % 50), 'rep@brightloop.example', 'Sam Okafor', 'Maya',
       'outbound', '2026-11-20'::timestamptz - n::float8 / $3 * interval '730 days', null, 600000, 'UTC', 'understood', n % 97 = 0
     from generate_series(1, $3::int) n`,
    [tenantId, connectionId, count, deals],
  );
}

/** One deal with calls that were understood, emails, notes, tasks and facts. */
async function addCustomer(direct: pg.Client, owned: { tenantId: string; connectionId: string }, touchpoints: number) {
  const { tenantId, connectionId } = owned;
  const turns = JSON.stringify(Array.from({ length: 150 }, (_, seq) => ({ seq, sentiment: 0.5 })));
  await direct.query(
    `insert into calls (tenant_id, connection_id, source, external_id, record_object, record_id, rep_id, rep_email, rep_name, customer_name,
       direction, started_at, duration_ms, time_zone, status)
     select $1, $2, 'twilio', 'x' || n, 'deal', 'big', 'rep1', 'rep@brightloop.example', 'Sam Okafor', 'Maya ' || n % 9, 'outbound',
       '2026-11-20'::timestamptz - n * interval '9 hours', 600000, 'UTC', 'understood' from generate_series(1, $3::int) n`,
    [tenantId, connectionId, Math.ceil(touchpoints / 2)],
  );
  await direct.query(
    `insert into insights (tenant_id, call_id, body, analyzer)
     select tenant_id, id, jsonb_build_object('sentiment', random(), 'headline', 'They went through the plan', 'nextSteps', '[]'::jsonb, 'turns', $2::jsonb,
       'bullets', (select jsonb_agg(md5(random()::text || n)) from generate_series(1, 200) n)), 'rules-1'
     from calls where tenant_id = $1 and record_id = 'big'`,
    [tenantId, turns],
  );
  await direct.query(
    `insert into changes (tenant_id, call_id, connection_id, op_key, kind, record_object, record_id, policy, state, body, reason, ordinal, decided_at, written_at)
     select c.tenant_id, c.id, c.connection_id, c.id::text, k.kind, 'deal', 'big', 'auto', k.state, k.body, '', 0, c.started_at + interval '1 hour', c.started_at + interval '1 hour'
     from (select *, row_number() over (order by id) as n from calls where tenant_id = $1 and record_id = 'big') c
     join (values (0, 'draft-email', 'approved', '{"kind":"draft-email","to":["m@x.example"],"subject":"Plan","body":"Hi"}'::jsonb),
       (1, 'add-note', 'written', '{"kind":"add-note","body":"note","at":"2026-11-20T15:00:00Z"}'::jsonb)) k (which, kind, state, body) on k.which = c.n % 2`,
    [tenantId],
  );
  await direct.query(
    `insert into facts (tenant_id, record_object, record_id, kind, key, text, evidence, call_id, first_at, last_at, heard_in)
     select tenant_id, 'deal', 'big', (array['pain', 'goal', 'objection', 'competitor', 'budget'])[1 + n % 5], 'k' || n, 'Budget: ' || n,
       '{"quote":"forty thousand","seq":3,"role":"customer","speaker":"Maya","startMs":0,"endMs":900}', id, started_at, started_at, array[id]
     from (select *, row_number() over (order by started_at desc) as n from calls where tenant_id = $1 and record_id = 'big') c where n <= 300`,
    [tenantId],
  );
}
