/** One contact between two people. */
export interface Touch {
  /** ISO 8601. */
  at: string;
  /** How long it took; 0 where length means nothing. */
  minutes: number;
  channel: string;
}

const dayMs = 86_400_000;
// Two memories: one of weeks for what is warm, one of half a year for what lasts; the slow one weighs (14/180)^0.75.
const fastHalfLifeMs = 14 * dayMs;
const slowHalfLifeMs = 180 * dayMs;
const slowWeight = 0.147;
// Speaking is evidence in both directions, and what we said counts 0.3 of what they said.
const bothWays = 1.3;
const weights: Record<string, number> = { meeting: 3, call: 3, email: 1, message: 0.5 };
const fullMinutes = 15;

/**
 * How well two people know one another now, 0 to 1 (never 1). More contact never lowers it, time never raises it,
 * and many contacts on one day are worth far less than the same on many days. Touches after `now` do not count yet.
 */
export function trust(touches: readonly Touch[], now: string): number {
  const nowMs = Date.parse(now);
  const days = new Map<number, { sum: number; lastMs: number }>();
  for (const touch of touches) {
    const atMs = Date.parse(touch.at);
    if (atMs > nowMs) continue;
    const day = Math.floor(atMs / dayMs);
    const known = days.get(day) ?? { sum: 0, lastMs: atMs };
    days.set(day, { sum: known.sum + weightOf(touch), lastMs: Math.max(known.lastMs, atMs) });
  }
  let strength = 0;
  for (const { sum, lastMs } of days.values()) {
    // A day counts as one gain at its last contact: a contact added earlier that day can then never take anything away.
    const ageMs = nowMs - lastMs;
    strength += Math.log2(1 + sum) * (2 ** (-ageMs / fastHalfLifeMs) + slowWeight * 2 ** (-ageMs / slowHalfLifeMs));
  }
  const known = bothWays * strength;
  return known / (known + 2);
}

/** A missed or minute-long call is a quarter of a real one. */
function weightOf({ channel, minutes }: Touch): number {
  const weight = weights[channel] ?? 0.5;
  return channel === 'call' || channel === 'meeting' ? weight * (0.25 + 0.75 * Math.min(1, Math.max(0, minutes) / fullMinutes)) : weight;
}
