import { type LiveView, liveView } from '@ros/contracts';
import { useCallback, useRef, useState } from 'react';
import type { Api, NotHere } from './api.ts';
import type { LiveNow } from './live-now.ts';
import { newRequestId } from './request-id.ts';
import { useLoop } from './use-loop.ts';
import { usePaint } from './use-paint.ts';
import { useSaid } from './use-said.ts';
import { type Touch, useTouch } from './use-touch.ts';
import type { World } from './world.ts';

export type { LiveNow } from './live-now.ts';

export interface Live {
  view: LiveNow | null;
  /** The view above is the last one known; what stands here keeps us from a newer one. */
  trouble: NotHere | null;
  /** `joined`: somebody came late, and is asked before anything more is heard. */
  consent(value: 'granted' | 'refused' | 'joined'): void;
  /** Somebody came late, and has not agreed yet. */
  hasJoined: boolean;
  touch: Touch;
  /** This card is on the screen now. */
  painted(cardId: string): void;
  /** Only its rep sees the call from now on. */
  keepPrivate(): void;
  /** Nobody listens any more, and nothing of the call is kept. */
  destroy(): void;
  /** The service has taken the press. */
  isPrivate: boolean;
}

const retryMs = 2_000;

/** What goes on while nothing else moves: what the call costs, and who helps. */
const since = ({ help: _, ...view }: LiveNow, { spend, unguided, help }: Extract<LiveView, { state: 'same' }>): LiveNow => ({
  ...view,
  ...(spend ? { spend } : {}),
  ...(unguided === undefined ? {} : { unguided }),
  ...(help ? { help } : {}),
});

/** Follows a running call by asking with a cursor; `onEnded` is told once. */
export function useLive(world: World, api: Api, callId: string, onEnded: () => void): Live {
  const [view, setView] = useState<LiveNow | null>(null);
  const [trouble, setTrouble] = useState<NotHere | null>(null);
  const [isPrivate, setPrivate] = useState(false);
  const [hasJoined, setJoined] = useState(false);
  const said = useSaid();
  const { known, settle } = said;
  const { painted, query } = usePaint(world);
  const cursor = useRef(0);
  const last = useRef<{ view: LiveNow; at: number } | null>(null);

  const step = useCallback(
    async (isLatest: () => boolean) => {
      const paint = query();
      const taken = known();
      const asked = await api.get(`/v1/calls/${callId}/live?since=${cursor.current}${paint.words}`, liveView);
      if (asked.is === 'here') paint.arrived();
      if (!isLatest()) return null;
      if (asked.is !== 'here') {
        setTrouble(asked);
        return retryMs;
      }
      setTrouble(null);
      settle(taken);
      const { value } = asked;
      if (value.state === 'ended') {
        onEnded();
        return null;
      }
      cursor.current = value.seq;
      if (value.state === 'live') last.current = { view: value, at: world.now() };
      else if (last.current) last.current.view = since(last.current.view, value);
      // A silent call still shows that time passes.
      if (last.current) setView({ ...last.current.view, elapsedMs: last.current.view.elapsedMs + world.now() - last.current.at });
      return value.pollMs;
    },
    [world, api, callId, onEnded, query, known, settle],
  );
  const again = useLoop(world, step);

  const post = async (path: string, body: Record<string, unknown>) => {
    const asked = await api.tell(`/v1/calls/${callId}/${path}`, { requestId: newRequestId(), ...body });
    if (asked.is !== 'here') setTrouble(asked);
    return asked.is === 'here';
  };
  const touch = useTouch({ world, said, post, again });
  return {
    view: view && said.over(view),
    trouble,
    consent: (consent) => {
      const takesBack = consent === 'granted' && view?.consent === 'refused' ? { takesBack: true } : {};
      void post('consent', { consent, ...takesBack }).then((isDone) => {
        if (!isDone) return;
        setJoined(consent === 'joined');
        again();
      });
    },
    hasJoined,
    keepPrivate: () => void post('private', {}).then((isDone) => isDone && setPrivate(true)),
    destroy: () => void post('destroy', {}).then((isDone) => isDone && onEnded()),
    isPrivate,
    touch,
    painted,
  };
}
