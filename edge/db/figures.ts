import { sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Figures } from '../../shared/act/slo.ts';
import type { Db } from './client.ts';

// The driver gives bigint as text, so that no digit is lost.
const count = z.coerce.number();
const seconds = z.nullable(z.number());
const row = z.object({
  due: count,
  due_oldest_s: seconds,
  outbox_p99_s: seconds,
  held: count,
  held_oldest_s: seconds,
  lags: count,
  lag_p50_s: seconds,
  lag_p95_s: seconds,
  lag_max_s: seconds,
  tries: count,
  failed_tries: count,
  parked: z.record(z.string(), z.number()),
  parked_in_all: count,
  calls_open: count,
  calls_oldest_s: seconds,
  inbox_open: count,
  inbox_oldest_s: seconds,
  needs_reconnect: count,
  letters_aside: count,
});

/** How the product does for all tenants together: counts and ages, nobody's name. `tookMs` is for the whole trip. */
export async function readFigures(db: Db, now: () => number): Promise<Figures> {
  const startedMs = now();
  const at = new Date(startedMs).toISOString();
  const [found] = await db.system((q) => [q.execute(sql`select * from watch_figures(${at}::timestamptz)`)]);
  const tookMs = now() - startedMs;
  const read = row.parse(found.rows[0]);
  const ms = (value: number | null) => (value === null ? null : Math.round(value * 1_000));
  return {
    tookMs,
    due: { count: read.due, oldestMs: ms(read.due_oldest_s), p99Ms: ms(read.outbox_p99_s) },
    held: { count: read.held, oldestMs: ms(read.held_oldest_s) },
    lag: { count: read.lags, p50Ms: ms(read.lag_p50_s), p95Ms: ms(read.lag_p95_s), maxMs: ms(read.lag_max_s) },
    tries: { count: read.tries, failed: read.failed_tries },
    parked: { lastHour: read.parked, inAll: read.parked_in_all },
    calls: { count: read.calls_open, oldestMs: ms(read.calls_oldest_s) },
    inbox: { count: read.inbox_open, oldestMs: ms(read.inbox_oldest_s) },
    needsReconnect: read.needs_reconnect,
    lettersAside: read.letters_aside,
  };
}

const masterRow = z.object({ kek_kid: z.string() });

/** The names of the master keys without which some tenant's secrets would stay shut. */
export async function mastersInUse(db: Db): Promise<string[]> {
  const [found] = await db.system((q) => [q.execute(sql`select kek_kid from masters_in_use()`)]);
  return z
    .array(masterRow)
    .parse(found.rows)
    .map(({ kek_kid }) => kek_kid);
}
