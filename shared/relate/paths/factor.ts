/** What one more pair of hands costs a path. */
export const handOver = 0.85;

/** How well somebody passes things on, by the low four bits of their mark: 0.25 for the quiet to 1 for the busy. */
export const factors: Float64Array = Float64Array.from({ length: 16 }, (_, code) => 0.25 + (0.75 * code) / 15);

/** The code for somebody seen on this many days lately (`activityAt`), who grants this share of what they are asked. */
export function factorCode(activeDays: number, willing = 1): number {
  const factor = (0.25 + (0.75 * activeDays) / (activeDays + 2)) * willing;
  return Math.max(0, Math.min(15, Math.round(((factor - 0.25) / 0.75) * 15)));
}
