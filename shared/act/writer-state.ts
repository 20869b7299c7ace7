import type { ParkedWhy } from '../contracts/change.ts';
import type { FieldAsk } from '../kit/result.ts';
import { type Breaker, closed } from './breaker.ts';
import { type Bucket, newBucket, type WriteRate } from './bucket.ts';

/** A change we hold a lease on, without its words: they stay in the outbox. */
export interface DueRow {
  id: string;
  /** "deal/7001": what is written one at a time, in order. What is safe has a line of its own there, "deal/7001 new". */
  record: string;
  kind: string;
  /** Sorts as text into the order in which changes are written. */
  order: string;
  /** What it overwrites: were an older one of the same field to land last, the CRM would be wrong. Null for what only adds. */
  field: string | null;
  /** Landing twice, or late, leaves one record all the same: the CRM keeps its key unique. */
  isSafe: boolean;
  /** This lease's try included. */
  tries: number;
  /** When it became due. */
  sinceMs: number;
}

/** Changes of one record that left together, and the time by which their answer is certainly lost. */
interface Flight {
  rows: DueRow[];
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
  /** Record and field → the newest write of it that left. */
  fences: Record<string, { order: string; atMs: number }>;
  bucket: Bucket;
  /** Requests that the next write waits for; 0 when none waits for them. */
  lacks: number;
  breaker: Breaker;
  /** The CRM, or a connection that expired, asked for quiet until then. */
  pauseUntilMs: number;
}

export type Command =
  /** Together, in this order. */
  | { do: 'send'; ids: string[] }
  | { do: 'written'; id: string; crmId: string }
  | { do: 'later'; id: string; atMs: number; said: string }
  /** Not tried: the lease goes back and does not count. */
  | { do: 'put-back'; id: string; atMs: number }
  | { do: 'park'; id: string; said: string; why: ParkedWhy; asks?: readonly FieldAsk[] }
  /** Somebody else's value stands there: it is theirs to decide. */
  | { do: 'suggest'; id: string; said: string }
  | { do: 'supersede'; id: string; said: string };

/** No answer in this time is no answer. The port ends within 10 s. */
export const answerMs = 12_000;
/** A write without an answer may still land for so long; until then nothing else goes to its record, unless it is safe. */
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
  lacks: 0,
  breaker: closed,
  pauseUntilMs: 0,
});

/** After a crash or an eviction: what had left may have landed or not, what had not left goes back. */
export function revive(kept: WriterState, rate: WriteRate, clockMs: number): [WriterState, Command[]] {
  // Another release's state cannot be read: what it may have sent is given time to land, then the outbox is gone through anew.
  if (kept.lacks === undefined) return [{ ...newWriter(rate, clockMs), pauseUntilMs: clockMs + answerMs + quietMs }, []];
  const nowMs = Math.max(kept.nowMs, clockMs);
  const quiet = { ...kept.quiet };
  const told: Command[] = [];
  for (const { rows, untilMs } of kept.flights) {
    for (const { id, record, isSafe } of rows) {
      const atMs = isSafe ? nowMs : Math.max(untilMs + quietMs, nowMs);
      if (!isSafe) quiet[record] = Math.max(quiet[record] ?? 0, atMs);
      told.push({ do: 'later', id, atMs, said: 'The writing was interrupted; it is checked again.' });
    }
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
