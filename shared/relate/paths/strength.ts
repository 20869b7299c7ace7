// A strength in 12 bits: the 128th part of an octave, from 2^-20 to 2^12; nothing is 0. Rounded, it is at most 0.28 % off.
export const stepsPerOctave = 128;
const lowest = -20;

/** The strength of each code. */
export const strengths: Float32Array = Float32Array.from({ length: 4_096 }, (_, code) =>
  code === 0 ? 0 : 2 ** (code / stepsPerOctave + lowest),
);

/** The nearest code. A strength that is none (negative, not a number) is nothing; one beyond the scale is its end. */
export function strengthCode(strength: number): number {
  if (!(strength > 0)) return 0;
  return Math.max(0, Math.min(4_095, Math.round((Math.log2(strength) - lowest) * stepsPerOctave)));
}
