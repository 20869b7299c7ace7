import { never } from '../kit/must.ts';
import { type Fault, passes } from '../kit/result.ts';
import { answered, isOpen, isProbing, stumbled } from './breaker.ts';
import { hasToken, nextTokenMs, refill, takeToken, type WriteRate } from './bucket.ts';
import { afterFault } from './retry.ts';
import { answerMs, type Command, type DueRow, quietMs, tidy, type WriterState } from './writer-state.ts';

export type WriterEvent =
  | { type: 'due'; rows: readonly DueRow[] }
  | { type: 'answer'; id: string; outcome: Outcome; luck: number }
  /** `luck` as for an answer: a write that never got one is settled by the clock. */
  | { type: 'tick'; luck: number };

export type Outcome = { ok: true; crmId: string } | { ok: false; fault: Fault };

const parallelMax = 5;
/** A row that must wait longer than this waits in the outbox, where everybody sees it. */
const holdMs = 5_000;
const expiredMs = 30_000;

/**
 * One thing happened to the writer of a connection: its state after that, and what to do, in order. Before any `send` is carried out
 * the state must be stored. Anything may come twice.
 */
export function decide(state: WriterState, event: WriterEvent, clockMs: number, rate: WriteRate): [WriterState, Command[]] {
  const nowMs = Math.max(state.nowMs, clockMs);
  const now = tidy({ ...state, nowMs, bucket: refill(state.bucket, rate, nowMs) });
  switch (event.type) {
    case 'due':
      return pump(enqueue(now, event.rows), []);
    case 'answer':
      return settle(now, event);
    case 'tick':
      return expire(now, event.luck);
    default:
      return never(event);
  }
}

/** When something may change by itself; null when only an answer or new rows can. */
export function wakeMs({ nowMs, queue, flights, quiet, bucket, breaker, pauseUntilMs }: WriterState, rate: WriteRate): number | null {
  const times = flights.map(({ untilMs }) => untilMs);
  if (queue.length > 0) {
    times.push(...queue.map(({ record }) => quiet[record] ?? 0), pauseUntilMs, breaker.untilMs);
    if (!hasToken(bucket)) times.push(nextTokenMs(bucket, rate));
  }
  const ahead = times.filter((ms) => ms > nowMs);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

/** Until when nothing at all may leave; the past when something may. */
export const restsUntilMs = ({ pauseUntilMs, breaker }: WriterState): number => Math.max(pauseUntilMs, breaker.untilMs);

function enqueue(state: WriterState, rows: readonly DueRow[]): WriterState {
  const known = new Set([...state.queue, ...state.flights.map(({ row }) => row)].map(({ id }) => id));
  const queue = [...state.queue];
  for (const row of rows) {
    if (known.has(row.id)) continue;
    known.add(row.id);
    queue.push(row);
  }
  queue.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  return { ...state, queue };
}

function settle(state: WriterState, { id, outcome, luck }: Extract<WriterEvent, { type: 'answer' }>): [WriterState, Command[]] {
  const flight = state.flights.find(({ row }) => row.id === id);
  // It was given up already; that it is written after all is still good to know.
  if (!flight) return pump(state, outcome.ok ? [{ do: 'written', id, crmId: outcome.crmId }] : []);
  const landed = { ...state, flights: state.flights.filter((other) => other !== flight) };
  if (!outcome.ok) return pump(...fail(landed, flight.row, outcome.fault, luck));
  return pump({ ...landed, breaker: answered(landed.breaker, landed.nowMs) }, [{ do: 'written', id, crmId: outcome.crmId }]);
}

function expire(state: WriterState, luck: number): [WriterState, Command[]] {
  let next: WriterState = { ...state, flights: state.flights.filter(({ untilMs }) => untilMs > state.nowMs) };
  const told: Command[] = [];
  for (const { row, untilMs } of state.flights) {
    if (untilMs > state.nowMs) continue;
    const [failed, commands] = fail(next, row, { kind: 'broken', said: 'The CRM did not answer in time.', ambiguous: true }, luck);
    next = failed;
    told.push(...commands);
  }
  return pump(next, told);
}

/** `row` did not make it, and is in flight no more. */
function fail(state: WriterState, row: DueRow, fault: Fault, luck: number): [WriterState, Command[]] {
  const { nowMs } = state;
  const isUnsure = fault.ambiguous === true;
  const clearMs = isUnsure ? nowMs + quietMs : nowMs;
  const quiet = isUnsure ? { ...state.quiet, [row.record]: clearMs } : state.quiet;

  if (fault.kind === 'expired') {
    // Not the change's fault, however long it takes to connect again.
    const atMs = nowMs + expiredMs;
    const waiting = { ...state, quiet, pauseUntilMs: Math.max(state.pauseUntilMs, atMs) };
    return putBack(waiting, null, atMs, [{ do: 'put-back', id: row.id, atMs: Math.max(atMs, clearMs) }]);
  }
  const isStumble = isUnsure || passes(fault);
  const breaker = isStumble ? stumbled(state.breaker, nowMs) : answered(state.breaker, nowMs);
  const isAskedToWait = fault.kind === 'busy' && fault.retryAfterMs !== undefined;
  const pauseUntilMs = isAskedToWait ? Math.max(state.pauseUntilMs, nowMs + (fault.retryAfterMs ?? 0)) : state.pauseUntilMs;
  const next = { ...state, quiet, breaker, pauseUntilMs };

  const verdict = afterFault(fault, row, nowMs, luck);
  if (verdict.do === 'park') return [next, [{ ...verdict, id: row.id }]];
  const atMs = Math.max(verdict.atMs, clearMs);
  const later: Command = { ...verdict, id: row.id, atMs };
  // What comes after it waits with it: order is part of the promise.
  return putBack(next, row.record, atMs, [later]);
}

/** Sends whatever may leave now, in order, and hands back what would wait here too long, with all that comes after it. */
function pump(state: WriterState, told: Command[]): [WriterState, Command[]] {
  let next: WriterState = { ...state, queue: [] };
  const commands = [...told];
  // A record whose earlier change is on its way, waits here, or was handed back until then.
  const busy = new Set(state.flights.map(({ row }) => row.record));
  const away = new Map<string, number>();
  for (const row of state.queue) {
    const isFree = !busy.has(row.record);
    if (isFree && isFenced(next, row)) {
      commands.push({ do: 'supersede', id: row.id, said: 'A newer change of the same record was sent before it.' });
      continue;
    }
    busy.add(row.record);
    const freeMs = Math.max(restsUntilMs(next), next.quiet[row.record] ?? 0);
    const backMs = freeMs > next.nowMs + holdMs ? freeMs : away.get(row.record);
    if (backMs !== undefined) {
      away.set(row.record, backMs);
      commands.push({ do: 'put-back', id: row.id, atMs: backMs });
    } else if (isFree && freeMs <= next.nowMs && mayLeave(next)) {
      next = leave(next, row);
      commands.push({ do: 'send', id: row.id });
    } else {
      next.queue.push(row);
    }
  }
  return [next, commands];
}

function isFenced({ fences }: WriterState, { record, order, replaces }: DueRow): boolean {
  const fence = fences[record];
  return replaces && fence !== undefined && order < fence.order;
}

function mayLeave({ flights, bucket, breaker, nowMs }: WriterState): boolean {
  if (isOpen(breaker, nowMs)) return false;
  return hasToken(bucket) && flights.length < (isProbing(breaker, nowMs) ? 1 : parallelMax);
}

function leave(state: WriterState, row: DueRow): WriterState {
  const { nowMs } = state;
  return {
    ...state,
    leftMs: nowMs,
    bucket: takeToken(state.bucket),
    flights: [...state.flights, { row, untilMs: nowMs + answerMs }],
    fences: row.replaces ? { ...state.fences, [row.record]: { order: row.order, atMs: nowMs } } : state.fences,
  };
}

/** Hands the queue back, or what of it is on one record. */
function putBack(state: WriterState, record: string | null, atMs: number, told: Command[]): [WriterState, Command[]] {
  const goes = (row: DueRow) => record === null || row.record === record;
  const back = state.queue.filter(goes).map(({ id }): Command => ({ do: 'put-back', id, atMs }));
  return [{ ...state, queue: state.queue.filter((row) => !goes(row)) }, [...told, ...back]];
}
