import Anthropic from '@anthropic-ai/sdk';
import type { Fault } from '../../../shared/kit/result.ts';

/** What the SDK throws, in our words. Its messages may repeat what we sent, so they stop here. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Anthropic.APIConnectionError || error instanceof Anthropic.APIUserAbortError) {
    return { kind: 'broken', said: 'The language model did not answer in time.' };
  }
  // Trouble in the middle of a stream has a name and no status.
  const named = error instanceof Anthropic.APIError && error.status === undefined ? NAMED[error.type ?? ''] : undefined;
  const status = error instanceof Anthropic.APIError ? (named ?? Number(error.status)) : undefined;
  if (status === 401 || status === 403) return { kind: 'expired', said: 'The language model does not accept our key.' };
  if (status === 429 || status === 529 || status === 503) {
    const waitS = error instanceof Anthropic.APIError ? Number(error.headers?.get('retry-after') ?? Number.NaN) : Number.NaN;
    return { kind: 'busy', said: 'The language model is busy.', ...(waitS >= 0 ? { retryAfterMs: waitS * 1_000 } : {}) };
  }
  if (status !== undefined && status >= 400 && status < 500)
    return { kind: 'refused', said: `The language model refused our request (${status}).` };
  return { kind: 'broken', said: 'The language model broke.' };
}

const NAMED: Record<string, number> = {
  overloaded_error: 529,
  rate_limit_error: 429,
  authentication_error: 401,
  permission_error: 403,
  invalid_request_error: 400,
};
