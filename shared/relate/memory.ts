const dayMs = 86_400_000;
// Weeks for what is warm, half a year for what lasts; the slow one weighs (14/180)^0.75.
const fastHalfLifeMs = 14 * dayMs;
const slowHalfLifeMs = 180 * dayMs;
const slowWeight = 0.147;
// The same ladder one rung down, 14²/180 days with (180/14)^0.75: what is going on right now. It tells who is next, not how close two people are.
const burstHalfLifeMs = (14 * 14 * dayMs) / 180;
const burstWeight = 6.8;

/** What one direction between two people left behind, as of its last contact. Four numbers, however long they have known each other. */
export interface Memory {
  /** Earlier days on the fast scale. */
  fast: number;
  /** Earlier days on the slow scale. */
  slow: number;
  /** Weights of the last contact's day; that day is still open. */
  today: number;
  /** Epoch milliseconds of the last contact. */
  lastMs: number;
}

export const noMemory: Memory = { fast: 0, slow: 0, today: 0, lastMs: Number.NEGATIVE_INFINITY };

/**
 * The memory with one more contact. `null` when it lies on a day before the last one, whose sum is gone: fold the evidence anew.
 * A day counts as one gain, log2(1 + weights), at its last contact: order within it does not matter and a contact never takes away.
 */
export function remember(memory: Memory, atMs: number, weight: number): Memory | null {
  if (weight <= 0) return memory;
  if (memory.lastMs === Number.NEGATIVE_INFINITY) return { fast: 0, slow: 0, today: weight, lastMs: atMs };
  const days = dayOf(atMs) - dayOf(memory.lastMs);
  if (days < 0) return null;
  if (days === 0 && atMs <= memory.lastMs) return { ...memory, today: memory.today + weight };
  const closed = days === 0 ? 0 : gainOf(memory.today);
  return {
    fast: (memory.fast + closed) * left(atMs - memory.lastMs, fastHalfLifeMs),
    slow: (memory.slow + closed) * left(atMs - memory.lastMs, slowHalfLifeMs),
    today: days === 0 ? memory.today + weight : weight,
    lastMs: atMs,
  };
}

/** The two scales at a moment, the slow one weighted: their sum is the strength of this direction. A moment before the last contact is that contact's. */
export function scalesAt({ fast, slow, today, lastMs }: Memory, nowMs: number): { fast: number; slow: number } {
  if (today === 0) return { fast: 0, slow: 0 };
  const ageMs = Math.max(0, nowMs - lastMs);
  const gain = gainOf(today);
  return { fast: (fast + gain) * left(ageMs, fastHalfLifeMs), slow: slowWeight * (slow + gain) * left(ageMs, slowHalfLifeMs) };
}

/** The last day on the scale of a day or so. */
export function burstAt({ today, lastMs }: Memory, nowMs: number): number {
  return today === 0 ? 0 : burstWeight * gainOf(today) * left(Math.max(0, nowMs - lastMs), burstHalfLifeMs);
}

export const dayOf = (atMs: number): number => Math.floor(atMs / dayMs);

const gainOf = (weights: number) => Math.log2(1 + weights);
const left = (ageMs: number, halfLifeMs: number) => 2 ** (-ageMs / halfLifeMs);
