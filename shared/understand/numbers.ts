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
    const text = `#${run.value}${run.percent ? '%' : ''}`;
    folded.push({ text, raw: word.raw, start: word.start, end: last.end, cap: false, money: word.money, words: run.to - at });
    at = run.to - 1;
  }
  return folded;
}

interface Run {
  value: number;
  percent: boolean;
  /** The first token after it. */
  to: number;
}

function readNumber(words: readonly Token[], from: number): Run | undefined {
  const first = words[from]?.text ?? '';
  const digits = figure(first);
  // "a hundred", but not the article alone.
  const article = first === 'a' && SCALE.has(words[from + 1]?.text ?? '');
  if (digits === undefined && !SMALL.has(first) && !article) return undefined;
  let total = 0;
  let current = digits?.value ?? (article ? 1 : (SMALL.get(first) ?? 0));
  let percent = digits?.percent ?? false;
  let to = from + 1;
  let scaled = false;
  for (; to < words.length && !percent; to++) {
    const text = words[to]?.text ?? '';
    const small = SMALL.get(text);
    const scale = SCALE.get(text);
    if (scale === 100) {
      current *= 100;
      scaled = true;
    } else if (scale !== undefined) {
      total += current * scale;
      current = 0;
      scaled = true;
    } else if (small !== undefined && fits(current, small, scaled)) {
      current += small;
      scaled = false;
    } else if (text === 'and' && scaled && (SMALL.get(words[to + 1]?.text ?? '') ?? 0) > 0) {
    } else {
      if (text === 'percent') {
        percent = true;
        to++;
      }
      break;
    }
  }
  return { value: Math.round((total + current) * 100) / 100, percent, to };
}

/** "twenty" takes "five" and "hundred" takes "fifty"; "ten" does not take "thirty", which is a time of day. */
const fits = (current: number, small: number, scaled: boolean): boolean =>
  scaled ? small < 100 : current >= 20 && current % 10 === 0 && current % 100 !== 0 && small > 0 && small < 10;

function figure(text: string): { value: number; percent: boolean } | undefined {
  const hit = /^[$€£₹]?(\d[\d,]*(?:\.\d+)?)\s?([km%]?)$/.exec(text);
  if (!hit?.[1]) return undefined;
  const unit = hit[2] === 'k' ? 1_000 : hit[2] === 'm' ? 1_000_000 : 1;
  return { value: Number(hit[1].replaceAll(',', '')) * unit, percent: hit[2] === '%' };
}

const SMALL = new Map([
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
