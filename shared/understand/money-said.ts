import { tokens } from './tokenise.ts';

/** An amount of money as somebody said it. `to` is the upper end of a range. */
export interface Money {
  amount: number;
  to?: number;
  /** ISO 4217 */
  currency?: string;
}

/** The first amount in a sentence that can only be money; figures of people, time or share are none. */
export function moneySaid(text: string): Money | undefined {
  const words = tokens(text);
  const figures = words.flatMap((word, at) => {
    const value = /^#(\d+(?:\.\d+)?)$/.exec(word.text)?.[1];
    if (value === undefined) return [];
    const next = words[at + 1]?.text ?? '';
    const currency = SIGNS.get(text[word.start] ?? '') ?? CURRENCIES.get(next);
    const isYear = !word.money && /^(?:19|20)\d\d$/.test(value) && currency === undefined;
    const counts = COUNTED.test(next) || COUNTED.test(`${next} ${words[at + 2]?.text ?? ''}`.split(' ')[1] ?? '');
    const isMoney = currency !== undefined || word.money || (Number(value) >= AMOUNT_MIN && !isYear && !counts);
    return [{ at, value: Number(value), currency, isMoney, isSign: currency !== undefined || word.money }];
  });
  const first = figures.findIndex((one) => one.isMoney);
  const found = figures[first];
  if (!found) return undefined;
  const before = figures[first - 1];
  const after = figures[first + 1];
  const joined = (a: number, b: number): boolean => b - a <= 2 && words.slice(a + 1, b).every((word) => JOINS.has(word.text));
  const named = (...all: (string | undefined)[]) => {
    const currency = all.find((one) => one !== undefined);
    return currency === undefined ? {} : { currency };
  };
  // "40 to 50 thousand": the lower end takes the scale of the upper.
  if (before && joined(before.at, found.at)) {
    const low = scaled(before.value, found.value);
    if (low < found.value) return { amount: low, to: found.value, ...named(found.currency, before.currency) };
  }
  if (after && joined(found.at, after.at)) {
    const low = scaled(found.value, after.value);
    if (low < after.value) return { amount: low, to: after.value, ...named(found.currency, after.currency) };
  }
  return { amount: found.value, ...named(found.currency) };
}

function scaled(low: number, high: number): number {
  for (const scale of [1_000_000, 1_000]) if (low < scale && high >= scale && low * scale <= high) return low * scale;
  return low;
}

/** A bare figure below this may be anything. */
const AMOUNT_MIN = 500;
const JOINS = new Set(['to', 'and', 'or', 'maybe']);
const SIGNS = new Map([
  ['$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₹', 'INR'],
]);
const CURRENCIES = new Map([
  ...['dollar', 'dollars', 'bucks', 'usd'].map((word) => [word, 'USD'] as const),
  ...['euro', 'euros', 'eur'].map((word) => [word, 'EUR'] as const),
  ...['pounds', 'quid', 'gbp', 'sterling'].map((word) => [word, 'GBP'] as const),
  ...['rupees', 'inr'].map((word) => [word, 'INR'] as const),
  ...['francs', 'chf'].map((word) => [word, 'CHF'] as const),
  ...['yen', 'jpy'].map((word) => [word, 'JPY'] as const),
]);
const COUNTED =
  /^(?:users?|seats?|people|employees|customers?|clients?|reps?|agents?|calls?|leads?|deals?|orders?|tickets?|contacts?|records?|hours?|minutes?|days?|weeks?|months?|years?|percent|square|miles|units?|locations?|stores?|sites?|students?|patients?|members?|emails?|messages?|licenses?|transactions?|pages?|staff|devices?|items?|skus?|am|pm|times)$/;
