import type { Features } from '../../shared/understand/heads/features.ts';
import { aroundShare, contextShare, gramShare, type Head, pool, SHARP } from '../../shared/understand/heads/score.ts';

/** A turn a head learns from. */
export interface Lesson {
  features: Features;
  /** What it owes to the way the corpus was written; learned apart and then left out. */
  habits: readonly number[];
  /** What the corpus says. */
  isTrue: boolean;
  /** How much it counts. */
  weight: number;
}

/** Where the numbers of habits begin. */
export const HABIT = 1 << 20;
const ROUNDS = 60;

/** A head in floats. Same lessons in the same order give the same numbers: no chance is involved. */
export function fitHead(
  lessons: readonly Lesson[],
  { penalty, size: places, isPlain }: { penalty: number; size: number; isPlain: boolean },
): Head {
  const used = new Map<number, number>();
  const place = (whole: number): number => {
    // Habits lie above every place.
    const at = whole >= HABIT ? whole : whole & (places - 1);
    const held = used.get(at);
    if (held !== undefined) return held;
    used.set(at, used.size);
    return used.size - 1;
  };
  const dense = (list: readonly number[]): Uint32Array => Uint32Array.from(list, place);
  // Only places that occur are learned, so the work is as large as the corpus and not as the head.
  const rows = lessons.map(({ features, habits, isTrue, weight }) => ({
    fixed: dense([...features.marks, ...habits]),
    context: dense(features.context),
    contextShare: contextShare(features.context.length),
    around: dense(features.around),
    aroundShare: aroundShare(features.around.length),
    sentences: features.sentences.map((one) => ({
      marks: dense(one.marks),
      grams: dense(isPlain ? one.words : one.grams),
      share: gramShare((isPlain ? one.words : one.grams).length),
    })),
    isTrue,
    weight,
  }));
  const size = used.size;
  const loss = (w: Float64Array, gradient: Float64Array): number => {
    let total = 0;
    for (let at = 0; at < size; at++) {
      const value = w[at] ?? 0;
      total += (penalty / 2) * value * value;
      gradient[at] = penalty * value;
    }
    gradient[size] = 0;
    for (const row of rows) {
      const each = row.sentences.map((one) => sum(w, one.marks) + sum(w, one.grams) * one.share);
      const pooled = pool(each);
      const odds =
        (w[size] ?? 0) + sum(w, row.fixed) + sum(w, row.context) * row.contextShare + sum(w, row.around) * row.aroundShare + pooled;
      const signed = row.isTrue ? odds : -odds;
      total += row.weight * (signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed);
      const push = row.weight * (1 / (1 + Math.exp(-odds)) - (row.isTrue ? 1 : 0));
      gradient[size] = (gradient[size] ?? 0) + push;
      add(gradient, row.fixed, push);
      add(gradient, row.context, push * row.contextShare);
      add(gradient, row.around, push * row.aroundShare);
      for (const [nth, one] of row.sentences.entries()) {
        const part = push * Math.exp(SHARP * ((each[nth] ?? 0) - pooled));
        add(gradient, one.marks, part);
        add(gradient, one.grams, part * one.share);
      }
    }
    return total;
  };
  const found = descend(size + 1, loss, ROUNDS);
  const weights = new Float64Array(places);
  for (const [at, nth] of used) if (at < places) weights[at] = found[nth] ?? 0;
  return { weights, scale: 1, bias: found[size] ?? 0, isPlain };
}

function sum(w: Float64Array, places: Uint32Array): number {
  let total = 0;
  for (let at = 0; at < places.length; at++) total += w[places[at] ?? 0] ?? 0;
  return total;
}

function add(to: Float64Array, places: Uint32Array, what: number): void {
  for (let at = 0; at < places.length; at++) {
    const place = places[at] ?? 0;
    to[place] = (to[place] ?? 0) + what;
  }
}

const MEMORY = 8;

/** L-BFGS from zero with a halving line search. */
function descend(size: number, loss: (w: Float64Array, gradient: Float64Array) => number, rounds: number): Float64Array {
  let w = new Float64Array(size);
  let gradient = new Float64Array(size);
  let value = loss(w, gradient);
  const pairs: { step: Float64Array; change: Float64Array; rho: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const way = directionOf(gradient, pairs);
    const slope = dot(way, gradient);
    if (slope > -1e-9) break;
    let length = pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    let next = w;
    let nextGradient = gradient;
    let nextValue = value;
    for (let tries = 0; tries < 25; tries++, length /= 2) {
      next = w.map((one, at) => one + length * (way[at] ?? 0));
      nextGradient = new Float64Array(size);
      nextValue = loss(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) break;
    }
    if (!(nextValue < value)) break;
    const step = next.map((one, at) => one - (w[at] ?? 0));
    const change = nextGradient.map((one, at) => one - (gradient[at] ?? 0));
    const curve = dot(step, change);
    if (curve > 1e-10) pairs.push({ step, change, rho: 1 / curve });
    if (pairs.length > MEMORY) pairs.shift();
    const gain = value - nextValue;
    [w, gradient, value] = [next, nextGradient, nextValue];
    if (gain < 1e-5 * Math.max(1, value)) break;
  }
  return w;
}

function directionOf(gradient: Float64Array, pairs: readonly { step: Float64Array; change: Float64Array; rho: number }[]): Float64Array {
  const way = gradient.map((one) => -one);
  const shares: number[] = [];
  for (const { step, change, rho } of pairs.toReversed()) {
    const share = rho * dot(step, way);
    shares.unshift(share);
    for (let at = 0; at < way.length; at++) way[at] = (way[at] ?? 0) - share * (change[at] ?? 0);
  }
  const last = pairs.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.change, last.change));
    for (let at = 0; at < way.length; at++) way[at] = (way[at] ?? 0) * scale;
  }
  for (const [nth, { step, change, rho }] of pairs.entries()) {
    const share = (shares[nth] ?? 0) - rho * dot(change, way);
    for (let at = 0; at < way.length; at++) way[at] = (way[at] ?? 0) + share * (step[at] ?? 0);
  }
  return way;
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let at = 0; at < a.length; at++) total += (a[at] ?? 0) * (b[at] ?? 0);
  return total;
}
