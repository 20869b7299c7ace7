import type { Token } from './token.ts';
import { tokens } from './tokenise.ts';

/**
 * A sentence as the cue rules read it: lower case, contractions spelled out, numbers as figures, no punctuation,
 * no fillers and no mere emphasis. "Well, um, it's really $25k" reads "well it is $25000".
 */
export const normalise = (text: string): string => join(tokens(text));

/** The same without fillers dropped: for answers that consist of nothing else. */
export const spell = (text: string): string => tokens(text).map(word).join(' ');

function join(list: readonly Token[]): string {
  const words: string[] = [];
  for (const token of list) {
    if (EMPTY.has(token.text)) continue;
    words.push(word(token));
  }
  return words
    .join(' ')
    .replace(
      /\b(?:you know|i mean|(?<!\b(?:the|what|this|that|some|any|a|which|same|right) )(?:kind|sort) of|a little bit|a bit|to be honest|to be fair|if i am honest|to be frank) /g,
      '',
    );
}

function word(token: Token): string {
  // A lone "two" stays a word: the cues speak of "two weeks" as people do.
  if (token.text.startsWith('#'))
    return token.words === 1 && /^[a-z]/.test(token.raw) ? token.raw : (token.money ? '$' : '') + token.text.slice(1);
  const known = SPELLED.get(token.text);
  if (known) return known;
  const cut = token.text.indexOf("'");
  if (cut < 0) return token.text;
  const head = token.text.slice(0, cut);
  const tail = token.text.slice(cut + 1);
  if (tail === 't' && head.endsWith('n')) return `${head.slice(0, -1)} not`;
  if (tail === 's') return IS.has(head) ? `${head} is` : token.text;
  const spelled = TAILS.get(tail);
  return spelled ? `${head} ${spelled}` : token.text;
}

const TAILS = new Map([
  ['ll', 'will'],
  ['re', 'are'],
  ['ve', 'have'],
  ['d', 'would'],
  ['m', 'am'],
]);
const IS = new Set('it that this he she there here what who where how when everything something nothing'.split(' '));
const SPELLED = new Map([
  ["let's", 'lets'],
  ["can't", 'can not'],
  ['cannot', 'can not'],
  ['cant', 'can not'],
  ["won't", 'will not'],
  ['wont', 'will not'],
  ["shan't", 'shall not'],
  ["ain't", 'is not'],
  ['dont', 'do not'],
  ['doesnt', 'does not'],
  ['didnt', 'did not'],
  ['isnt', 'is not'],
  ['wasnt', 'was not'],
  ['im', 'i am'],
  ['ive', 'i have'],
  ['thats', 'that is'],
  ['gonna', 'going to'],
  ['wanna', 'want to'],
  ['gotta', 'got to'],
  ['ok', 'okay'],
  ['yeah', 'yes'],
  ['yep', 'yes'],
  ['yup', 'yes'],
  ['nope', 'no'],
  ['nah', 'no'],
]);
const EMPTY = new Set(
  'um uh uhm umm er erm hmm mm mhm ah oh really actually just honestly basically literally simply quite pretty definitely absolutely certainly frankly obviously truly very super totally completely still kinda sorta personally'.split(
    ' ',
  ),
);
