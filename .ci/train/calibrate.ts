import { chance } from '../../shared/understand/heads/score.ts';
import type { Unseen } from './cross-validate.ts';

export interface Calibration {
  slope: number;
  shift: number;
  threshold: number;
}

/** Odds made honest (Platt), and the chance from which on a yes is worth saying. All from turns the head had not seen. */
export function calibrate(unseen: readonly Unseen[]): Calibration {
  let slope = 1;
  let shift = 0;
  let held = lossOf(unseen, slope, shift);
  // Newton on two numbers, halved until it helps; a little pull towards slope 1 keeps a tiny corpus from dividing by nothing.
  for (let round = 0; round < 100; round++) {
    let [gs, gb, hss, hsb, hbb] = [slope - 1, shift * 0.01, 1, 0, 0.01];
    for (const { odds, isTrue } of unseen) {
      const p = chance(slope * odds + shift);
      const miss = p - (isTrue ? 1 : 0);
      const v = p * (1 - p);
      gs += miss * odds;
      gb += miss;
      hss += v * odds * odds;
      hsb += v * odds;
      hbb += v;
    }
    const det = hss * hbb - hsb * hsb;
    if (!(det > 1e-12)) break;
    let [ds, db] = [(hbb * gs - hsb * gb) / det, (hss * gb - hsb * gs) / det];
    let next = lossOf(unseen, slope - ds, shift - db);
    for (let tries = 0; tries < 30 && !(next < held); tries++) {
      [ds, db] = [ds / 2, db / 2];
      next = lossOf(unseen, slope - ds, shift - db);
    }
    if (!(next < held - 1e-9)) break;
    [slope, shift, held] = [slope - ds, shift - db, next];
  }
  const round = (value: number): number => Math.round(value * 10_000) / 10_000;
  return {
    slope: round(slope),
    shift: round(shift),
    threshold: thresholdOf(unseen.map((one) => ({ ...one, p: chance(slope * one.odds + shift) }))),
  };
}

const lossOf = (unseen: readonly Unseen[], slope: number, shift: number): number =>
  unseen.reduce(
    (sum, { odds, isTrue }) => {
      const signed = (isTrue ? 1 : -1) * (slope * odds + shift);
      return sum + (signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed);
    },
    ((slope - 1) ** 2 + 0.01 * shift ** 2) / 2,
  );

/**
 * Where F1 is best; among near-equals the most careful: a wrong claim costs a rep more than a missed one, and the corpus is denser in
 * objections than calls are.
 */
function thresholdOf(unseen: readonly { isTrue: boolean; p: number }[]): number {
  const tried = Array.from({ length: 71 }, (_, nth) => {
    const threshold = (10 + nth) / 100;
    return { threshold, f1: count(unseen.map(({ isTrue, p }) => ({ isTrue, isSaid: p >= threshold }))).f1 };
  });
  const top = Math.max(...tried.map((one) => one.f1));
  return tried.findLast((one) => one.f1 >= top - NEAR)?.threshold ?? 0.5;
}
const NEAR = 0.03;

export interface Counts {
  truths: number;
  precision: number;
  recall: number;
  f1: number;
}

export function count(list: readonly { isTrue: boolean; isSaid: boolean }[]): Counts {
  const hits = list.filter((one) => one.isTrue && one.isSaid).length;
  const said = list.filter((one) => one.isSaid).length;
  const truths = list.filter((one) => one.isTrue).length;
  return { truths, precision: hits / (said || 1), recall: hits / (truths || 1), f1: (2 * hits) / (said + truths || 1) };
}
