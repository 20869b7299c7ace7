import { type Around, QUESTION } from './around.ts';
import { isNegation, textOf, type Word } from './word.ts';

/** What makes a true quote unsafe to act on alone: the doubts, conditions and denials of its sentence, as they were said. */
export function cautions(span: readonly Word[], round: Around): string[] {
  const found = new Set<string>();
  for (const word of [...round.before, ...round.after]) if (hedges(word) || isNegation(word)) found.add(word.text);
  for (const word of span) if (hedges(word)) found.add(word.text);
  const limit = LIMITS.exec(textOf(round.clause))?.[1];
  if (limit && span[0]?.text.startsWith('#')) found.add(limit);
  const bound = round.breaksAfter ? undefined : BOUNDS.exec(textOf(round.after.slice(0, 2)))?.[0];
  if (bound) found.add(bound);
  // Of a question the whole may be shown, or its beginning; another part of it reads as a statement.
  const asks = round.opens && (round.after.length === 0 || QUESTION.has(span[0]?.text ?? ''));
  if (round.isQuestion && !asks) found.add('question');
  if (REPORTS.test(textOf(round.clause))) found.add('reported');
  return [...found];
}

/** "May" with a capital is a month, unless it begins. */
const hedges = (word: Word): boolean => HEDGES.has(word.text) && !(word.text === 'may' && word.cap);

const HEDGES = new Set(
  'if unless maybe perhaps might may hypothetically suppose supposing assuming would could should probably possibly potentially doubt doubtful unlikely hopefully joking kidding depends depending provided pending tentatively roughly whether until'.split(
    ' ',
  ),
);
/** "then" is how "than" is spelled here. */
const LIMITS = /\b(more then|less then|fewer then|at least|at most|up to|under|over|above|below|about|around|roughly|only|within|not)$/;
/** "She approves anything | above ten thousand": what comes next makes less of it. */
const BOUNDS =
  /^(?:north of|above|over|under|below|beyond|up to|except|apart from|other then|more then|less then|as long|but|only|without|within)\b/;
const REPORTS =
  /(?<!\b(?:i|we)(?: [a-z]+){0,2} )\b(?:said|says|told (?:me|us|them)|claims?|claimed|mentioned|thinks|promised|asked|according to [a-z]+)(?: that)?$/;
