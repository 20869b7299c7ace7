import type * as z from 'zod/mini';
import {
  type HelpedCallView,
  helpedCallView,
  type TeamLiveView,
  teamLiveView,
  teamSessionView,
  type WhisperView,
  whisperView,
} from '../../../shared/contracts/team.ts';
import { answer } from '../../../shared/contracts/view.ts';

/** What the service said; `signed-out` when it does not know who sits here. */
export type Said<T> = { ok: true; value: T } | { ok: false; why: string } | 'signed-out';

const KEPT = 'team.session';
const TIMEOUT_MS = 15_000;
const AWAY = 'Relationship OS could not be reached. We go on trying.';

/** The ticket of the address opens the session of this window, once; loaded anew, the window goes on with it. */
export async function signIn(ticket: string): Promise<Said<true>> {
  const said = await ask('POST', '/team/session', teamSessionView, { ticket });
  if (said === 'signed-out' || !said.ok) return said;
  sessionStorage.setItem(KEPT, said.value.token);
  return { ok: true, value: true };
}

export const isSignedIn = (): boolean => sessionStorage.getItem(KEPT) !== null;

export const look = (): Promise<Said<TeamLiveView>> => ask('GET', '/team/v1/live', teamLiveView);
export const lookAt = (callId: string): Promise<Said<HelpedCallView>> => ask('GET', `/team/v1/live/${callId}`, helpedCallView);
export const whisper = (callId: string, body: { requestId: string; text: string }): Promise<Said<WhisperView>> =>
  ask('POST', `/team/v1/calls/${callId}/whisper`, whisperView, body);

async function ask<T>(method: string, path: string, shape: z.ZodMiniType<T>, body?: object): Promise<Said<T>> {
  try {
    const reply = await fetch(path, {
      method,
      headers: { authorization: `Bearer ${sessionStorage.getItem(KEPT) ?? ''}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (reply.status === 401) {
      sessionStorage.removeItem(KEPT);
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
