import { dayOf } from './memory.ts';

const dayMs = 86_400_000;
const halfLifeMs = 14 * dayMs;

/** On how many days somebody was seen lately, as of the last of them. */
export interface Activity {
  days: number;
  lastMs: number;
}

export const neverSeen: Activity = { days: 0, lastMs: Number.NEGATIVE_INFINITY };

/** Seen once more. A day counts once, from its first sight; sights come in order, and one from an earlier day is left out. */
export function see({ days, lastMs }: Activity, atMs: number): Activity {
  if (days > 0 && dayOf(atMs) <= dayOf(lastMs)) return { days, lastMs };
  return { days: (days > 0 ? days * 2 ** (-(atMs - lastMs) / halfLifeMs) : 0) + 1, lastMs: atMs };
}

/** Days they were seen on, each worth half after a fortnight. */
export function activityAt({ days, lastMs }: Activity, nowMs: number): number {
  return days > 0 ? days * 2 ** (-Math.max(0, nowMs - lastMs) / halfLifeMs) : 0;
}

/** Ranks the people of one account: a quiet one falls far. */
export const rankFactor = (active: number): number => (active + 0.1) / (active + 2);
