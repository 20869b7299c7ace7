import type { Utterance } from '../contracts/transcript.ts';

/** The rep's part of all speech, 0..1: by time where the transcript has it, else by words. Nobody spoke: 0. */
export function talkShare(utterances: readonly Utterance[]): number {
  const timed =
    utterances.every((one) => Number.isFinite(one.startMs) && Number.isFinite(one.endMs)) &&
    utterances.some((one) => one.endMs > one.startMs);
  const size = (one: Utterance): number => (timed ? Math.max(0, one.endMs - one.startMs) : (one.text.match(/\S+/g)?.length ?? 0));
  let rep = 0;
  let all = 0;
  for (const one of utterances) {
    all += size(one);
    if (one.role === 'rep') rep += size(one);
  }
  return all === 0 ? 0 : rep / all;
}
