import { plain } from '../../kit/ids.ts';
import { numberOf, wordsOf } from './words.ts';

/** What somebody looks for. */
export interface Query {
  text: string;
  /** Telling words, each once. */
  words: { text: string; number: number }[];
  /** What stood in quotation marks: it has to be there as it is, but for case and accents. */
  phrases: string[];
}

/** Words in any order; what stands in "quotation marks" has to be said like that. */
export function readQuery(text: string): Query {
  const words = [...new Set(wordsOf(text))].slice(0, WORDS_MAX);
  const phrases = [...text.matchAll(/["“„«]([^"“”„«»]{2,})["”“»]/g)].flatMap(([, phrase = '']) => plain(phrase) || []);
  return { text: text.trim(), words: words.map((word) => ({ text: word, number: numberOf(word) })), phrases };
}

const WORDS_MAX = 12;
