import { fastAt, personAt, slowAt, wordsPerArc, writeArc } from './lists.ts';
import { stepsPerOctave, strengths } from './strength.ts';

/**
 * A list as of an epoch so many days later: every arc fades on its two scales, never rises, and the list is in order again.
 * Less than a thousandth may lie between this and a list made anew.
 */
export function rebaseArcs(arcs: Uint16Array, days: number): Uint16Array {
  const entries = Array.from({ length: arcs.length / wordsPerArc }, (_, at) => {
    const [fast, slow] = rebaseCodes(fastAt(arcs, at * wordsPerArc), slowAt(arcs, at * wordsPerArc), days);
    return { from: personAt(arcs, at * wordsPerArc), fast, slow, strength: (strengths[fast] ?? 0) + (strengths[slow] ?? 0) };
  }).sort((one, two) => two.strength - one.strength);
  const rebased = new Uint16Array(arcs.length);
  for (const [at, { from, fast, slow }] of entries.entries()) writeArc(rebased, at * wordsPerArc, from, fast, slow);
  return rebased;
}

/** What is left of both scales' codes after so many days; 0 for nothing. */
export function rebaseCodes(fast: number, slow: number, days: number): [number, number] {
  const left = (code: number, halfLifeDays: number) => Math.max(0, Math.round(code - (stepsPerOctave * days) / halfLifeDays));
  return [left(fast, 14), left(slow, 180)];
}
