import { useCallback, useRef } from 'react';
import type { World } from './world.ts';

interface Paint {
  /** A card came on the screen; again is nothing. */
  painted(cardId: string): void;
  /** What the next question says of it, with a way to note that it arrived; empty when there is nothing new. */
  query(): { words: string; arrived: () => void };
}

/** When a card was painted, as near as a card can know: HubSpot draws it a moment after. Told once each, by how long ago it was. */
export function usePaint(world: World): Paint {
  const last = useRef<{ cardId: string; at: number; isTold: boolean } | null>(null);
  const painted = useCallback(
    (cardId: string) => {
      if (last.current?.cardId !== cardId) last.current = { cardId, at: world.now(), isTold: false };
    },
    [world],
  );
  const query = useCallback(() => {
    const mine = last.current;
    if (!mine || mine.isTold) return { words: '', arrived: () => {} };
    const agoMs = Math.max(0, Math.round(world.now() - mine.at));
    return {
      words: `&painted=${encodeURIComponent(mine.cardId)}&paintedAgoMs=${agoMs}`,
      arrived: () => {
        mine.isTold = true;
      },
    };
  }, [world]);
  return { painted, query };
}
