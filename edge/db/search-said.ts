import { sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { type Role, role } from '../../shared/contracts/transcript.ts';
import type { Signs } from '../../shared/remember/search/signs.ts';
import { asked, type CallFilter, openTo, type SeenCall, seenColumns, seenOf, seenRow, type Viewer } from './call-filter.ts';
import type { Db } from './client.ts';

export interface SaidAsk extends CallFilter {
  viewer: Viewer;
  /** Numbers of the words, each once. */
  words: readonly number[];
  meaning?: { maker: string; signs: Signs };
}

/** A turn that may be meant. */
export interface SaidRow {
  call: SeenCall;
  seq: number;
  role: Role;
  speaker: string;
  text: string;
  startMs: number;
  endMs: number;
  /** 0..1: how much of the weight of the words it holds. */
  weight: number;
  /** 0..1: the share of equal signs; null where they cannot be compared. */
  alike: number | null;
}

/** Of a common word its newest calls are looked at. */
const CALLS_A_WORD = 500;
const CALLS_OF_RECORD = 2_000;
/** Whose turns are compared one by one: a customer's calls, or the newest of all. */
const COMPARED_OF_RECORD = 300;
const COMPARED_OF_ALL = 60;
const LINES_MAX = 200;
const ANSWERS_MAX = 100;
/** How many calls a word is thought to be spread over: a rare word weighs about twice a common one. */
const SPREAD = 1_000_000;

const row = z.extend(seenRow, {
  seq: z.int(),
  role,
  speaker: z.string(),
  text: z.string(),
  start_ms: z.number(),
  end_ms: z.number(),
  weight: z.number(),
  alike: z.nullable(z.number()),
});

/** Turns that hold the words, or are said alike; as the database finds them, not yet as the asker may see them. One round trip. */
export async function searchSaid(db: Db, tenantId: string, ask: SaidAsk): Promise<SaidRow[]> {
  const words = sql`unnest(${`{${ask.words.join(',')}}`}::int[])`;
  const filter = asked(ask);
  const isNarrow = ask.repId !== undefined || ask.from !== undefined || ask.to !== undefined;
  const compared = ask.meaning ? sql`1 - bit_count(m.signs # ${ask.meaning.signs}::bit(256))::float8 / 256` : sql`null::float8`;
  const maker = ask.meaning?.maker ?? '';
  const shown = sql`${seenColumns}, u.seq, u.role, u.speaker, u.text, u.start_ms, u.end_ms`;

  const hits = ask.record
    ? sql`select a.word, w.call_id, w.at, w.seqs
        from (select c.id from calls c where ${filter} order by c.started_at desc limit ${CALLS_OF_RECORD}) c
        join said_words w on w.call_id = c.id and w.word in (select word from asked) join asked a on a.word = w.word`
    : sql`select a.word, h.call_id, h.at, h.seqs from asked a cross join lateral (
        select w.call_id, w.at, w.seqs from said_words w ${isNarrow ? sql`join calls c on c.id = w.call_id and ${filter}` : sql``}
        where w.word = a.word order by w.at desc limit ${CALLS_A_WORD}) h`;
  const [held, alike] = await db.read(tenantId, (q) => [
    q.execute(sql`
      with asked as (select ${words} as word),
      hits as materialized (${hits}),
      weights as (select a.word, ln(1 + ${SPREAD} / greatest(count(h.call_id), 0.5))::float8 as weight
        from asked a left join hits h on h.word = a.word group by a.word),
      lines as materialized (select h.call_id, h.at, s.seq, sum(w.weight) / (select sum(weight) from weights) as weight
        from hits h join weights w on w.word = h.word cross join lateral unnest(h.seqs) as s(seq)
        group by h.call_id, h.at, s.seq order by weight desc, h.at desc limit ${LINES_MAX})
      select ${shown}, l.weight, ${compared} as alike
      from lines l join calls c on c.id = l.call_id join utterances u on u.call_id = l.call_id and u.seq = l.seq
      left join said_meanings m on m.call_id = l.call_id and m.seq = l.seq and m.maker = ${maker}
      where c.erased_at is null and ${openTo(ask.viewer)}
      order by l.weight desc, l.at desc limit ${ANSWERS_MAX}`),
    q.execute(
      ask.meaning
        ? sql`
      with near as materialized (select m.call_id, m.seq, ${compared} as alike
        from (select c.id from calls c where ${filter} and ${openTo(ask.viewer)} order by c.started_at desc
          limit ${ask.record ? COMPARED_OF_RECORD : COMPARED_OF_ALL}) c
        join said_meanings m on m.call_id = c.id where m.maker = ${maker} order by alike desc limit ${ANSWERS_MAX / 4})
      select ${shown}, 0::float8 as weight, n.alike
      from near n join calls c on c.id = n.call_id join utterances u on u.call_id = n.call_id and u.seq = n.seq`
        : sql`select 1 where false`,
    ),
  ]);
  const rows = z.array(row).parse([...held.rows, ...alike.rows]);
  // Of a turn that both found the first knows its words.
  const first = new Map<string, SaidRow>();
  for (const one of rows) {
    const key = `${one.call_id} ${one.seq}`;
    if (!first.has(key)) first.set(key, saidOf(one));
  }
  return [...first.values()];
}

const saidOf = (one: z.infer<typeof row>): SaidRow => ({
  call: seenOf(one),
  seq: one.seq,
  role: one.role,
  speaker: one.speaker,
  text: one.text,
  startMs: one.start_ms,
  endMs: one.end_ms,
  weight: one.weight,
  alike: one.alike,
});
