import type { Features } from './features.ts';

/** A trained head: what each place is worth, times `scale`. As many places as it has weights, a power of two. */
export interface Head {
  weights: ArrayLike<number>;
  scale: number;
  bias: number;
  /** It reads single words and classes only, not their runs. */
  isPlain: boolean;
}

/** Log odds of a turn, and what each of its sentences adds to them. */
export interface Score {
  odds: number;
  sentences: number[];
}

/** The loudest sentence counts, the others help little: an objection is one sentence of a long turn. */
export function scoreOf(head: Head, { marks, context, around, sentences }: Features): Score {
  const { weights, scale, bias, isPlain } = head;
  const mask = weights.length - 1;
  const sum = (places: readonly number[]): number => {
    let total = 0;
    for (const place of places) total += weights[place & mask] ?? 0;
    return total * scale;
  };
  const each = sentences.map((one) => {
    const grams = isPlain ? one.words : one.grams;
    return sum(one.marks) + sum(grams) * gramShare(grams.length);
  });
  return {
    odds: bias + sum(marks) + sum(context) * contextShare(context.length) + sum(around) * aroundShare(around.length) + pool(each),
    sentences: each,
  };
}

/** How much a whole sentence's words may say against one mark: shared by their number, so that long sentences do not shout. */
export const gramShare = (count: number): number => 3 / Math.sqrt(Math.max(6, count));
export const contextShare = (count: number): number => 1 / Math.sqrt(Math.max(4, count));
export const aroundShare = (count: number): number => 1 / Math.sqrt(Math.max(10, count));

/** Between the highest and the sum, near the highest: twenty idle sentences say no more than one. 0 for nothing. */
export function pool(each: readonly number[]): number {
  if (each.length === 0) return 0;
  const top = Math.max(...each);
  return top + Math.log(each.reduce((total, one) => total + Math.exp(SHARP * (one - top)), 0)) / SHARP;
}
export const SHARP = 3;

export const chance = (odds: number): number => 1 / (1 + Math.exp(-odds));
