/** Nobody of the team gets there. */
export const unreached = 255;
const steps = 16;

/** The score that each byte of a reach bound promises not to be exceeded. */
export const reaches: Float64Array = Float64Array.from({ length: 256 }, (_, code) => (code === unreached ? 0 : 2 ** (-code / steps)));

/** The byte for a bound, rounded so that it never promises less; small bytes are warm. */
export function reachCode(score: number): number {
  if (!(score > 0)) return unreached;
  // The hair keeps a score that is exactly a step's on the safe side of rounding.
  return Math.max(0, Math.min(unreached - 1, Math.floor(-Math.log2(score) * steps - 1e-7)));
}
