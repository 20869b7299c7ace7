import { useCallback, useEffect, useRef } from 'react';
import type { World } from './world.ts';

/** One round of asking. It answers in how many milliseconds to ask again, or null for not. */
export type Step = (isLatest: () => boolean) => Promise<number | null>;

/**
 * Asks now, and again as each round says, until the card leaves the screen.
 * Every round has a number: one that answers late finds that it is not the latest and changes nothing.
 * @returns starts a new round at once.
 */
export function useLoop(world: World, step: Step): () => void {
  const round = useRef(0);
  const cancel = useRef<() => void>(() => {});
  const again = useCallback(() => {
    cancel.current();
    round.current += 1;
    const mine = round.current;
    const isLatest = () => round.current === mine;
    void step(isLatest).then((ms) => {
      if (isLatest() && ms !== null) cancel.current = world.after(ms, again);
    });
  }, [world, step]);
  useEffect(() => {
    again();
    return () => {
      round.current += 1;
      cancel.current();
    };
  }, [again]);
  return again;
}
