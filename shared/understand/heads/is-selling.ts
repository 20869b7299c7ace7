import type { Said } from '../said.ts';
import { heads } from './heads.ts';
import { chance, scoreOf } from './score.ts';
import { callFeatures, isSold } from './selling.ts';

/** Is anything sold on this call? Where friends, a help desk or a school talk, nobody objects to an offer and nobody buys. */
export function isSelling(said: readonly Said[], pricing: readonly Said[]): boolean {
  const { selling } = heads();
  const features = callFeatures(said, pricing);
  return isSold(features, chance(selling.slope * scoreOf(selling, features).odds + selling.shift), selling.threshold);
}
