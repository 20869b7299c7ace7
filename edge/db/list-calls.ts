import { sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { missedWhy } from '../../shared/contracts/capture.ts';
import type { RiskCode } from '../../shared/contracts/risk.ts';
import { callBrief } from '../../shared/contracts/view.ts';
import { asked, type CallFilter, openTo, type SeenCall, seenColumns, seenOf, seenRow, type Viewer } from './call-filter.ts';
import type { Db } from './client.ts';

export interface ListAsk extends CallFilter {
  viewer: Viewer;
  /** The record has this risk now. */
  risk?: RiskCode;
  /** Numbers of words: all of them were said. */
  words: readonly number[];
  /** The last call of the page before. */
  after?: string;
  limit: number;
}

export interface ListedCall extends SeenCall {
  status: z.infer<typeof callBrief>['status'];
  source: z.infer<typeof callBrief>['source'];
  durationMs: number;
  trouble: string | null;
  missed: z.infer<typeof missedWhy> | null;
}

const row = z.extend(seenRow, {
  status: callBrief.shape.status,
  source: callBrief.shape.source,
  duration_ms: z.nullable(z.number()),
  trouble: z.nullable(z.string()),
  missed: z.nullable(missedWhy),
});

/** Counted no further: what is said in more calls than this is common. */
const COMMON = 1_000;

/** Calls, newest first. One round trip; it reads as far as the page needs, however many calls there are. */
export async function listCalls(db: Db, tenantId: string, ask: ListAsk): Promise<ListedCall[]> {
  const all = [asked(ask), openTo(ask.viewer)];
  const before = ask.after === undefined ? undefined : sql`(select b.started_at from calls b where b.id = ${ask.after}::uuid)`;
  if (before && ask.after !== undefined) all.push(sql`(c.started_at, c.id) < (${before}, ${ask.after}::uuid)`);
  if (ask.risk)
    all.push(sql`(c.record_object, c.record_id) in (select r.record_object, r.record_id from risks r
      where r.code = ${ask.risk} and r.state in ('proposed', 'confirmed'))`);
  const where = sql.join(all, sql` and `);
  const shown = sql`${seenColumns}, c.status, c.source, c.duration_ms, c.trouble, c.missed`;
  const [found] = await db.read(tenantId, (q) => [
    q.execute(
      ask.words.length === 0
        ? sql`select ${shown} from calls c where ${where} order by c.started_at desc, c.id desc limit ${ask.limit}`
        : sql`
      with words as (select unnest(${`{${ask.words.join(',')}}`}::int[]) as word),
      rare as (select w.word from words w
        order by (select count(*) from (select from said_words s where s.word = w.word limit ${COMMON}) counted), w.word limit 1)
      select ${shown} from said_words s join calls c on c.id = s.call_id
      where s.word = (select word from rare) ${before ? sql`and s.at <= ${before}` : sql``} and ${where}
        and not exists (select from words w where not exists (select from said_words o where o.call_id = s.call_id and o.word = w.word))
      order by s.at desc, c.id desc limit ${ask.limit}`,
    ),
  ]);
  return z
    .array(row)
    .parse(found.rows)
    .map((one) => ({
      ...seenOf(one),
      status: one.status,
      source: one.source,
      durationMs: one.duration_ms ?? 0,
      trouble: one.trouble,
      missed: one.missed,
    }));
}
