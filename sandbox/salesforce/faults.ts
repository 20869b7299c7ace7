import { dice } from '../kit/dice.ts';

/** What a real org does on a bad day. `lost` and `garbled` happen after the work was done: the caller cannot know. */
export type Fault = 'lock' | 'unavailable' | 'unknown' | 'limit' | 'expired' | 'lost' | 'garbled' | 'hang';

export type Faults = (request: { method: string; path: string }) => Fault | undefined;

const answers: Record<Exclude<Fault, 'hang'>, readonly [status: number, errorCode: string, message: string]> = {
  lock: [400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record'],
  unavailable: [503, 'SERVER_UNAVAILABLE', 'The server is temporarily unavailable'],
  unknown: [500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred. Please include this ErrorId if you contact support'],
  limit: [403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'],
  expired: [401, 'INVALID_SESSION_ID', 'Session expired or invalid'],
  lost: [503, 'SERVER_UNAVAILABLE', 'The server is temporarily unavailable'],
  garbled: [200, '', ''],
};

/** Carries out the request, or the bad day instead. */
export async function suffer(fault: Fault | undefined, work: () => Promise<Response>): Promise<Response> {
  if (fault === undefined) return work();
  if (fault === 'hang') return new Promise(() => {});
  if (fault === 'lost' || fault === 'garbled') await work();
  if (fault === 'garbled')
    return new Response('<html><body>Down for maintenance</body></html>', { headers: { 'content-type': 'text/html' } });
  const [status, errorCode, message] = answers[fault];
  return Response.json([{ message, errorCode }], { status });
}

/** The given share of API calls goes wrong, the same ones for the same seed. */
export function seededFaults(
  share: number,
  seed: number,
  kinds: readonly Fault[] = ['lock', 'unavailable', 'unknown', 'lost', 'garbled', 'expired'],
): Faults {
  const random = dice(seed);
  return ({ path }) => (path.startsWith('/services/data/') && random() < share ? kinds[Math.floor(random() * kinds.length)] : undefined);
}
