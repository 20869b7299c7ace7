import type { Token } from './token.ts';

/**
 * Number words and figures become one token with their value: "$25,000", "25k" and "twenty five thousand" are all `#25000`.
 * Percent signs and the word stay in the value, since 5 is not 5 %.
 */
export function foldNumbers(words: readonly Token[]): Token[] {
  const folded: Token[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word) continue;
    const run = readNumber(words, at);
    if (!run) {
      folded.push(word);
      continue;
    }
    const last = words[run.to - 1] ?? word;
    folded.push({
      text: numberText(run),
      raw: word.raw,
      start: word.start,
      end: last.end,
      cap: false,
      money: word.money,
      words: run.to - at,
    });
    at = run.to - 1;
  }
  return folded;
}

export interface NumberRun {
  value: number;
  percent: boolean;
  /** The first word after it. */
  to: number;
}

/** `#25000`, `#2.5`, `#12%`. */
export const numberText = ({ value, percent }: Pick<NumberRun, 'value' | 'percent'>): string => `#${value}${percent ? '%' : ''}`;

/** The number that begins with this word, as far as it goes; `text` is in lower case. Undefined when none begins here. */
export function readNumber(words: readonly { text: string }[], from: number): NumberRun | undefined {
  const text = (at: number): string => words[at]?.text ?? '';
  const first = text(from);
  // Most words are none, and are sent off first.
  const digits = DIGIT.test(first) ? figure(first) : undefined;
  if (digits === undefined && !SMALL.has(first) && !OPENS.has(first)) return undefined;
  if (digits?.percent) return { value: digits.value, percent: true, to: from + 1 };
  const article = first === 'a' && SCALE.has(text(from + 1));
  const half = first === 'half' && text(from + 1) === 'a' && (SCALE.get(text(from + 2)) ?? 0) >= 1_000;
  if (digits === undefined && !SMALL.has(first) && !article && !half) return undefined;

  let total = 0;
  let current = half ? 0.5 : article ? 1 : (digits?.value ?? SMALL.get(first) ?? 0);
  let to = from + (half ? 2 : 1);
  let spelled = digits === undefined;
  let scaled = false;
  // Where the part after the last thousand began, and how great that was: "one thousand two thousand" is two numbers.
  let partFrom = from;
  let under = Number.POSITIVE_INFINITY;
  for (; to < words.length; to++) {
    const word = text(to);
    const small = SMALL.get(word);
    const scale = scaleOf(word, current, total);
    if (scale === 100) {
      if (current >= 100) break;
      current *= 100;
      scaled = true;
    } else if (scale !== undefined) {
      if (scale >= under) return rounded(total, false, partFrom);
      total += current * scale;
      under = scale;
      current = 0;
      scaled = true;
      partFrom = to + 1;
    } else if (small !== undefined && (scaled ? small < 100 : spelled && fits(current, small))) {
      current += small;
      scaled = false;
      spelled = true;
    } else if (word === 'point' && !scaled && isDecimal(text(to + 1))) {
      const read = decimals(words, to + 1);
      current += read.value;
      to = read.to - 1;
      spelled = false;
    } else if (word === 'and' && scaled && (SMALL.get(text(to + 1)) ?? 0) > 0) {
    } else if (word === 'and' && text(to + 1) === 'a' && PARTS.has(text(to + 2)) && text(to + 3) !== 'of') {
      const part = PARTS.get(text(to + 2)) ?? 0;
      if (scaled && total > 0) total += part * under;
      else current += part;
      to += 2;
      spelled = false;
    } else break;
  }
  const percent = text(to) === 'percent' || text(to) === 'pct' ? 1 : text(to) === 'per' && text(to + 1) === 'cent' ? 2 : 0;
  return rounded(total + current, percent > 0, to + percent);
}

const rounded = (value: number, percent: boolean, to: number): NumberRun => ({ value: Math.round(value * 10_000) / 10_000, percent, to });

/** "twenty" takes "five"; "ten" does not take "thirty", which is a time of day. */
const fits = (current: number, small: number): boolean =>
  current >= 20 && current % 10 === 0 && current % 100 !== 0 && small > 0 && small < 10;

/** "grand" and a spelled "k" count only right behind a number of their size. */
const scaleOf = (word: string, current: number, total: number): number | undefined =>
  SCALE.get(word) ?? (total === 0 && current > 0 && current < 1_000 ? SLANG.get(word) : undefined);

const isDecimal = (word: string): boolean => word === 'oh' || /^\d{1,4}$/.test(word) || (SMALL.get(word) ?? 10) < 10;

/** "point two five": one figure after the other. */
function decimals(words: readonly { text: string }[], from: number): { value: number; to: number } {
  let figures = '';
  let to = from;
  for (; to < words.length && figures.length < 4; to++) {
    const word = words[to]?.text ?? '';
    if (!isDecimal(word)) break;
    figures += /^\d/.test(word) ? word : (SMALL.get(word) ?? 0);
  }
  return { value: Number(`0.${figures}`), to };
}

function figure(text: string): { value: number; percent: boolean } | undefined {
  const hit = /^[$€£₹]?\s?(\d[\d,]*(?:\.\d+)?)\s?(k|mm?|mn|bn|%)?$/.exec(text);
  if (!hit?.[1]) return undefined;
  const unit = UNITS.get(hit[2] ?? '') ?? 1;
  return { value: Math.round(Number(hit[1].replaceAll(',', '')) * unit * 10_000) / 10_000, percent: hit[2] === '%' };
}

const DIGIT = /\d/;
const PARTS = new Map([
  ['half', 0.5],
  ['quarter', 0.25],
]);
const OPENS = new Set(['a', 'half']);
const UNITS = new Map([
  ['k', 1_000],
  ['m', 1_000_000],
  ['mm', 1_000_000],
  ['mn', 1_000_000],
  ['bn', 1_000_000_000],
]);
/** Words for zero to ninety. */
export const SMALL: ReadonlyMap<string, number> = new Map([
  ...'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, value) => [word, value] as const),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, nth) => [word, (nth + 2) * 10] as const),
]);
const SCALE = new Map([
  ['hundred', 100],
  ['thousand', 1_000],
  ['million', 1_000_000],
  ['billion', 1_000_000_000],
]);
const SLANG = new Map([
  ['grand', 1_000],
  ['k', 1_000],
  ['bn', 1_000_000_000],
]);
