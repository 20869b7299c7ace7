import { useCallback, useState } from 'react';
import type { Asked } from './api.ts';
import { useLoop } from './use-loop.ts';
import type { World } from './world.ts';

export type Shown<T> = { is: 'loading' } | Asked<T>;

/** How soon a card in trouble looks again. */
const restMs = 8_000;

/** Keeps a view fresh. `pollMs` says from what came when to look again; null when something else will say so. */
export function useAnswer<T>(
  world: World,
  load: () => Promise<Asked<T>>,
  pollMs: (value: T) => number | null,
): { shown: Shown<T>; reload: () => void } {
  const [shown, setShown] = useState<Shown<T>>({ is: 'loading' });
  const step = useCallback(
    async (isLatest: () => boolean) => {
      const asked = await load();
      if (!isLatest()) return null;
      // A hiccup between two looks takes nothing off the screen: somebody may be editing there.
      const isHiccup = asked.is === 'offline' || (asked.is === 'refused' && asked.code === 'trouble');
      setShown((before) => (isHiccup && before.is === 'here' ? before : asked));
      return asked.is === 'here' ? pollMs(asked.value) : restMs;
    },
    [load, pollMs],
  );
  return { shown, reload: useLoop(world, step) };
}
