import { type ListenView, listenView } from '@ros/contracts';
import { useRef, useState } from 'react';
import type { Api, NotHere } from './api.ts';
import { newRequestId } from './request-id.ts';

export interface Listening {
  busy: boolean;
  trouble: NotHere | null;
  /** The page that waits to be opened; its address works once. */
  page: ListenView | null;
  start(): Promise<void>;
  opened(): void;
}

/** A conversation that the rep's own browser hears. A press whose answer was lost is repeated under its own id: one call, not two. */
export function useListen(api: Api, record: string): Listening {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<NotHere | null>(null);
  const [page, setPage] = useState<ListenView | null>(null);
  const open = useRef<string | null>(null);

  const start = async () => {
    open.current ??= newRequestId();
    setBusy(true);
    setTrouble(null);
    const asked = await api.post(`${record}/listen`, listenView, { requestId: open.current });
    setBusy(false);
    if (asked.is !== 'offline') open.current = null;
    if (asked.is === 'here') setPage(asked.value);
    else setTrouble(asked);
  };
  return { busy, trouble, page, start, opened: () => setPage(null) };
}
