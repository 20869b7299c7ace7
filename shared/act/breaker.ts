/** Spares a CRM that is down: it gets one probe now and then until it answers. */
export interface Breaker {
  /** Failures since the last answer. */
  inARow: number;
  /** The last twenty outcomes, oldest first; true is a failure. */
  recent: boolean[];
  /** Open until then, a probe from then on; 0 while closed. */
  untilMs: number;
  waitMs: number;
}

export const closed: Breaker = { inARow: 0, recent: [], untilMs: 0, waitMs: 0 };

const inARowMax = 5;
const recentMax = 20;
const firstWaitMs = 30_000;
const lastWaitMs = 10 * 60_000;

export const isOpen = ({ untilMs }: Breaker, nowMs: number): boolean => nowMs < untilMs;
/** One write at a time until it is known whether the CRM is back. */
export const isProbing = ({ untilMs }: Breaker, nowMs: number): boolean => untilMs > 0 && nowMs >= untilMs;

/** The CRM answered, even if with a no. What comes in while open left before it opened and proves nothing. */
export function answered(breaker: Breaker, nowMs: number): Breaker {
  if (isOpen(breaker, nowMs)) return breaker;
  if (isProbing(breaker, nowMs)) return closed;
  return { ...breaker, inARow: 0, recent: [...breaker.recent, false].slice(-recentMax) };
}

/** The CRM was busy, broken or silent. */
export function stumbled(breaker: Breaker, nowMs: number): Breaker {
  if (isOpen(breaker, nowMs)) return breaker;
  if (isProbing(breaker, nowMs)) {
    const waitMs = Math.min(lastWaitMs, breaker.waitMs * 2);
    return { ...breaker, untilMs: nowMs + waitMs, waitMs };
  }
  const inARow = breaker.inARow + 1;
  const recent = [...breaker.recent, true].slice(-recentMax);
  const isTooMuch = inARow >= inARowMax || (recent.length === recentMax && recent.filter(Boolean).length * 2 >= recentMax);
  return isTooMuch ? { inARow, recent, untilMs: nowMs + firstWaitMs, waitMs: firstWaitMs } : { ...breaker, inARow, recent };
}
