import type { FeedbackAction, Quiet } from '@ros/contracts';
import { useEffect, useRef, useState } from 'react';
import type { LiveNow } from './live-now.ts';
import type { useSaid } from './use-said.ts';
import type { World } from './world.ts';

/** What puts a card away. */
export type PutAway = Extract<FeedbackAction, 'used' | 'dismissed' | 'snoozed' | 'less' | 'muted' | 'never'>;

export interface Touch {
  /** What was done last, while it can be undone. */
  done: { cardId: string; action: PutAway } | null;
  putAway(cardId: string, action: PutAway): void;
  undo(): void;
  pin(cardId: string, isPinned: boolean): void;
  /** The rep looks at why it came. */
  look(cardId: string): void;
  tick(id: string, isDone: boolean): void;
  setQuiet(quiet: Quiet): void;
}

/** Long enough to notice a wrong press, shorter than the service waits. */
const undoMs = 8_000;

interface TouchDeps {
  world: World;
  said: ReturnType<typeof useSaid>;
  /** True when the service took it. */
  post(path: string, body: Record<string, unknown>): Promise<boolean>;
  /** Looks at the call at once. */
  again(): void;
}

/** What a rep does with guidance: on the screen at once, then told. */
export function useTouch({ world, said, post, again }: TouchDeps): Touch {
  const [done, setDone] = useState<Touch['done']>(null);
  const cancel = useRef<() => void>(() => {});
  const last = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => () => cancel.current(), []);

  const close = () => {
    cancel.current();
    setDone(null);
  };
  /** One after the other: an undo that overtakes what it undoes is nothing. */
  const feedback = (cardId: string, action: FeedbackAction): Promise<boolean> => {
    const mine = last.current.then(() => post('feedback', { cardId, action }));
    last.current = mine;
    return mine;
  };
  const press = async (id: string, as: (view: LiveNow) => LiveNow, told: () => Promise<boolean>) => {
    said.say(id, as);
    if (await told()) said.taken(id);
    else said.takeBack(id);
    again();
  };
  return {
    done,
    putAway: (cardId, action) => {
      const id = `card ${cardId}`;
      // Whatever the network does, the card goes: the rep is talking.
      said.say(id, (view) => (view.card?.id === cardId ? { ...view, card: null } : view));
      void feedback(cardId, action).then((isTaken) => isTaken && said.taken(id));
      cancel.current();
      setDone({ cardId, action });
      cancel.current = world.after(undoMs, () => setDone(null));
    },
    undo: () => {
      if (!done) return;
      close();
      said.takeBack(`card ${done.cardId}`);
      void feedback(done.cardId, 'undone').then(again);
    },
    pin: (cardId, isPinned) =>
      void press(
        `pin ${cardId}`,
        (view) => withPin(view, cardId, isPinned),
        () => feedback(cardId, isPinned ? 'pinned' : 'unpinned'),
      ),
    look: (cardId) => void feedback(cardId, 'why'),
    tick: (id, isDone) =>
      void press(
        `step ${id}`,
        (view) => withTick(view, id, isDone),
        () => post('step', { id, done: isDone }),
      ),
    setQuiet: (quiet) =>
      void press(
        'quiet',
        (view) => ({ ...view, quiet }),
        () => post('quiet', { quiet }),
      ),
  };
}

const withPin = (view: LiveNow, cardId: string, isPinned: boolean): LiveNow => ({
  ...view,
  card: view.card?.id === cardId ? { ...view.card, pinned: isPinned } : view.card,
  past: (view.past ?? []).map((one) => (one.card.id === cardId ? { ...one, state: isPinned ? 'pinned' : 'collapsed' } : one)),
});

const withTick = (view: LiveNow, id: string, done: boolean): LiveNow =>
  view.checklist
    ? {
        ...view,
        checklist: { ...view.checklist, points: view.checklist.points.map((point) => (point.id === id ? { ...point, done } : point)) },
      }
    : view;
