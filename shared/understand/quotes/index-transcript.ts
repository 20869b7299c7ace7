import type { Utterance } from '../../contracts/transcript.ts';
import { readWords } from './read-words.ts';
import { isNegation, type Word } from './word.ts';

/** A transcript made ready to be searched; asks nothing of the order of `seq`, only that utterances stand in the order of time. */
export interface TranscriptIndex {
  utterances: readonly Utterance[];
  words: readonly Word[];
  /** Of each word: the utterance it stands in, by place in the list. */
  owner: Uint32Array;
  /** Of each word: its number in `ids`. */
  id: Int32Array;
  ids: ReadonlyMap<string, number>;
  /** Of each number: the places of its words in order. */
  places: readonly (readonly number[])[];
  /** Of each utterance: its first word; one entry more than there are utterances. */
  first: Uint32Array;
}

/** Made once a transcript; any number of quotes is then looked up in it. */
export function indexTranscript(utterances: readonly Utterance[]): TranscriptIndex {
  const words: Word[] = [];
  const first = new Uint32Array(utterances.length + 1);
  utterances.forEach((utterance, nth) => {
    first[nth] = words.length;
    for (const word of readWords(utterance.text)) words.push(word);
  });
  first[utterances.length] = words.length;

  const owner = new Uint32Array(words.length);
  for (let nth = 0; nth < utterances.length; nth++) owner.fill(nth, first[nth], first[nth + 1]);

  const id = new Int32Array(words.length);
  const ids = new Map<string, number>();
  const places: number[][] = [];
  words.forEach((word, at) => {
    const key = keyOf(word);
    let number = ids.get(key);
    if (number === undefined) {
      number = places.length;
      ids.set(key, number);
      places.push([]);
    }
    id[at] = number;
    places[number]?.push(at);
  });
  return { utterances, words, owner, id, ids, places, first };
}

/** Words with one key are the same word to a quote: every denial is a "not". */
export const keyOf = (word: Word): string => (isNegation(word) ? 'not' : word.text);
