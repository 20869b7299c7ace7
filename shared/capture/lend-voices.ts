import type { Utterance } from '../contracts/transcript.ts';

/** Better words without voices take the voice that another hearing of the same recording had there; where it heard nobody, the nearest one. */
export function lendVoices(words: readonly Utterance[], voiced: readonly Utterance[]): Utterance[] {
  return words.map((said) => {
    const [of] = voiced.toSorted((one, other) => apartMs(said, one) - apartMs(said, other));
    return of ? { ...said, role: of.role, speaker: of.speaker } : said;
  });
}

/** Below 0 where they overlap, the longer the further. */
const apartMs = (one: Utterance, other: Utterance): number => Math.max(one.startMs, other.startMs) - Math.min(one.endMs, other.endMs);
