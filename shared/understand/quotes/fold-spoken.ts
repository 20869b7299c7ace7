import { numberText, readNumber, SMALL } from '../numbers.ts';
import { isNumber, type Word } from './word.ts';

/** Numbers, amounts, ordinals, times of day and quarters each become one word, however they were said or written. */
export function foldSpoken(words: readonly Word[], text: string): Word[] {
  const folded: Word[] = [];
  for (let at = 0; at < words.length; ) {
    const word = words[at];
    if (!word) break;
    const read = isCandidate(word.text)
      ? (figures(words, at, text) ?? clock(words, at) ?? ordinal(words, at) ?? amount(words, at))
      : undefined;
    if (!read) {
      folded.push(word);
      at++;
      continue;
    }
    const last = words[read.to - 1] ?? word;
    const before = folded.at(-1);
    const gap = before ? text.slice(before.end, word.start) : '';
    // "20-30" is spoken "twenty to thirty".
    if (before && isNumber(before) && /^\s?[-\u2013]\s?$/.test(gap))
      folded.push({ ...before, text: 'to', start: word.start, end: word.start, words: 1 });
    const { to, ...rest } = read;
    if (before?.text === 'q' && /^#[1-4]$/.test(rest.text))
      folded[folded.length - 1] = { ...before, text: `q${rest.text.slice(1)}`, end: last.end };
    else folded.push({ ...rest, start: word.start, end: last.end, cap: false, words: to - at });
    at = to;
  }
  return folded.map((word, at) => dated(word, folded, at));
}

interface Read extends Pick<Word, 'text' | 'money' | 'half'> {
  /** The first word after it. */
  to: number;
}

const isCandidate = (text: string): boolean => /\d/.test(text) || SMALL.has(text) || ORDINALS.has(text) || text === 'a' || text === 'half';

/** Telephone and reference numbers: "four one five …", "555-1234". */
function figures(words: readonly Word[], at: number, text: string): Read | undefined {
  let digits = '';
  let to = at;
  for (; to < words.length; to++) {
    const word = words[to]?.text ?? '';
    const one = /^\d$/.test(word)
      ? word
      : word === 'oh' && to > at
        ? '0'
        : (SMALL.get(word) ?? 10) < 10
          ? String(SMALL.get(word))
          : undefined;
    if (one === undefined) break;
    digits += one;
  }
  if (to - at >= 3 && !SCALES.has(words[to]?.text ?? '')) return { text: `#${digits}`, to };
  digits = '';
  for (to = at; to < words.length; to++) {
    const word = words[to];
    const joined = to === at || /^(?:-|\) ?)$/.test(text.slice(words[to - 1]?.end, word?.start));
    if (!word || !joined || !/^\d{3,4}$/.test(word.text)) break;
    digits += word.text;
    if (word.text.length === 4) {
      to++;
      break;
    }
  }
  return to - at >= 2 && digits.length >= 7 ? { text: `#${digits}`, to } : undefined;
}

/** "10:30" and "ten thirty", "2026" and "twenty twenty six", "two fifty": two numbers said in one breath. */
function clock(words: readonly Word[], at: number): Read | undefined {
  const written = /^(\d{1,2}):(\d\d)$/.exec(words[at]?.text ?? '');
  if (written) {
    const [hour, minute] = [Number(written[1]), Number(written[2])];
    return half(words, { text: `#${minute === 0 ? hour : hour * 100 + minute}`, to: at + 1 });
  }
  const bare = /^(\d{1,2})(am|pm)$/.exec(words[at]?.text ?? '');
  if (bare) return { text: `#${Number(bare[1])}`, half: bare[2] === 'am' ? 'am' : 'pm', to: at + 1 };
  const first = SMALL.get(words[at]?.text ?? '');
  if (first === undefined || first < 1 || first > 20) return undefined;
  const nought = words[at + 1]?.text === 'oh';
  const second = SMALL.has(words[at + 1]?.text ?? '') || nought ? readNumber(words, at + (nought ? 2 : 1)) : undefined;
  if (!second || second.percent || second.value !== Math.round(second.value)) return undefined;
  // "twenty five" is one number already, and "two five hundred" is something else.
  if (nought ? second.value < 1 || second.value > 9 : second.value < 10 || second.value > 99) return undefined;
  return half(words, money(words, { text: `#${first * 100 + second.value}`, to: second.to }));
}

/** "3rd", "third", "twenty-first". */
function ordinal(words: readonly Word[], at: number): Read | undefined {
  const text = words[at]?.text ?? '';
  const written = /^(\d{1,3})(?:st|nd|rd|th)$/.exec(text);
  if (written) return { text: `#${Number(written[1])}th`, to: at + 1 };
  const tens = SMALL.get(text) ?? 0;
  const ones = ORDINALS.get(words[at + 1]?.text ?? '') ?? 0;
  if (tens >= 20 && ones > 0 && ones < 10) return { text: `#${tens + ones}th`, to: at + 2 };
  const alone = ORDINALS.get(text);
  return alone === undefined ? undefined : { text: `#${alone}th`, to: at + 1 };
}

function amount(words: readonly Word[], at: number): Read | undefined {
  const run = readNumber(words, at);
  if (!run) return undefined;
  const sign = SIGNS.get(words[at]?.text[0] ?? '');
  return half(words, money(words, { text: numberText(run), ...(sign ? { money: sign } : {}), to: run.to }));
}

/** "fifty dollars", "two dollars and fifty cents", "fifty cents". */
function money(words: readonly Word[], read: Read): Read {
  const unit = CURRENCIES.get(words[read.to]?.text ?? '');
  if (!unit || read.text.endsWith('%')) return read;
  if (unit === 'cent') return { ...read, text: `#${Number(read.text.slice(1)) / 100}`, to: read.to + 1 };
  const to = read.to + 1;
  const next = words[to]?.text === 'and' ? to + 1 : to;
  const cents = readNumber(words, next);
  if (cents && cents.value < 100 && CURRENCIES.get(words[cents.to]?.text ?? '') === 'cent')
    return { ...read, text: `#${Number(read.text.slice(1)) + cents.value / 100}`, money: unit, to: cents.to + 1 };
  return { ...read, money: unit, to };
}

function half(words: readonly Word[], read: Read): Read {
  const [one, two] = [words[read.to]?.text, words[read.to + 1]?.text];
  const value = Number(read.text.slice(1));
  if (!(value >= 1 && value <= 1259)) return read;
  if (one === 'oclock') return half(words, { ...read, to: read.to + 1 });
  if (one === 'am' || one === 'pm') return { ...read, half: one, to: read.to + 1 };
  if ((one === 'a' || one === 'p') && two === 'm') return { ...read, half: one === 'a' ? 'am' : 'pm', to: read.to + 2 };
  return read;
}

/** "March 3", "March third" and "the 3rd of March" name one day; elsewhere a third is not a three. */
function dated(word: Word, words: readonly Word[], at: number): Word {
  if (!word.text.endsWith('th') || !isNumber(word)) return word;
  const near = (place: number): boolean => MONTHS.has(words[place]?.text ?? '');
  const isDay =
    near(at - 1) || near(at + 1) || (words[at - 1]?.text === 'the' && near(at - 2)) || (words[at + 1]?.text === 'of' && near(at + 2));
  return isDay ? { ...word, text: word.text.slice(0, -2) } : word;
}

const ORDINALS = new Map(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'
    .split(' ')
    .map((word, nth) => [word, nth + 1] as const),
).set('thirtieth', 30);
const SCALES = new Set(['hundred', 'thousand', 'million', 'billion', 'k', 'grand', 'percent']);
const SIGNS = new Map([
  ['$', 'dollar'],
  ['€', 'euro'],
  ['£', 'pound'],
  ['₹', 'rupee'],
]);
const CURRENCIES = new Map([
  ['dollar', 'dollar'],
  ['dollars', 'dollar'],
  ['bucks', 'dollar'],
  ['usd', 'dollar'],
  ['euro', 'euro'],
  ['euros', 'euro'],
  ['eur', 'euro'],
  ['pound', 'pound'],
  ['pounds', 'pound'],
  ['quid', 'pound'],
  ['gbp', 'pound'],
  ['rupees', 'rupee'],
  ['cent', 'cent'],
  ['cents', 'cent'],
]);
export const MONTHS: ReadonlySet<string> = new Set(
  'january february march april may june july august september october november december'.split(' '),
);
