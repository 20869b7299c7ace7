import type { SlotKind } from '../../contracts/playbook.ts';
import type { Role } from '../../contracts/transcript.ts';

/** What the moments of a call remember. Plain JSON; times are call time. */
export interface MomentState {
  /** How often each moment that time brings has come, and when last. */
  came: Record<string, { times: number; lastAtMs: number }>;
  /** Moments of which the words were said: what had to be said, and the ticked points of the checklist. */
  said: string[];
  ticks: Tick[];
  fills: Fill[];
  /** What came, the newest last: shown or not. */
  fired: Fired[];
  /** Who holds the floor; what the other says while listening does not take it. */
  floor: { role: Role; sinceMs: number; toMs: number } | null;
  /** When the rep cut in, within the last five minutes, and the rep's turn that was counted last. */
  interruptedAtMs: number[];
  interruptedTurn: number;
  /** When each word of the rep's finished turns began, within the last half minute. */
  repWordsMs: number[];
  /** The call's CRM record, once it is known. */
  record: KnownRecord | null;
  /** When time alone may bring the next moment; null: never. */
  wakeAtMs: number | null;
}

/** A point of the checklist that was said, or that the rep ticked: then `quote` is empty. */
interface Tick {
  momentId: string;
  name: string;
  stage: string;
  quote: string;
  role: Role;
  startMs: number;
  byHand?: true;
}

/** A field filled from what was said: `value` is plain ("25000 USD", "2026-12-01", "+14155550142"). */
export interface Fill {
  momentId: string;
  slot: SlotKind;
  value: string;
  quote: string;
  role: Role;
  startMs: number;
}

export interface Fired {
  momentId: string;
  atMs: number;
  role: Role;
  /** -1: time or the record brought it. */
  turn: number;
  startMs: number;
  quote: string;
}

/** Exact names and values as the CRM has them. */
export interface KnownRecord {
  stage: string | null;
  fields: Record<string, string | null>;
  /** IANA; dates that are said are read in it. */
  timeZone?: string;
}

export const noMoments: MomentState = {
  came: {},
  said: [],
  ticks: [],
  fills: [],
  fired: [],
  floor: null,
  interruptedAtMs: [],
  interruptedTurn: -1,
  repWordsMs: [],
  record: null,
  wakeAtMs: null,
};

const FIRED_MAX = 100;

export const noteFired = (state: MomentState, fired: Fired): MomentState => ({
  ...state,
  fired: [...state.fired, fired].slice(-FIRED_MAX),
});
