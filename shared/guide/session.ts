import { type Asking, ask, newAsking } from '../capture/consent/consent.ts';
import type { ConsentRule } from '../contracts/capture.ts';
import type { Consent, FeedbackAction, GuidanceCard } from '../contracts/guidance.ts';
import type { Role } from '../contracts/transcript.ts';
import type { LiveView } from '../contracts/view.ts';

/** off: every card · critical: compliance alone · full: none. */
export type Quiet = 'off' | 'critical' | 'full';

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
  lastShownAtMs: number | null;
  quiet: Quiet;
  /** Time each side spoke, from the word times of turns that are final. */
  speechMs: Record<Role, number>;
  heardToMs: Record<Role, number>;
}

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

export interface ShownCard {
  id: string;
  playId: string;
  subject: string;
  role: Role;
  turn: number;
  atMs: number;
  state: 'shown' | 'retracted' | 'replaced' | FeedbackAction;
  /** When it got its state. */
  stateAtMs: number;
}

export interface WaitingCard {
  card: GuidanceCard;
  subject: string;
  role: Role;
  turn: number;
  sinceMs: number;
}

/** Without a `rule` everybody has to say yes. */
export const newSession = (call: { callId: string; startedAtMs?: number; quiet?: Quiet; rule?: ConsentRule }): Session => ({
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
  lastShownAtMs: null,
  quiet: call.quiet ?? 'off',
  speechMs: { rep: 0, customer: 0, other: 0 },
  heardToMs: { rep: 0, customer: 0, other: 0 },
});

/** What the live view shows of a session; the shell adds names and the polling interval. */
export function snapshot({ callId, seq, consent, card, lines, speechMs, nowMs }: Session) {
  const all = speechMs.rep + speechMs.customer + speechMs.other;
  return { callId, seq, consent, card, lines, elapsedMs: nowMs, talkShareRep: all > 0 ? speechMs.rep / all : null };
}

/** A session that an earlier release stored: what it knew of consent, as this one says it. */
export function revive(kept: Omit<Session, 'asking'> & { asking?: Asking }): Session {
  if (kept.asking) return { ...kept, asking: kept.asking };
  const asked = { by: kept.consentBy ?? '', atMs: kept.consentAtMs ?? 0 };
  const fresh = newAsking('all-yes');
  if (kept.consent === 'unknown' || kept.consent === 'expired') return { ...kept, asking: fresh, consent: 'unknown' };
  const is = ({ announced: 'announced', granted: 'yes', refused: 'no' } as const)[kept.consent];
  return { ...kept, asking: ask(fresh, { is, ...asked })[0] };
}
