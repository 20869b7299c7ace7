import { useCallback, useRef, useState } from 'react';
import type { LiveNow } from './live-now.ts';

interface OneSaid {
  id: string;
  as: (view: LiveNow) => LiveNow;
  /** The service has taken it: what it tells from then on holds it. */
  isTaken: boolean;
}

interface Said {
  /** What the service told, with what was pressed since. */
  over(view: LiveNow): LiveNow;
  /** Shows a press before the service has it. The same id replaces what was said under it. */
  say(id: string, as: (view: LiveNow) => LiveNow): void;
  taken(id: string): void;
  takeBack(id: string): void;
  /** What an answer to a question asked now will hold; told again when that answer is here. */
  known(): string[];
  settle(ids: readonly string[]): void;
}

/** Presses that show at once: the rep is talking, and the service's own word may be a second away. */
export function useSaid(): Said {
  const [said, setSaid] = useState<readonly OneSaid[]>([]);
  const now = useRef(said);
  const set = useCallback((next: readonly OneSaid[]) => {
    now.current = next;
    setSaid(next);
  }, []);
  const without = useCallback((ids: readonly string[]) => now.current.filter(({ id }) => !ids.includes(id)), []);
  return {
    over: (view) => said.reduce((shown, { as }) => as(shown), view),
    say: (id, as) => set([...without([id]), { id, as, isTaken: false }]),
    taken: (id) => set(now.current.map((one) => (one.id === id ? { ...one, isTaken: true } : one))),
    takeBack: (id) => set(without([id])),
    known: useCallback(() => now.current.filter(({ isTaken }) => isTaken).map(({ id }) => id), []),
    settle: useCallback(
      (ids) => {
        if (ids.length > 0) set(without(ids));
      },
      [set, without],
    ),
  };
}
