import { type ChangeItem, changeItem } from '@ros/contracts';
import { useRef, useState } from 'react';
import type { Api, NotHere } from './api.ts';
import { newRequestId } from './request-id.ts';

export interface Email {
  subject: string;
  body: string;
}

export interface Decide {
  busy: 'approve' | 'decline' | null;
  trouble: NotHere | null;
  /** The item as the service keeps it now, or null when it was not taken (then `trouble` says why). */
  approve(email?: Email, values?: Record<string, string>): Promise<ChangeItem | null>;
  decline(): Promise<ChangeItem | null>;
}

/** A person's word on one change. It names the version the person saw. */
export function useDecide(api: Api, change: Pick<ChangeItem, 'id' | 'version'>): Decide {
  const [busy, setBusy] = useState<Decide['busy']>(null);
  const [trouble, setTrouble] = useState<NotHere | null>(null);
  // A press whose answer was lost is repeated under its own id, so that it counts once.
  const open = useRef<{ press: string; requestId: string } | null>(null);

  const send = async (verb: 'approve' | 'decline', email?: Email, values?: Record<string, string>) => {
    const press = JSON.stringify([verb, change.id, change.version, email, values]);
    if (open.current?.press !== press) open.current = { press, requestId: newRequestId() };
    setBusy(verb);
    setTrouble(null);
    const asked = await api.post(`/v1/changes/${change.id}/${verb}`, changeItem, {
      requestId: open.current.requestId,
      version: change.version,
      ...(email ? { email } : {}),
      ...(values ? { values } : {}),
    });
    setBusy(null);
    if (asked.is !== 'offline') open.current = null;
    if (asked.is === 'here') return asked.value;
    setTrouble(asked);
    return null;
  };
  return { busy, trouble, approve: (email, values) => send('approve', email, values), decline: () => send('decline') };
}
