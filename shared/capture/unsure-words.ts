import type { Utterance, Word } from '../contracts/transcript.ts';

/** Below this the recogniser guesses more than it hears. */
const UNSURE = 0.6;
/** So many of one utterance are kept; with more of them, the whole of it was badly heard. */
const MOST = 50;

/** Words that were hardly heard: an average hides the one figure that was mumbled. */
export function unsureIn(words: readonly Pick<Word, 'text' | 'confidence'>[]): Pick<Utterance, 'unsure'> {
  const unsure = words.filter(({ confidence }) => confidence < UNSURE).slice(0, MOST);
  return unsure.length === 0 ? {} : { unsure: unsure.map(({ text, confidence }) => ({ text, confidence })) };
}
