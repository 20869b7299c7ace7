import type { Word } from '../../contracts/transcript.ts';
import { questionsIn } from '../../understand/metrics/speech.ts';

const ENDS = /[.?!…]["'”’)]*$/;

/** Do these words of a turn stand in a question? Told by the mark where the recogniser sets one, else by how the sentence begins. */
export function isAsked(words: readonly Word[], first: number, last: number): boolean {
  let from = first;
  while (from > 0 && !ENDS.test(words[from - 1]?.text ?? '')) from -= 1;
  let to = last;
  while (to < words.length - 1 && !ENDS.test(words[to]?.text ?? '')) to += 1;
  const sentence = words
    .slice(from, to + 1)
    .map(({ text }) => text)
    .join(' ');
  return questionsIn(sentence).asked > 0;
}
