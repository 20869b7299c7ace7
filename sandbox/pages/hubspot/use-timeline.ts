import { useCallback, useEffect, useRef, useState } from 'react';
import type { TimelineView } from './timeline.ts';

const everyMs = 1_500;

/** The record as the CRM has it, read again every moment and whenever a card asks. */
export function useTimeline(): { timeline: TimelineView | undefined; refresh: () => void } {
  const [timeline, setTimeline] = useState<TimelineView>();
  const last = useRef('');
  const refresh = useCallback(async () => {
    const answer = await fetch('timeline.json').catch(() => undefined);
    const text = answer?.ok ? await answer.text() : '';
    if (text === '' || text === last.current) return;
    last.current = text;
    setTimeline(JSON.parse(text));
  }, []);
  useEffect(() => {
    void refresh();
    const timer = setInterval(() => void refresh(), everyMs);
    return () => clearInterval(timer);
  }, [refresh]);
  return { timeline, refresh: () => void refresh() };
}
