import { failed, ok, type Result } from '../kit/result.ts';

const dayMs = 86_400_000;
const remindAfterMs = 4 * dayMs;
const expiresAfterMs = 14 * dayMs;

export type IntroState =
  | 'draft'
  | 'requested'
  | 'accepted'
  | 'declined'
  | 'expired'
  | 'forwarded'
  | 'replied'
  | 'meeting'
  | 'opportunity'
  | 'won'
  | 'lost'
  | 'withdrawn';

/** `approve` is the rep's consent and `accept` the connector's: nothing reaches the target without both. */
export type IntroEvent =
  | 'approve'
  | 'remind'
  | 'withdraw'
  | 'accept'
  | 'decline'
  | 'not-now'
  | 'expire'
  | 'forwarded'
  | 'replied'
  | 'meeting'
  | 'opportunity'
  | 'won'
  | 'lost';

export interface IntroStep {
  what: IntroEvent;
  by: 'rep' | 'connector' | 'clock';
  /** ISO 8601. */
  at: string;
}

export interface Introduction {
  state: IntroState;
  /** Oldest first. */
  trail: IntroStep[];
}

/** The introduction after an event; `refused` when that cannot happen to it now, or is not for this one to say. */
export function stepIntro(intro: Introduction, { what, by }: Pick<IntroStep, 'what' | 'by'>, nowMs: number): Result<Introduction> {
  const to = moves[intro.state]?.[what];
  if (to === undefined || !mayBe[what].includes(by)) return failed({ kind: 'refused', said: 'This introduction has moved on.' });
  if (what === 'remind' && remindedMs(intro) !== null)
    return failed({ kind: 'refused', said: 'They were reminded once. More would be a nuisance.' });
  if (what === 'expire' && nowMs < (expiresMs(intro) ?? Number.POSITIVE_INFINITY))
    return failed({ kind: 'refused', said: 'It still has time.' });
  return ok({ state: to, trail: [...intro.trail, { what, by, at: new Date(nowMs).toISOString() }] });
}

/** What this one can say of it now. */
export const eventsFor = (intro: Introduction, by: IntroStep['by']): IntroEvent[] =>
  (Object.keys(moves[intro.state] ?? {}) as IntroEvent[]).filter(
    (what) => mayBe[what].includes(by) && (what !== 'remind' || remindedMs(intro) === null),
  );

/** When the clock has to look at it next, in epoch milliseconds; null when never. */
export function dueMs(intro: Introduction): number | null {
  return intro.state === 'requested' ? expiresMs(intro) : null;
}

/** Nobody answered for some days, and nobody was reminded. */
export function isReminderDue(intro: Introduction, nowMs: number): boolean {
  const sinceMs = askedMs(intro);
  return intro.state === 'requested' && sinceMs !== null && nowMs >= sinceMs + remindAfterMs && remindedMs(intro) === null;
}

/** What comes after both consents may be told late and in leaps: the target's first answer may be a meeting. Never back. */
const later = ['forwarded', 'replied', 'meeting', 'opportunity', 'won', 'lost'] as const;
const onwards = (from: number): Partial<Record<IntroEvent, IntroState>> =>
  Object.fromEntries(later.slice(from).map((state) => [state, state]));

const moves: Partial<Record<IntroState, Partial<Record<IntroEvent, IntroState>>>> = {
  draft: { approve: 'requested', withdraw: 'withdrawn' },
  requested: {
    accept: 'accepted',
    decline: 'declined',
    'not-now': 'declined',
    remind: 'requested',
    expire: 'expired',
    withdraw: 'withdrawn',
  },
  accepted: { ...onwards(0), withdraw: 'withdrawn' },
  forwarded: onwards(1),
  replied: onwards(2),
  meeting: onwards(3),
  opportunity: onwards(4),
};

const rep = ['rep'] as const;
const mayBe: Record<IntroEvent, readonly IntroStep['by'][]> = {
  approve: rep,
  remind: rep,
  withdraw: rep,
  accept: ['connector'],
  decline: ['connector'],
  'not-now': ['connector'],
  expire: ['clock'],
  forwarded: ['rep', 'connector'],
  replied: rep,
  meeting: rep,
  opportunity: rep,
  won: rep,
  lost: rep,
};

const timeOf = (intro: Introduction, what: IntroEvent): number | null => {
  const step = intro.trail.find((one) => one.what === what);
  return step ? Date.parse(step.at) : null;
};
const askedMs = (intro: Introduction) => timeOf(intro, 'approve');
const remindedMs = (intro: Introduction) => timeOf(intro, 'remind');
const expiresMs = (intro: Introduction) => {
  const sinceMs = askedMs(intro);
  return sinceMs === null ? null : sinceMs + expiresAfterMs;
};
