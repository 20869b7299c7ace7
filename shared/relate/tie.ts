import { burstAt, type Memory, noMemory, remember, scalesAt } from './memory.ts';
import { type Touch, weighTouch } from './touch.ts';

/** What we know of two people, seen from one of them. */
export interface Tie {
  /** What the other one sent us, or said. */
  theirs: Memory;
  ours: Memory;
  /** Strength we were told about rather than saw; it does not fade. */
  prior: number;
}

export const stranger: Tie = { theirs: noMemory, ours: noMemory, prior: 0 };

// What we send counts 0.3 of what they send, and a tie that only one side feeds counts half.
const ownShare = 0.3;
const oneWay = 0.5;

/** The tie with one more contact. `null` when it came late (a day before the last one of its direction): fold the evidence anew. */
export function addTouch(tie: Tie, touch: Touch): Tie | null {
  const atMs = Date.parse(touch.at);
  const weight = Number.isNaN(atMs) ? 0 : weighTouch(touch);
  const way = touch.way ?? 'both';
  const theirs = way === 'out' ? tie.theirs : remember(tie.theirs, atMs, weight);
  const ours = way === 'in' ? tie.ours : remember(tie.ours, atMs, weight);
  return theirs && ours ? { ...tie, theirs, ours } : null;
}

/** The tie that this evidence makes, in whatever order it comes; contacts after `nowMs` do not count yet. */
export function foldTouches(touches: readonly Touch[], nowMs: number, prior = 0): Tie {
  const past = touches.filter(({ at }) => Date.parse(at) <= nowMs).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return past.reduce<Tie>((tie, touch) => addTouch(tie, touch) ?? tie, { ...stranger, prior });
}

/** The same tie, seen by the other one. */
export const turn = ({ theirs, ours, prior }: Tie): Tie => ({ theirs: ours, ours: theirs, prior });

export const isMutual = ({ theirs, ours }: Tie): boolean => theirs.today > 0 && ours.today > 0;

/** How readily the other one answers us: R on the two scales at a moment. What was told lasts, so it lies on the slow one. */
export function responseAt(tie: Tie, nowMs: number): { fast: number; slow: number } {
  const gate = isMutual(tie) ? 1 : oneWay;
  const theirs = scalesAt(tie.theirs, nowMs);
  const ours = scalesAt(tie.ours, nowMs);
  return { fast: gate * (theirs.fast + ownShare * ours.fast), slow: gate * (theirs.slow + ownShare * ours.slow) + tie.prior };
}

/** What ranks people by who is next: R with a third scale, of a day, for the conversation that is going on now. */
export function momentumAt(tie: Tie, nowMs: number): number {
  const { fast, slow } = responseAt(tie, nowMs);
  return fast + slow + (isMutual(tie) ? 1 : oneWay) * (burstAt(tie.theirs, nowMs) + ownShare * burstAt(tie.ours, nowMs));
}
