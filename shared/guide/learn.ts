import type { Quiet } from '../contracts/guidance.ts';
import type { Topic } from './arbiter-score.ts';

/** What earlier calls say of a rep, and of the rules. */
export interface Learned {
  /** A card needs this score to be shown: 70, and up to twenty more or less. */
  threshold: number;
  /** How often the rep takes up cards of a topic, 0..1; absent: nobody knows, so a half. */
  rates: Partial<Record<Topic, number>>;
  /** Rules this rep wants on none of their calls. */
  never: string[];
  /** Rules put aside for everybody, because people did not want them. */
  aside: string[];
  /** How quiet the rep last wanted it. */
  quiet?: Quiet;
}

export type Outcome = 'used' | 'dismissed' | 'ignored' | 'snoozed' | 'retracted' | 'held';

/** Cards of one topic that went the same way on the same day. */
export interface Seen {
  topic: Topic;
  outcome: Outcome;
  atMs: number;
  count: number;
}

const THRESHOLD = 70;
const THRESHOLD_MOVES = 20;
const HALF_LIFE_MS = 30 * 86_400_000;
const UNKNOWN = 0.5;

export const nothingLearned: Learned = { threshold: THRESHOLD, rates: {}, never: [], aside: [] };

/** Used against not used, what is a month old counting half. Two imagined cards, one of them used, keep the first press from deciding. */
export function acceptRate(seen: readonly Seen[], nowMs: number): number {
  const sum = (outcome: Outcome) =>
    seen
      .filter((one) => one.outcome === outcome)
      .reduce((all, one) => all + one.count * 0.5 ** (Math.max(0, nowMs - one.atMs) / HALF_LIFE_MS), 0);
  return (sum('used') + 1) / (sum('used') + sum('dismissed') + 0.5 * sum('ignored') + 2);
}

/** Compliance teaches nothing and is taught nothing. */
export function learn(seen: readonly Seen[], nowMs: number): Pick<Learned, 'threshold' | 'rates'> {
  const taught = seen.filter(({ topic }) => topic !== 'compliance');
  const topics = [...new Set(taught.map(({ topic }) => topic))];
  const rates = topics.map((topic) => [
    topic,
    acceptRate(
      taught.filter((one) => one.topic === topic),
      nowMs,
    ),
  ]);
  // Who takes up everything sees more, who puts everything away sees only what matters most.
  const threshold = THRESHOLD + 2 * THRESHOLD_MOVES * (UNKNOWN - acceptRate(taught, nowMs));
  return { threshold, rates: Object.fromEntries(rates) };
}

export const rateOf = ({ rates }: Learned, topic: Topic): number => rates[topic] ?? UNKNOWN;

const SHOWS_MIN = 20;
const OVERRIDE_MAX = 0.6;

/** Enough people put this rule's cards away: it is put aside for everybody. Compliance never is. */
export const isUnwanted = ({ topic, shown, dismissed }: { topic: Topic; shown: number; dismissed: number }): boolean =>
  topic !== 'compliance' && shown >= SHOWS_MIN && dismissed > OVERRIDE_MAX * shown;
