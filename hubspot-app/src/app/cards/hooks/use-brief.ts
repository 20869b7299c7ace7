import { type BriefView, briefView } from '@ros/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Api } from './api.ts';
import type { Shown } from './use-answer.ts';

export interface Briefing {
  /** Null while nobody wants it. */
  shown: Shown<BriefView> | null;
  open(): void;
  close(): void;
}

/** The brief of a record: asked for once, by a press or because a meeting begins soon. A meeting that somebody closed it for stays closed. */
export function useBrief(api: Api, record: string, meetingAt?: string): Briefing {
  const [shown, setShown] = useState<Briefing['shown']>(null);
  const round = useRef(0);
  const close = useCallback(() => {
    round.current += 1;
    setShown(null);
  }, []);
  const open = useCallback(() => {
    round.current += 1;
    const mine = round.current;
    setShown({ is: 'loading' });
    void api.get(`${record}/brief`, briefView).then((asked) => {
      // A late answer belongs to a brief that was closed, or asked for again.
      if (round.current === mine) setShown(asked);
    });
  }, [api, record]);
  useEffect(() => {
    if (meetingAt !== undefined) open();
    else close();
  }, [meetingAt, open, close]);
  return { shown, open, close };
}
