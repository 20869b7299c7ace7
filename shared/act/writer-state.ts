import { type Breaker, closed } from './breaker.ts';
import { type Bucket, newBucket, type WriteRate } from './bucket.ts';

/** A change we hold a lease on, without its words: they stay in the outbox. */
export interface DueRow {
  id: string;
  /** "deal/7001": what is written one at a time, in order. All changes of a call are on one record. */
  record: string;
  /** Sorts as text into the order in which changes are written. */
  order: string;
  /** A later one undoes it: were an older one to land last, the CRM would be wrong. */
  replaces: boolean;
  /** This lease's try included. */
  tries: number;
  /** When it became due. */
  sinceMs: number;
}

/** A write that left, and the time by which its answer is certainly lost. */
interface Flight {
  row: DueRow;
  untilMs: number;
}

/** One connection's writer, whole: it is stored before any write leaves. */
export interface WriterState {
  /** Never goes back, whatever the machine's clock does. */
  nowMs: number;
  /** When the last write left; 0 for never. */
  leftMs: number;
  queue: DueRow[];
  flights: Flight[];
  /** Record → no write to it until then: one may still land. */
  quiet: Record<string, number>;
  /** Record → the newest write that left and replaces what was there. */
  fences: Record<string, { order: string; atMs: number }>;
  bucket: Bucket;
  breaker: Breaker;
  /** The CRM, or a connection that expired, asked for quiet until then. */
  pauseUntilMs: number;
}

export type Command =
  | { do: 'send'; id: string }
  | { do: 'written'; id: string; crmId: string }
  | { do: 'later'; id: string; atMs: number; said: string }
  /** Not tried: the lease goes back and does not count. */
  | { do: 'put-back'; id: string; atMs: number }
  | { do: 'park'; id: string; said: string }
  | { do: 'supersede'; id: string; said: string };

/** No answer in this time is no answer. The port ends within 10 s. */
export const answerMs = 12_000;
/** A write without an answer may still land for so long. */
export const quietMs = 35_000;
const fencesMax = 256;

export const newWriter = (rate: WriteRate, nowMs: number): WriterState => ({
  nowMs,
  leftMs: 0,
  queue: [],
  flights: [],
  quiet: {},
  fences: {},
  bucket: newBucket(rate, 0, nowMs),
  breaker: closed,
  pauseUntilMs: 0,
});

/** After a crash or an eviction: what had left may have landed or not, what had not left goes back. */
export function revive(kept: WriterState, rate: WriteRate, clockMs: number): [WriterState, Command[]] {
  const nowMs = Math.max(kept.nowMs, clockMs);
  const quiet = { ...kept.quiet };
  const told: Command[] = [];
  for (const { row, untilMs } of kept.flights) {
    const atMs = Math.max(untilMs + quietMs, nowMs);
    quiet[row.record] = Math.max(quiet[row.record] ?? 0, atMs);
    told.push({ do: 'later', id: row.id, atMs, said: 'The writing was interrupted; it is checked again.' });
  }
  // What comes after an interrupted one waits for it in the outbox.
  for (const { id } of kept.queue) told.push({ do: 'put-back', id, atMs: nowMs });
  return [{ ...kept, nowMs, queue: [], flights: [], quiet, bucket: newBucket(rate, kept.leftMs, nowMs) }, told];
}

/** Without what has passed. The newest fences stay; behind them the CRM is asked where the deal stands before it is moved. */
export function tidy(state: WriterState): WriterState {
  const quiet = Object.fromEntries(Object.entries(state.quiet).filter(([, untilMs]) => untilMs > state.nowMs));
  const fences = Object.entries(state.fences);
  if (fences.length <= fencesMax) return { ...state, quiet };
  const newest = fences.sort(([, a], [, b]) => b.atMs - a.atMs).slice(0, fencesMax);
  return { ...state, quiet, fences: Object.fromEntries(newest) };
}
