/** What a running call may still have heard live. Seconds are of one voice; a call of two uses two in a second. */
export interface Allowance {
  /** Sent to recognition so far. */
  heardS: number;
  /** So much of it is taken out of the month already. */
  heldS: number;
  isAsking: boolean;
  /** The month has no more: what is held is the last. */
  isOver: boolean;
  /** Nobody answered the last question. */
  isAway: boolean;
  /** Not asked again before this much is heard. */
  askAtS: number;
}

export const noneYet = (heardS = 0): Allowance => ({ heardS, heldS: heardS, isAsking: false, isOver: false, isAway: false, askAtS: 0 });

/** Taken at a time, and when the next is asked for: half a minute of a call, and a quarter. */
const TAKE_S = 60;
const LOW_S = 30;
/** Heard on trust while an answer is on its way. This, for each call that runs, is all that a month can go over its cap. */
const trustS = 20;
/** The same while the ledger is away: guidance outlives a short outage and not a long one. */
const awayS = 600;
const ASK_AGAIN_S = 30;

export const mayListen = ({ heardS, heldS, isOver, isAway }: Allowance): boolean => heardS < heldS + (isOver ? 0 : isAway ? awayS : trustS);

/** So much more was sent. `ask`: take up to this many seconds, in all, out of the month. */
export function hear(before: Allowance, seconds: number): { next: Allowance; ask?: number } {
  const heardS = before.heardS + seconds;
  const isLow = before.heldS - heardS < LOW_S && heardS >= before.askAtS;
  if (before.isAsking || before.isOver || !isLow) return { next: { ...before, heardS } };
  return { next: { ...before, heardS, isAsking: true }, ask: Math.ceil(Math.max(heardS, before.heldS) + TAKE_S) };
}

/** What the ledger said to the question for `askedS`. */
export function answered(before: Allowance, said: 'taken' | 'over' | 'away', askedS: number): Allowance {
  const at = { ...before, isAsking: false, isAway: said === 'away' };
  if (said === 'taken') return { ...at, heldS: Math.max(at.heldS, askedS), askAtS: 0 };
  if (said === 'over') return { ...at, isOver: true };
  return { ...at, askAtS: at.heardS + ASK_AGAIN_S };
}
