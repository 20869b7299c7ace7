import { sayDate } from '../kit/time.ts';
import type { Touch } from './touch.ts';

/** Why two people are close, in a line: "You spoke 3 times, last on Tuesday". `who` is the one of ours. */
export function explainTouch(touches: readonly Touch[], now: string, zone: string, who = 'You'): string {
  const last = touches.map((touch) => touch.at).sort((a, b) => Date.parse(b) - Date.parse(a))[0];
  if (last === undefined) return `${who} never spoke`;
  const times = touches.length === 1 ? 'once' : touches.length === 2 ? 'twice' : `${touches.length} times`;
  const day = sayDate(last, now, zone);
  const when = /^(today|yesterday)$/.test(day) ? day : `on ${day}`;
  return touches.length === 1 ? `${who} spoke once, ${when}` : `${who} spoke ${times}, last ${when}`;
}
