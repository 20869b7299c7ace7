import type { DealHealth, HealthSignal } from '../../contracts/risk.ts';
import { type SignKey, type Signs, signKeys, signTexts } from './signs.ts';

/** A deal of the tenant's own that was closed, with its signs as they stood before. */
export interface ClosedDeal {
  won: boolean;
  signs: Signs;
}

const WON_MIN = 50;
const LOST_MIN = 150;
/** Below this a sign tells won from lost no better than chance would. */
const WEIGHT_MIN = 0.1;
const SIGNALS_MAX = 5;

/**
 * How a deal compares with the tenant's own closed deals: the share of them that looked worse, and the signs that say so.
 * Each sign weighs as many bits as it tells won from lost there. On thin history it refuses and says why.
 */
export function dealHealth(signs: Signs, closed: readonly ClosedDeal[]): DealHealth {
  const won = closed.filter((one) => one.won).length;
  const lost = closed.length - won;
  if (won < WON_MIN || lost < LOST_MIN) {
    const why = `Only ${won} won and ${lost} lost deals with calls are known here. A comparison needs ${WON_MIN} and ${LOST_MIN}.`;
    return { state: 'thin', why, won, lost };
  }
  const weights = weigh(closed);
  const scoreOf = (of: Signs): number => signKeys.reduce((sum, key) => sum + weightOf(weights, key, of[key]), 0);
  const score = scoreOf(signs);
  const scores = closed.map((one) => scoreOf(one.signs));
  const worse = scores.filter((one) => one < score - TIE).length;
  const same = scores.filter((one) => Math.abs(one - score) <= TIE).length;
  const signals = signKeys.flatMap((key): HealthSignal[] => {
    const [value, weight] = [signs[key], weightOf(weights, key, signs[key])];
    return value === null || Math.abs(weight) < WEIGHT_MIN
      ? []
      : [{ key, text: signTexts[key][value ? 0 : 1], weight: Math.round(weight * 100) / 100 }];
  });
  return {
    state: 'known',
    percentile: Math.round((100 * (worse + same / 2)) / scores.length),
    plus: signals
      .filter((one) => one.weight > 0)
      .toSorted((a, b) => b.weight - a.weight)
      .slice(0, SIGNALS_MAX),
    minus: signals
      .filter((one) => one.weight < 0)
      .toSorted((a, b) => a.weight - b.weight)
      .slice(0, SIGNALS_MAX),
    won,
    lost,
  };
}

type Weights = ReadonlyMap<SignKey, { so: number; notSo: number }>;

/** log2 of how much likelier a sign is on a won deal; one imagined deal of each kind keeps rare signs modest. */
function weigh(closed: readonly ClosedDeal[]): Weights {
  return new Map(
    signKeys.map((key) => {
      const count = (isWon: boolean, value: boolean): number =>
        1 + closed.filter((one) => one.won === isWon && one.signs[key] === value).length;
      const share = (isWon: boolean, value: boolean): number => count(isWon, value) / (count(isWon, true) + count(isWon, false));
      return [key, { so: Math.log2(share(true, true) / share(false, true)), notSo: Math.log2(share(true, false) / share(false, false)) }];
    }),
  );
}

const weightOf = (weights: Weights, key: SignKey, value: boolean | null): number => {
  const weight = weights.get(key);
  return value === null || !weight ? 0 : value ? weight.so : weight.notSo;
};

const TIE = 1e-9;
