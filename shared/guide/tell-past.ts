import type { PastCard } from '../contracts/guidance.ts';
import type { Told } from './heard.ts';
import { pastOf, type Session } from './session.ts';

/** Adds the history to what is told, where it moved: a screen that folded it itself would not know what another screen's rep did. */
export function tellPast(before: Session, [next, told]: [Session, Told[]]): [Session, Told[]] {
  if (next.ended || (before.shown === next.shown && before.card === next.card)) return [next, told];
  const past = pastOf(next);
  if (isSame(pastOf(before), past)) return [next, told];
  const seq = next.seq + 1;
  return [{ ...next, seq }, [...told, { type: 'past', seq, past }]];
}

const isSame = (one: readonly PastCard[], other: readonly PastCard[]): boolean =>
  one.length === other.length && one.every(({ card, state }, at) => card.id === other[at]?.card.id && state === other[at]?.state);
