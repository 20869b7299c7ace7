import { type CallingCodeView, callingCodeView } from '@ros/contracts';
import { useState } from 'react';
import type { Api, NotHere } from './api.ts';
import { newRequestId } from './request-id.ts';

export interface CallingCode {
  busy: boolean;
  trouble: NotHere | null;
  /** One use, five minutes. */
  code: CallingCodeView | null;
  ask(): Promise<void>;
}

/** HubSpot's calling window has no proof of who sits there: the card has, and hands it a code. */
export function useCallingCode(api: Api): CallingCode {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<NotHere | null>(null);
  const [code, setCode] = useState<CallingCodeView | null>(null);

  const ask = async () => {
    setBusy(true);
    setTrouble(null);
    const asked = await api.post('/v1/calling/code', callingCodeView, { requestId: newRequestId() });
    setBusy(false);
    if (asked.is === 'here') setCode(asked.value);
    else setTrouble(asked);
  };
  return { busy, trouble, code, ask };
}
