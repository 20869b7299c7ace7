import { dice } from '../kit/dice.ts';
import type { HeardWord } from './ear.ts';

/** How the vendor errs when it tells voices apart; none of it unless asked for. */
export interface VoiceErrors {
  /** Share of words, 0 to 1, that are given to somebody else. */
  confused?: number;
  /** From this moment, ms, whoever spoke first is taken for somebody new. */
  splitAtMs?: number;
  /** Everybody is taken for one. */
  merged?: boolean;
}

/** Numbers voices from 0 in the order in which they are heard, with the errors asked for; the same each time. */
export function voiceTeller({ confused = 0, splitAtMs, merged = false }: VoiceErrors): (word: HeardWord) => number {
  const sides: HeardWord['side'][] = [];
  const throwDice = dice(11);
  return ({ side, startMs }) => {
    if (!sides.includes(side)) sides.push(side);
    if (merged) return 0;
    const isConfused = throwDice() < confused;
    const voice = isConfused ? 1 - sides.indexOf(side) : sides.indexOf(side);
    return voice === 0 && splitAtMs !== undefined && startMs >= splitAtMs ? 2 : voice;
  };
}
