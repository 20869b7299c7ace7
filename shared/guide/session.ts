import { type Asking, ask, newAsking } from '../capture/consent/consent.ts';
import type { KnownSides, Voices } from '../capture/who-speaks.ts';
import type { ConsentRule } from '../contracts/capture.ts';
import type { DealGates } from '../contracts/gates.ts';
import type { Consent, FeedbackAction, GuidanceCard, LiveMark, PastCard, Quiet } from '../contracts/guidance.ts';
import type { Role } from '../contracts/transcript.ts';
import type { LiveView } from '../contracts/view.ts';
import type { Limits } from './arbiter-limits.ts';
import type { Topic } from './arbiter-score.ts';
import { type Learned, nothingLearned } from './learn.ts';
import type { MomentState } from './moments/state.ts';

type Line = Extract<LiveView, { state: 'live' }>['lines'][number];

/** All that a live call remembers. Plain JSON, so that a checkpoint between any two steps loses nothing. Times are call time. */
export interface Session {
  callId: string;
  /** Epoch milliseconds; for people only, no rule reads it. */
  startedAtMs: number;
  /** The latest moment of the call that we were told about. */
  nowMs: number;
  lineUp: boolean;
  speechOpen: boolean;
  ended: boolean;
  /** Everybody's word; `consent` is what it comes to. */
  asking: Asking;
  consent: Consent;
  consentBy: string | null;
  consentAtMs: number | null;
  /** Grows by one with every frame that changes what is shown. */
  seq: number;
  turns: Record<Role, LiveTurn | null>;
  /** The last lines spoken, oldest first. */
  lines: Line[];
  shown: ShownCard[];
  /** What is on the screen. */
  card: GuidanceCard | null;
  waiting: WaitingCard | null;
  /** Compliance that has to be shown, however long it waits; oldest first. */
  owed: WaitingCard[];
  lastShownAtMs: number | null;
  quiet: Quiet;
  /** The rep said so on this call: it is remembered for the next one. */
  isQuietSaid: boolean;
  /** Every card that was offered, shown or not; the newest last. */
  offered: OfferedCard[];
  /** What the rep pressed, oldest first. */
  presses: { cardId: string; action: FeedbackAction; atMs: number }[];
  /** Rules that the rep does not want on this call, and on none of theirs. */
  muted: string[];
  never: string[];
  /** What earlier calls say of this rep and of the rules. */
  learned: Learned;
  /** Time each side spoke, from the word times of turns that are final. */
  speechMs: Record<Role, number>;
  heardToMs: Record<Role, number>;
  /** What the voices on a track with several of them said for the one side or the other; absent until one was heard. */
  voices?: Voices;
  /** What the playbook's moments remember; absent until one of them heard something. */
  moments?: MomentState;
  /** Moments that the rep flagged, in their order; absent until the first. */
  flags?: Flag[];
  /** How the deal stands; absent until that is known. */
  gates?: DealGates;
  /** Who is on the call, where that helps to tell its voices apart. */
  known?: KnownSides;
}

/** A moment that the rep flagged; `by` is a host's user id. It holds no word that was said. */
export type Flag = LiveMark & { by: string };

/** One side's latest turn. */
export interface LiveTurn {
  index: number;
  text: string;
  final: boolean;
  startMs: number;
  endMs: number;
  /** When its words last moved: is the speaker still speaking? */
  changedAtMs: number;
  /** Subjects in this turn: those in its last hearing, those offered as cards, and offered ones that a later hearing lacked. */
  heard: string[];
  offered: string[];
  vanished: string[];
}

/** The `state` of a card: on the screen, taken back, gone by itself, or what the rep did with it last. */
export type ShownState = 'shown' | 'retracted' | 'replaced' | 'collapsed' | Exclude<FeedbackAction, 'why' | 'unpinned' | 'undone'>;

export interface ShownCard {
  id: string;
  playId: string;
  subject: string;
  /** Kind and subject, as one card is told from another. */
  key: string;
  topic: Topic;
  card: GuidanceCard;
  role: Role;
  turn: number;
  atMs: number;
  state: ShownState;
  /** When it got its state, or the rep last did something with it. */
  stateAtMs: number;
  /** How often its subject came up. */
  times: number;
  /** Did the rep do anything with it? */
  isTouched: boolean;
  /** When a screen first painted it. */
  paintedAtMs: number | null;
  /** Stems the rep would use to act on it, their next turn after it came, and whether that turn held them. */
  stems: string[];
  nextTurn: number | null;
  isActedOn: boolean;
}

/** A rule found its words; what became of the card says `shown`. */
interface OfferedCard {
  id: string;
  playId: string;
  /** The rule's name, for people. */
  rule: string;
  topic: Topic;
  atMs: number;
}

export interface WaitingCard {
  card: GuidanceCard;
  subject: string;
  role: Role;
  turn: number;
  sinceMs: number;
  /** Without these it is an ordinary card of its kind. */
  limits?: Limits;
}

/** Without a `rule` everybody has to say yes. */
export const newSession = (call: {
  callId: string;
  startedAtMs?: number;
  quiet?: Quiet;
  rule?: ConsentRule;
  known?: KnownSides;
}): Session => ({
  callId: call.callId,
  startedAtMs: call.startedAtMs ?? 0,
  nowMs: 0,
  lineUp: false,
  speechOpen: false,
  ended: false,
  asking: newAsking(call.rule ?? 'all-yes'),
  consent: 'unknown',
  consentBy: null,
  consentAtMs: null,
  seq: 0,
  turns: { rep: null, customer: null, other: null },
  lines: [],
  shown: [],
  card: null,
  waiting: null,
  owed: [],
  lastShownAtMs: null,
  quiet: call.quiet ?? 'off',
  isQuietSaid: false,
  offered: [],
  presses: [],
  muted: [],
  never: [],
  learned: nothingLearned,
  speechMs: { rep: 0, customer: 0, other: 0 },
  heardToMs: { rep: 0, customer: 0, other: 0 },
  ...(call.known ? { known: call.known } : {}),
});

/** What the live view shows of a session; the shell adds names and the polling interval. */
export function snapshot(session: Session) {
  const { callId, seq, consent, card, lines, speechMs, nowMs, quiet } = session;
  const all = speechMs.rep + speechMs.customer + speechMs.other;
  const past = pastOf(session);
  const { gates } = session;
  const shown = { callId, seq, consent, card, past, quiet, lines, elapsedMs: nowMs, talkShareRep: all > 0 ? speechMs.rep / all : null };
  return { ...shown, ...(gates ? { gates } : {}) };
}

const PAST_MAX = 6;

/** What was shown and is not on the screen any more, the newest first; pinned ones before all others. */
export function pastOf({ shown, card }: Pick<Session, 'shown' | 'card'>): PastCard[] {
  const past = shown.flatMap(({ id, card: it, state, atMs }) =>
    state === 'retracted' || state === 'shown' || id === card?.id ? [] : [{ card: it, state, atMs }],
  );
  return past
    .reverse()
    .sort((a, b) => Number(b.state === 'pinned') - Number(a.state === 'pinned'))
    .slice(0, PAST_MAX);
}

/** A session that an earlier release stored: what it lacks is as on a new call. What it knew of consent, as this one says it. */
export function revive(stored: Stored): Session {
  const { asking: known, ...older } = stored;
  const fresh = newSession({ callId: stored.callId });
  // Cards of before have no words in the session: their screens keep them, and nothing counts them.
  const kept = { ...fresh, ...older, shown: older.shown.filter((card) => 'card' in card) };
  if (known) return { ...kept, asking: known };
  const asked = { by: kept.consentBy ?? '', atMs: kept.consentAtMs ?? 0 };
  if (kept.consent === 'unknown' || kept.consent === 'expired') return { ...kept, asking: fresh.asking, consent: 'unknown' };
  const is = ({ announced: 'announced', granted: 'yes', refused: 'no' } as const)[kept.consent];
  return { ...kept, asking: ask(fresh.asking, { is, ...asked })[0] };
}

type Later = 'asking' | 'owed' | 'isQuietSaid' | 'offered' | 'presses' | 'muted' | 'never' | 'learned';
type Stored = Omit<Session, Later> & Partial<Pick<Session, Later>>;
