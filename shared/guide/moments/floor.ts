import type { Role, Word } from '../../contracts/transcript.ts';
import { isBackChannel } from '../../understand/metrics/speech.ts';
import type { LiveTurn } from '../session.ts';
import type { MomentState } from './state.ts';

/** A pause after which whoever goes on begins anew. */
const PAUSE_MS = 5_000;
const WITHIN_MS = 300_000;
const PACE_MS = 30_000;
/** A gap between two words that still is speaking. */
const BREATH_MS = 1_000;
/** With less speech than this, words a minute say nothing. */
const SPEECH_MIN_MS = 15_000;
/** The customer had at least this much to go on, and both were heard at once for at least that long. */
const TO_GO_MS = 1_000;
const BOTH_MS = 300;

type Said = { role: Role; turn: number; words: readonly Word[]; final: boolean };

/** What one hearing of a turn says about who has the floor, who cut in, and how fast the rep speaks. */
export function hearFloor(state: MomentState, said: Said, turns: Record<Role, LiveTurn | null>): MomentState {
  const { role, words } = said;
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last || role === 'other') return state;
  return {
    ...state,
    floor: isBackChannel(wordsOf(words)) ? state.floor : takeFloor(state.floor, role, first.startMs, last.endMs),
    ...cutIn(state, turns),
    repWordsMs:
      role === 'rep' && said.final ? recent([...state.repWordsMs, ...words.map(({ startMs }) => startMs)], last.endMs) : state.repWordsMs,
  };
}

function takeFloor(floor: MomentState['floor'], role: Role, fromMs: number, toMs: number): MomentState['floor'] {
  if (floor?.role !== role || fromMs - floor.toMs > PAUSE_MS) return { role, sinceMs: fromMs, toMs };
  return { ...floor, toMs: Math.max(floor.toMs, toMs) };
}

/** The rep began while the customer had a second or more to go; once a turn. As the metrics after the call count it. */
function cutIn(
  state: MomentState,
  { rep, customer }: Record<Role, LiveTurn | null>,
): Pick<MomentState, 'interruptedAtMs' | 'interruptedTurn'> {
  const { interruptedAtMs, interruptedTurn } = state;
  const isOne =
    rep &&
    customer &&
    rep.index > interruptedTurn &&
    customer.startMs < rep.startMs &&
    customer.endMs - rep.startMs >= TO_GO_MS &&
    Math.min(rep.endMs, customer.endMs) - rep.startMs >= BOTH_MS &&
    !isBackChannel(rep.text) &&
    !isBackChannel(customer.text);
  if (!isOne) return { interruptedAtMs, interruptedTurn };
  const within = interruptedAtMs.filter((atMs) => rep.startMs - atMs <= WITHIN_MS);
  return { interruptedAtMs: [...within, rep.startMs], interruptedTurn: rep.index };
}

export const interruptionsNow = ({ interruptedAtMs }: MomentState, nowMs: number): number =>
  interruptedAtMs.filter((atMs) => nowMs - atMs <= WITHIN_MS).length;

/** How long the rep has had the floor; 0 while somebody else has it or nobody speaks any more. */
export const monologueMs = ({ floor }: MomentState, nowMs: number): number =>
  floor?.role === 'rep' && nowMs - floor.toMs <= PAUSE_MS ? floor.toMs - floor.sinceMs : 0;

/** The rep's words a minute over their last thirty seconds, the turn that still runs counted; null where they said too little. */
export function paceNow({ repWordsMs }: MomentState, running: readonly Word[]): number | null {
  const all = [...repWordsMs, ...running.map(({ startMs }) => startMs)].sort((a, b) => a - b);
  const starts = recent(all, all.at(-1) ?? 0);
  const spokenMs = starts.reduce((sum, atMs, i) => sum + Math.min(BREATH_MS, (starts[i + 1] ?? atMs) - atMs), 0);
  return spokenMs < SPEECH_MIN_MS ? null : Math.round((starts.length * 60_000) / spokenMs);
}

const recent = (startsMs: readonly number[], nowMs: number): number[] => startsMs.filter((atMs) => nowMs - atMs <= PACE_MS);
const wordsOf = (words: readonly Word[]): string => words.map(({ text }) => text).join(' ');
