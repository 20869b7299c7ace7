import type { Utterance } from '../../contracts/transcript.ts';
import { numberOf, wordsOf } from './words.ts';

export interface CallIndex {
  /** Each word of the call with the turns it was said in. */
  words: { word: number; seqs: number[] }[];
  /** The turns that say enough to be about something. */
  telling: { seq: number; text: string }[];
}

/** What the search needs to know of a call. The same transcript always gives the same. */
export function indexCall(utterances: readonly Utterance[]): CallIndex {
  const places = new Map<number, Set<number>>();
  const telling: CallIndex['telling'] = [];
  for (const { seq, text } of utterances) {
    const words = new Set(wordsOf(text));
    for (const word of words) {
      const number = numberOf(word);
      const seqs = places.get(number) ?? new Set<number>();
      if (places.size >= WORDS_MAX && seqs.size === 0) continue;
      if (seqs.size < SEQS_MAX) places.set(number, seqs.add(seq));
    }
    if (words.size >= TELLING_WORDS && telling.length < TELLING_MAX) telling.push({ seq, text });
  }
  return { words: [...places].map(([word, seqs]) => ({ word, seqs: [...seqs] })), telling };
}

const TELLING_WORDS = 3;
const TELLING_MAX = 3_000;
const WORDS_MAX = 20_000;
const SEQS_MAX = 500;
