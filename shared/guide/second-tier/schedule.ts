import type { Role } from '../../contracts/transcript.ts';
import { never } from '../../kit/must.ts';

/** When the language model is asked during a call. Plain data; every `atMs` is of one clock, call time, given by the caller. */
export interface Watch {
  /** Grows with every question; an answer of another epoch is old. */
  epoch: number;
  running: { epoch: number; turn: number; isEager: boolean; said: Words } | null;
  /** Words spoken so far, and those that an answered question had before it. */
  said: Words;
  read: Words;
  /** Each speaker's latest turn. */
  turns: Record<Role, { index: number; words: number; final: boolean } | null>;
  dueAtMs: number | null;
  /** The one that is due was brought by a pause that may not have been the turn's end. */
  isDueEager: boolean;
  triggeredAtMs: number | null;
  lastAskMs: number | null;
  /** From when on new words are unread: the last question, or the first word. */
  askedAtMs: number | null;
  quiet: boolean;
  failures: number;
  notBeforeMs: number;
}

interface Words {
  customer: number;
  all: number;
}

export type Noticed =
  /** A turn as it is understood now, `words` of it. */
  | { is: 'turn'; role: Role; turn: number; words: number; final: boolean; atMs: number }
  /** The recogniser thinks that the turn may be over, or takes that back. */
  | { is: 'pause'; how: 'eager' | 'resumed'; role: Role; turn: number; atMs: number }
  /** A rule's card came that gains from being said in this customer's words. */
  | { is: 'hit'; atMs: number }
  | { is: 'quiet'; quiet: boolean; atMs: number }
  | { is: 'tick'; atMs: number }
  /** A question is over; `busy` may say how long to stay away, `refused` will not change by itself. */
  | { is: 'done'; epoch: number; how: 'answered' | 'late' | 'busy' | 'refused'; waitMs?: number; atMs: number };

export type Order = { do: 'ask'; epoch: number } | { do: 'give-up'; epoch: number };

const WORDS_MIN = 8;
/** Whatever comes sooner after a trigger waits until it is quiet for so long. */
const DEBOUNCE_MS = 3_500;
/** New words are never left unread for longer. */
const UNREAD_MAX_MS = 20_000;
/** "Okay, sure" is no answer: the rep has begun to speak with the third word. */
const REP_WORDS_MIN = 3;
const BUSY_MS = 5_000;
const LATE_MS = 1_000;
const AWAY_MAX_MS = 120_000;
const REFUSED_MS = 300_000;

export const newWatch = (): Watch => ({
  epoch: 0,
  running: null,
  said: { customer: 0, all: 0 },
  read: { customer: 0, all: 0 },
  turns: { rep: null, customer: null, other: null },
  dueAtMs: null,
  isDueEager: false,
  triggeredAtMs: null,
  lastAskMs: null,
  askedAtMs: null,
  quiet: false,
  failures: 0,
  notBeforeMs: 0,
});

/** Something happened on the call: what is known after it, and whether to ask or to give up asking. */
export function notice(watch: Watch, seen: Noticed): [Watch, Order[]] {
  switch (seen.is) {
    case 'turn':
      return heardTurn(watch, seen);
    case 'pause':
      return seen.how === 'eager' ? eager(watch, seen) : resumed(watch, seen);
    case 'hit':
      return trigger(watch, seen.atMs, false);
    case 'quiet':
      if (seen.quiet) return giveUp({ ...watch, quiet: true, dueAtMs: null });
      // What was said meanwhile is over.
      return watch.quiet ? [{ ...watch, quiet: false, read: watch.said, askedAtMs: seen.atMs }, []] : [watch, []];
    case 'tick':
      return fire(watch, seen.atMs);
    case 'done':
      return over(watch, seen);
    default:
      return never(seen);
  }
}

/** When a `tick` would next change something; null while nothing is to be done. */
export function nextTickMs(watch: Watch): number | null {
  if (watch.quiet || watch.running) return null;
  const times = [watch.dueAtMs, unreadAtMs(watch)].filter((time) => time !== null);
  return times.length === 0 ? null : Math.max(watch.notBeforeMs, Math.min(...times));
}

function heardTurn(watch: Watch, { role, turn, words, final, atMs }: Extract<Noticed, { is: 'turn' }>): [Watch, Order[]] {
  const before = watch.turns[role];
  if (before && (turn < before.index || (turn === before.index && before.final))) return [watch, []];
  const more = words - (before?.index === turn ? before.words : 0);
  const isRep = role === 'rep';
  const now: Watch = {
    ...watch,
    turns: { ...watch.turns, [role]: { index: turn, words, final } },
    said: { customer: watch.said.customer + (isRep ? 0 : more), all: watch.said.all + more },
    askedAtMs: watch.askedAtMs ?? atMs,
  };
  if (isRep) {
    // Who answers needs no card for it any more; what was not read is read later.
    return repSpeaks(now) ? giveUp({ ...now, dueAtMs: null }) : fire(now, atMs);
  }
  const isNewer = now.running !== null && before?.index !== turn;
  const [next, orders] = isNewer ? giveUp(now) : [now, []];
  const [last, asked] = final && fresh(next) >= WORDS_MIN ? trigger(next, atMs, false) : fire(next, atMs);
  return [last, [...orders, ...asked]];
}

function eager(watch: Watch, { role, atMs }: Extract<Noticed, { is: 'pause' }>): [Watch, Order[]] {
  return role !== 'rep' && fresh(watch) >= WORDS_MIN ? trigger(watch, atMs, true) : [watch, []];
}

function resumed(watch: Watch, { role }: Extract<Noticed, { is: 'pause' }>): [Watch, Order[]] {
  if (role === 'rep') return [watch, []];
  const waiting = watch.isDueEager ? { ...watch, dueAtMs: null, isDueEager: false } : watch;
  return waiting.running?.isEager ? giveUp(waiting) : [waiting, []];
}

/** The first trigger counts at once, one that follows soon only when no other follows it. */
function trigger(watch: Watch, atMs: number, isEager: boolean): [Watch, Order[]] {
  if (watch.quiet) return [watch, []];
  const isFirst = watch.triggeredAtMs === null || atMs - watch.triggeredAtMs >= DEBOUNCE_MS;
  const dueAtMs = isFirst ? Math.max(atMs, (watch.lastAskMs ?? -Infinity) + DEBOUNCE_MS) : atMs + DEBOUNCE_MS;
  return fire({ ...watch, triggeredAtMs: atMs, dueAtMs, isDueEager: isEager }, atMs);
}

function fire(watch: Watch, atMs: number): [Watch, Order[]] {
  const { dueAtMs } = watch;
  const unreadAt = unreadAtMs(watch);
  const isDue = (dueAtMs !== null && dueAtMs <= atMs) || (unreadAt !== null && unreadAt <= atMs);
  if (!isDue || watch.running || watch.quiet || atMs < watch.notBeforeMs) return [watch, []];
  // A card would come while the rep speaks, and late.
  if (repSpeaks(watch)) return [{ ...watch, dueAtMs: null }, []];
  const epoch = watch.epoch + 1;
  const turn = Math.max(watch.turns.customer?.index ?? -1, watch.turns.other?.index ?? -1);
  const running = { epoch, turn, isEager: dueAtMs !== null && watch.isDueEager, said: watch.said };
  return [{ ...watch, epoch, running, dueAtMs: null, isDueEager: false, askedAtMs: atMs, lastAskMs: atMs }, [{ do: 'ask', epoch }]];
}

/** What it had read counts as unread again: nobody saw an answer. */
function giveUp(watch: Watch): [Watch, Order[]] {
  return watch.running ? [{ ...watch, running: null }, [{ do: 'give-up', epoch: watch.running.epoch }]] : [watch, []];
}

function over(watch: Watch, { epoch, how, waitMs = 0, atMs }: Extract<Noticed, { is: 'done' }>): [Watch, Order[]] {
  if (watch.running?.epoch !== epoch) return [watch, []];
  const failures = how === 'answered' ? 0 : watch.failures + 1;
  const grown = (ms: number) => Math.min(AWAY_MAX_MS, ms * 2 ** (failures - 1));
  const away = { answered: 0, late: grown(LATE_MS), busy: Math.max(waitMs, grown(BUSY_MS)), refused: Math.max(waitMs, REFUSED_MS) }[how];
  // Asked late, the same words would bring a late card: they count as read whatever became of it.
  const next = { ...watch, running: null, read: watch.running.said, failures, notBeforeMs: away === 0 ? 0 : atMs + away };
  return fire(next, atMs);
}

const fresh = ({ said, read, running }: Watch): number => said.customer - (running?.said ?? read).customer;

const unreadAtMs = ({ askedAtMs, said, read }: Watch): number | null =>
  askedAtMs !== null && said.all - read.all >= WORDS_MIN ? askedAtMs + UNREAD_MAX_MS : null;

const repSpeaks = ({ turns: { rep } }: Watch): boolean => rep !== null && !rep.final && rep.words >= REP_WORDS_MIN;
