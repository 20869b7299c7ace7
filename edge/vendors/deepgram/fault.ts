import type { Fault } from '../../../shared/kit/result.ts';

/** An HTTP status of theirs in our words. Their own text may repeat what was said on a call, so it stops here. */
export function faultOf(status: number | undefined): Fault {
  if (status === 401 || status === 403) return { kind: 'expired', said: 'Deepgram does not accept our key.' };
  if (status === 429) return { kind: 'busy', said: 'Deepgram has no free place for us right now.', retryAfterMs: 5_000 };
  if (status === 503) return { kind: 'busy', said: 'Deepgram is overloaded.', retryAfterMs: 5_000 };
  if (status !== undefined && status >= 400 && status < 500) return { kind: 'refused', said: `Deepgram refused our request (${status}).` };
  return { kind: 'broken', said: status === undefined ? 'Deepgram did not answer.' : `Deepgram broke (${status}).` };
}
