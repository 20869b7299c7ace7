import { foldTouches, isMutual, responseAt, type Tie } from './tie.ts';
import type { Touch } from './touch.ts';

/** R at which it is as likely as not that they write within 28 days. */
const evenResponse = 2;

export const trustOf = (response: number): number => response / (response + evenResponse);

/** The R that makes this much trust; without end from 1 on. */
export const responseFor = (trust: number): number => (trust < 1 ? (evenResponse * trust) / (1 - trust) : Number.POSITIVE_INFINITY);

/** The probability that the other one writes to us within 28 days, 0 to 1 (never 1). */
export function trustAt(tie: Tie, nowMs: number): number {
  const { fast, slow } = responseAt(tie, nowMs);
  return trustOf(fast + slow);
}

/**
 * How well two people know one another now, 0 to 1 (never 1). More contact never lowers it, time never raises it,
 * and many contacts on one day are worth far less than the same on many days. Touches after `now` do not count yet.
 */
export function trust(touches: readonly Touch[], now: string): number {
  const nowMs = Date.parse(now);
  return trustAt(foldTouches(touches, nowMs), nowMs);
}

/** The least trust of a warm tie. */
export const warmFrom = 0.2;

export type Tier = 'strong' | 'warm' | 'weak' | 'dormant';

/** Trust in a word. Who never answers, or is never answered, is at most weakly known, however much was sent. */
export function tierAt(tie: Tie, nowMs: number): Tier {
  const known = trustAt(tie, nowMs);
  if (known < 0.05) return 'dormant';
  if (known < warmFrom || (!isMutual(tie) && tie.prior < evenResponse)) return 'weak';
  return known < 0.5 ? 'warm' : 'strong';
}
