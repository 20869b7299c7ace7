import type { Utterance } from '../../contracts/transcript.ts';

/**
 * What a transcript's times can tell. `none`: there are none, or they were counted from the words. `starts`: ends were filled in with the
 * next start, so no silence shows. `turns`: both are heard, one voice at a time. `tracks`: both sides were heard apart and may overlap.
 */
export type Timing = 'none' | 'starts' | 'turns' | 'tracks';

export function timingOf(utterances: readonly Utterance[]): Timing {
  const spoken = utterances.filter((one) => one.text.trim() !== '');
  if (spoken.length === 0 || !spoken.every(isTimed) || spoken.every((one) => one.endMs === one.startMs)) return 'none';
  const closed = spoken.slice(1).every((one, at) => one.startMs === spoken[at]?.endMs);
  if (spoken.length > 2 && closed) return countedFromWords(spoken) ? 'none' : 'starts';
  if (spoken.some((one) => one.endMs === one.startMs)) return 'starts';
  return overlaps(spoken) ? 'tracks' : 'turns';
}

const isTimed = (one: Utterance): boolean =>
  Number.isFinite(one.startMs) && Number.isFinite(one.endMs) && one.startMs >= 0 && one.endMs >= one.startMs;

/** Nobody speaks every turn at one pace to the millisecond. */
function countedFromWords(spoken: readonly Utterance[]): boolean {
  const pace = spoken.map((one) => (one.endMs - one.startMs) / one.text.trim().split(/\s+/).length);
  return Math.max(...pace) - Math.min(...pace) < 1;
}

/** Once is proof: one microphone's turns follow each other. */
function overlaps(spoken: readonly Utterance[]): boolean {
  const ends = { rep: 0, customer: 0, other: 0 };
  for (const one of spoken.toSorted((a, b) => a.startMs - b.startMs)) {
    if (one.role === 'rep' && ends.customer > one.startMs) return true;
    if (one.role === 'customer' && ends.rep > one.startMs) return true;
    ends[one.role] = Math.max(ends[one.role], one.endMs);
  }
  return false;
}
