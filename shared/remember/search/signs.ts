import { numberOf, wordsOf } from './words.ts';

/** 256 times '0' or '1': texts that mean the same differ in few places. */
export type Signs = string;

const SIGNS = 256;

/** Who makes the signs below. Another way of making them needs another name. */
export const OWN_MAKER = 'words-1';
/** Below this share of equal places two texts have no more in common than any two; half is chance. */
export const OWN_STRANGERS = 0.64;

/**
 * What a text is about, from its words and the pieces they are made of: so "on-boarding" stands near "onboarding", and a name near the one
 * that was misheard. It knows no synonyms. Needs no key and no model.
 */
export function signsOfText(text: string): Signs {
  const sums = new Int32Array(SIGNS);
  for (const word of wordsOf(text)) {
    throwInto(sums, numberOf(word), 3);
    const padded = `<${word}>`;
    for (let at = 0; at + 3 <= padded.length; at++) throwInto(sums, numberOf(`${at === 0 ? '^' : ''}${padded.slice(at, at + 3)}`), 1);
  }
  return signed(sums);
}

/** The same of a model's vector, of any length: on which side of 256 fixed planes it stands. */
export function signsOfVector(vector: readonly number[]): Signs {
  const sums = new Float64Array(SIGNS);
  vector.forEach((value, dimension) => {
    const planes = planesOf(dimension);
    for (let at = 0; at < SIGNS; at++) sums[at] = (sums[at] ?? 0) + (planes[at] ?? 0) * value;
  });
  return signed(sums);
}

const signed = (sums: Int32Array | Float64Array): Signs => Array.from(sums, (sum) => (sum > 0 ? '1' : '0')).join('');

/** Adds `weight` where the bits that `seed` stands for are set, and takes it where they are not. */
function throwInto(sums: Int32Array, seed: number, weight: number): void {
  let state = seed | 1;
  for (let at = 0; at < SIGNS; ) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    for (let bit = 0; bit < 32; bit++, at++) sums[at] = (sums[at] ?? 0) + ((state >>> bit) & 1 ? weight : -weight);
  }
}

// Made once: a model has a thousand dimensions, and asks about many texts.
const planes: Int32Array[] = [];

function planesOf(dimension: number): Int32Array {
  const known = planes[dimension];
  if (known) return known;
  const made = new Int32Array(SIGNS);
  throwInto(made, numberOf(`plane ${dimension}`), 1);
  planes[dimension] = made;
  return made;
}
