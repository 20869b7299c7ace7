import type * as z from 'zod/mini';
import {
  callingSessionView,
  type DialView,
  dialView,
  myPhoneView,
  phoneCall,
  type RingingView,
  ringingView,
} from '../../../shared/contracts/phone.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { answer } from '../../../shared/contracts/view.ts';

/** What the service said; `signed-out` when it no longer knows who sits here. */
export type Said<T> = { ok: true; value: T } | { ok: false; why: string } | 'signed-out';

const KEPT = 'calling.session';
const TIMEOUT_MS = 15_000;
const AWAY = 'Relationship OS could not be reached. Nothing was lost; try again in a minute.';

export const isSignedIn = (): boolean => localStorage.getItem(KEPT) !== null;
const signOut = (): void => localStorage.removeItem(KEPT);

/** True when the code was good: from then on this browser is known, for a week. */
export async function signIn(code: string): Promise<Said<true>> {
  const said = await ask('POST', '/calling/session', callingSessionView, { code });
  if (said === 'signed-out' || !said.ok) return said;
  localStorage.setItem(KEPT, said.value.token);
  return { ok: true, value: true };
}

export const dial = (record: RecordRef, body: { requestId: string; number: string }): Promise<Said<DialView>> =>
  ask('POST', `/calling/v1/record/${record.object}/${record.id}/call`, dialView, body);
export const ringing = (since: number): Promise<Said<RingingView>> => ask('GET', `/calling/v1/calls/ringing?since=${since}`, ringingView);
export const hangUp = (callId: string) => ask('POST', `/calling/v1/calls/${callId}/hang-up`, phoneCall, { requestId: crypto.randomUUID() });
export const saveMyPhone = (number: string) =>
  ask('POST', '/calling/v1/settings/my-phone', myPhoneView, { requestId: crypto.randomUUID(), number });

async function ask<T>(method: string, path: string, shape: z.ZodMiniType<T>, body?: object): Promise<Said<T>> {
  try {
    const reply = await fetch(path, {
      method,
      headers: { authorization: `Bearer ${localStorage.getItem(KEPT) ?? ''}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (reply.status === 401) {
      signOut();
      return 'signed-out';
    }
    const read = answer(shape).safeParse(await reply.json());
    if (!read.success) return { ok: false, why: AWAY };
    const said = read.data;
    return said.ok ? { ok: true, value: said.value as T } : { ok: false, why: said.what };
  } catch {
    return { ok: false, why: AWAY };
  }
}
