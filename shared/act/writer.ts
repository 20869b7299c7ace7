import { never } from '../kit/must.ts';
import type { Fault } from '../kit/result.ts';
import { answered, isOpen, isProbing, stumbled } from './breaker.ts';
import { hasTokens, refill, takeTokens, tokensAtMs, type WriteRate } from './bucket.ts';
import { bundleFrom, requestsOf } from './bundle.ts';
import { afterFault } from './retry.ts';
import { answerMs, type Command, type DueRow, quietMs, tidy, type WriterState } from './writer-state.ts';

export type WriterEvent =
  | { type: 'due'; rows: readonly DueRow[] }
  /** What became of the changes of one send. */
  | { type: 'answer'; outcomes: readonly { id: string; outcome: Outcome }[]; luck: number }
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
      return pump(enqueue(now, event.rows), [], rate);
    case 'answer':
      return settle(now, event, rate);
    case 'tick':
      return expire(now, event.luck, rate);
    default:
      return never(event);
  }
}

/** When something may change by itself; null when only an answer or new rows can. */
export function wakeMs(state: WriterState, rate: WriteRate): number | null {
  const { nowMs, queue, flights, quiet, bucket, lacks, breaker, pauseUntilMs } = state;
  const times = flights.map(({ untilMs }) => untilMs);
  if (queue.length > 0) {
    times.push(...queue.map(({ record }) => quiet[record] ?? 0), pauseUntilMs, breaker.untilMs);
    if (lacks > 0) times.push(tokensAtMs(bucket, rate, lacks));
  }
  const ahead = times.filter((ms) => ms > nowMs);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

/** Takes the tokens of `requests` that somebody else makes for this connection: 0 when they may leave now, or the wait in ms. */
export function reserve(state: WriterState, requests: number, clockMs: number, rate: WriteRate): [WriterState, number] {
  const nowMs = Math.max(state.nowMs, clockMs);
  const bucket = refill(state.bucket, rate, nowMs);
  // A write that waits for its tokens comes first.
  const waitMs = Math.max(tokensAtMs(bucket, rate, requests + state.lacks), state.pauseUntilMs) - nowMs;
  if (waitMs > 0) return [{ ...state, nowMs, bucket }, waitMs];
  return [{ ...state, nowMs, leftMs: nowMs, bucket: takeTokens(bucket, requests) }, 0];
}

/** Until when nothing at all may leave; the past when something may. */
export const restsUntilMs = ({ pauseUntilMs, breaker }: WriterState): number => Math.max(pauseUntilMs, breaker.untilMs);

function enqueue(state: WriterState, rows: readonly DueRow[]): WriterState {
  const known = new Set([...state.queue, ...state.flights.flatMap(({ rows: away }) => away)].map(({ id }) => id));
  const queue = [...state.queue];
  for (const row of rows) {
    if (known.has(row.id)) continue;
    known.add(row.id);
    queue.push(row);
  }
  queue.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  return { ...state, queue };
}

function settle(
  state: WriterState,
  { outcomes, luck }: Extract<WriterEvent, { type: 'answer' }>,
  rate: WriteRate,
): [WriterState, Command[]] {
  const known = new Map(outcomes.map(({ id, outcome }) => [id, outcome]));
  const flight = state.flights.find(({ rows }) => rows.some(({ id }) => known.has(id)));
  // It was given up already; that it is written after all is still good to know.
  const late = outcomes.flatMap(({ id, outcome }): Command[] =>
    outcome.ok && !flight?.rows.some((row) => row.id === id) ? [{ do: 'written', id, crmId: outcome.crmId }] : [],
  );
  if (!flight) return pump(state, late, rate);
  return pump(...land(state, flight, (row) => known.get(row.id) ?? unanswered, luck, late), rate);
}

const unanswered: Outcome = { ok: false, fault: { kind: 'broken', said: 'The CRM did not answer in time.', ambiguous: true } };

function expire(state: WriterState, luck: number, rate: WriteRate): [WriterState, Command[]] {
  let next = state;
  const told: Command[] = [];
  for (const flight of state.flights.filter(({ untilMs }) => untilMs <= state.nowMs)) {
    const [landed, commands] = land(next, flight, () => unanswered, luck, []);
    next = landed;
    told.push(...commands);
  }
  return pump(next, told, rate);
}

/** A send is over: what is written is noted, what is not goes on as its fault says. The send counts once for the breaker. */
function land(
  state: WriterState,
  flight: WriterState['flights'][number],
  outcomeOf: (row: DueRow) => Outcome,
  luck: number,
  before: Command[],
): [WriterState, Command[]] {
  let next: WriterState = { ...state, flights: state.flights.filter((other) => other !== flight) };
  const told = [...before];
  const outcomes = flight.rows.map((row) => ({ row, outcome: outcomeOf(row) }));
  // One part that got through shows that the CRM is there.
  const isAnswer = outcomes.some(({ outcome }) => outcome.ok || (outcome.fault.kind !== 'expired' && !isOutage(outcome.fault)));
  const isStumble = !isAnswer && outcomes.some(({ outcome }) => !outcome.ok && isOutage(outcome.fault));
  if (isAnswer) next = { ...next, breaker: answered(next.breaker, next.nowMs) };
  else if (isStumble) next = { ...next, breaker: stumbled(next.breaker, next.nowMs) };
  for (const { row, outcome } of outcomes) {
    if (outcome.ok) {
      told.push({ do: 'written', id: row.id, crmId: outcome.crmId });
      continue;
    }
    const [failed, commands] = fail(next, row, outcome.fault, luck);
    next = failed;
    told.push(...commands);
  }
  return [next, told];
}

/** A CRM that says “not now” is there; one that breaks or says nothing may not be. */
const isOutage = (fault: Fault): boolean => fault.ambiguous === true || fault.kind === 'broken';

/** `row` did not make it, and is in flight no more. */
function fail(state: WriterState, row: DueRow, fault: Fault, luck: number): [WriterState, Command[]] {
  const { nowMs } = state;
  const isUnsure = fault.ambiguous === true && !row.isSafe;
  const clearMs = isUnsure ? nowMs + quietMs : nowMs;
  const quiet = isUnsure ? { ...state.quiet, [row.record]: clearMs } : state.quiet;

  if (fault.kind === 'expired') {
    // Not the change's fault, however long it takes to connect again.
    const atMs = nowMs + expiredMs;
    const waiting = { ...state, quiet, pauseUntilMs: Math.max(state.pauseUntilMs, atMs) };
    return putBack(waiting, null, atMs, [{ do: 'put-back', id: row.id, atMs: Math.max(atMs, clearMs) }]);
  }
  const isAskedToWait = fault.kind === 'busy' && fault.retryAfterMs !== undefined;
  const pauseUntilMs = isAskedToWait ? Math.max(state.pauseUntilMs, nowMs + (fault.retryAfterMs ?? 0)) : state.pauseUntilMs;
  const next = { ...state, quiet, pauseUntilMs };

  const verdict = afterFault(fault, row, nowMs, luck);
  if (verdict.do !== 'later') return [next, [{ ...verdict, id: row.id }]];
  const atMs = Math.max(verdict.atMs, clearMs);
  const later: Command = { ...verdict, id: row.id, atMs };
  // What comes after it waits with it: order is part of the promise.
  return putBack(next, row.record, atMs, [later]);
}

/**
 * Sends whatever may leave now, in order, and hands back what would wait here too long, with all that comes after it. Changes of one
 * record that stand behind each other and do not undo each other leave together.
 */
function pump(state: WriterState, told: Command[], rate: WriteRate): [WriterState, Command[]] {
  let next: WriterState = { ...state, queue: [], lacks: 0 };
  const commands = [...told];
  // A record whose earlier change is on its way, waits here, or was handed back until then.
  const busy = new Set(state.flights.flatMap(({ rows }) => rows.map(({ record }) => record)));
  const away = new Map<string, number>();
  const queue = [...state.queue];
  for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
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
      continue;
    }
    const bundle = isFree && freeMs <= next.nowMs && mayLeave(next) ? bundleFrom(row, queue, (one) => isFenced(next, one)) : [];
    const requests = requestsOf(bundle, rate);
    if (bundle.length > 0 && next.lacks === 0 && hasTokens(next.bucket, Math.min(requests, rate.burst))) {
      for (const one of bundle.slice(1)) queue.splice(queue.indexOf(one), 1);
      next = leave(next, bundle, requests);
      commands.push({ do: 'send', ids: bundle.map(({ id }) => id) });
    } else {
      // Whoever comes first is served first: a small one does not drink what a large one waits for.
      if (bundle.length > 0 && next.lacks === 0) next.lacks = requests;
      next.queue.push(row);
    }
  }
  return [next, commands];
}

function isFenced({ fences }: WriterState, row: DueRow): boolean {
  const fence = row.field === null ? undefined : fences[fenceOf(row)];
  return fence !== undefined && row.order < fence.order;
}

const fenceOf = ({ record, field }: DueRow): string => `${record}/${field}`;

function mayLeave({ flights, breaker, nowMs }: WriterState): boolean {
  if (isOpen(breaker, nowMs)) return false;
  return flights.length < (isProbing(breaker, nowMs) ? 1 : parallelMax);
}

function leave(state: WriterState, rows: DueRow[], requests: number): WriterState {
  const { nowMs } = state;
  const fences = { ...state.fences };
  for (const row of rows) if (row.field !== null) fences[fenceOf(row)] = { order: row.order, atMs: nowMs };
  return {
    ...state,
    leftMs: nowMs,
    bucket: takeTokens(state.bucket, requests),
    flights: [...state.flights, { rows, untilMs: nowMs + answerMs }],
    fences,
  };
}

/** Hands the queue back, or what of it is on one record. */
function putBack(state: WriterState, record: string | null, atMs: number, told: Command[]): [WriterState, Command[]] {
  const goes = (row: DueRow) => record === null || row.record === record;
  const back = state.queue.filter(goes).map(({ id }): Command => ({ do: 'put-back', id, atMs }));
  return [{ ...state, queue: state.queue.filter((row) => !goes(row)) }, [...told, ...back]];
}
