import type { ParkedWhy } from '../contracts/change.ts';
import { type Fault, type FieldAsk, passes } from '../kit/result.ts';

/** What becomes of a change whose write failed. `said` is for a person. */
export type Verdict =
  | { do: 'later'; atMs: number; said: string }
  | { do: 'park'; said: string; why: ParkedWhy; asks?: readonly FieldAsk[] }
  | { do: 'suggest'; said: string };

const firstWaitMs = 1_000;
/** What passes by itself passes soon, and sparing a CRM that is down is the breaker's part: only late tries wait long. */
const soonTries = 10;
const soonWaitMs = 60_000;
const lastWaitMs = 60 * 60_000;
const triesMax = 20;
const ageMaxMs = 24 * 60 * 60_000;
/** After a day without a connection a change is old before its first try. */
const triesMin = 3;

/**
 * `tries` counts this one; `sinceMs` is when it became due; `luck` (0 ≤ luck < 1) spreads retries over the whole wait, so that
 * writers that failed together do not come back together. What the CRM asks for is a minimum.
 */
export function afterFault(fault: Fault, { tries, sinceMs }: { tries: number; sinceMs: number }, nowMs: number, luck: number): Verdict {
  if (fault.kind === 'changed') return { do: 'suggest', said: fault.said };
  if (fault.kind === 'lacks') return { do: 'park', said: fault.said, why: 'lacks', ...(fault.asks ? { asks: fault.asks } : {}) };
  if (fault.ambiguous !== true && !passes(fault)) return { do: 'park', said: fault.said, why: fault.kind === 'gone' ? 'gone' : 'refused' };
  if (tries >= triesMax) return { do: 'park', said: `${fault.said} It was tried ${tries} times.`, why: 'tried-out' };
  if (nowMs - sinceMs >= ageMaxMs && tries >= triesMin)
    return { do: 'park', said: `${fault.said} It was tried for a day.`, why: 'too-old' };
  const wait = luck * Math.min(tries <= soonTries ? soonWaitMs : lastWaitMs, firstWaitMs * 2 ** tries);
  return { do: 'later', atMs: nowMs + Math.max(Math.round(wait), fault.retryAfterMs ?? 0), said: fault.said };
}
