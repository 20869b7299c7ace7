import type { Utterance } from '../../contracts/transcript.ts';
import { isBackChannel } from './speech.ts';

/** One side's stretch of talk: pauses under a second and a half and the other's "mm-hm" do not break it. */
export interface Run {
  role: 'rep' | 'customer';
  startMs: number;
  endMs: number;
}

const GAP_MS = 1_500;

/** Who held the floor, in order. `utterances` are in the order of time; a "mm-hm" holds none. */
export function runsOf(utterances: readonly Utterance[]): Run[] {
  const runs: Run[] = [];
  for (const one of utterances) {
    if (one.role === 'other') continue;
    const last = runs.at(-1);
    const goesOn = last?.role === one.role && one.startMs - last.endMs < GAP_MS;
    if (goesOn) last.endMs = Math.max(last.endMs, one.endMs);
    else if (!isBackChannel(one.text)) runs.push({ role: one.role, startMs: one.startMs, endMs: one.endMs });
  }
  return runs;
}
