import { useRef, useState } from 'react';
import type { Api, NotHere, Schema } from './api.ts';
import { newRequestId } from './request-id.ts';

interface Press<Verb extends string> {
  /** What was pressed and is not answered yet. */
  busy: Verb | null;
  trouble: NotHere | null;
  /** The service's answer, or null when the press was not taken (then `trouble` says why). */
  send<T>(verb: Verb, schema: Schema<T>, said?: Record<string, unknown>): Promise<T | null>;
}

/** The buttons of one thing, "changes/ID" or "calls/ID". A press whose answer was lost is repeated under its own id, so that it counts once. */
export function usePress<Verb extends string>(api: Api, of: string): Press<Verb> {
  const [busy, setBusy] = useState<Verb | null>(null);
  const [trouble, setTrouble] = useState<NotHere | null>(null);
  const open = useRef<{ press: string; requestId: string } | null>(null);

  const send = async <T>(verb: Verb, schema: Schema<T>, said: Record<string, unknown> = {}): Promise<T | null> => {
    const press = JSON.stringify([verb, of, said]);
    if (open.current?.press !== press) open.current = { press, requestId: newRequestId() };
    setBusy(verb);
    setTrouble(null);
    const asked = await api.post(`/v1/${of}/${verb}`, schema, { requestId: open.current.requestId, ...said });
    setBusy(null);
    if (asked.is !== 'offline') open.current = null;
    if (asked.is === 'here') return asked.value;
    setTrouble(asked);
    return null;
  };
  return { busy, trouble, send };
}
