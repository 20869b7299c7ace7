import { type Ask, on } from './due-ask.ts';
import { monthsAhead, workdaysAhead } from './due-days.ts';
import { numberOf } from './due-words.ts';
import { addDays, fromUtc, utc, type Wall } from './wall-clock.ts';

/** Days, weeks, months from the call. */
export function spanned(ask: Ask): Wall | undefined {
  if (/^within the hour\b/.test(ask.said)) return fromUtc(utc(ask.now) + 3_600_000);
  const half = /\b(?:half an|an) hour( and a half)?\b/.exec(ask.said);
  if (half && (half[1] !== undefined || half[0].startsWith('half')))
    return fromUtc(utc(ask.now) + (half[1] === undefined ? 30 : 90) * 60_000);
  if (/\bfortnight\b/.test(ask.said)) return on(ask, addDays(ask.now, 14));
  const span = SPAN.exec(ask.said);
  return span?.[1] && span[3] ? after(span[1], span[2] !== undefined, span[3], ask) : undefined;
}

/** So many of a unit from `ask.now`; undefined for "a few months". */
export function after(count: string, workdays: boolean, unit: string, ask: Ask): Wall | undefined {
  const { now } = ask;
  const many = countOf(count);
  if (many === undefined) return undefined;
  if (unit.startsWith('min')) return fromUtc(utc(now) + many * 60_000);
  if (unit.startsWith('h')) return fromUtc(utc(now) + many * 3_600_000);
  if (unit === 'day') return on(ask, workdays ? workdaysAhead(now, many) : addDays(now, many));
  if (unit === 'week') return on(ask, addDays(now, many * 7));
  // "A few months" is no date.
  if (/few|several/.test(count)) return undefined;
  return on(ask, monthsAhead(now, unit === 'month' ? many : unit === 'quarter' ? many * 3 : many * 12));
}

/** Of "two or three" it is the later that binds. */
function countOf(count: string): number | undefined {
  const last = count.split(/ (?:or|to) |-(?=\d)/).at(-1) ?? count;
  return COUNTS.get(last.replace(/ of$/, '')) ?? numberOf(last);
}

const MANY = '(?:\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
const COUNT = `(${MANY} (?:or|to) ${MANY}|\\d{1,3}-\\d{1,3}|${MANY}|a few|few|several|a couple(?: of)?|couple(?: of)?|next(?= (?:minute|hour|day)\\b))`;
const UNIT = '(min(?:ute)?|h(?:ou)?r|day|week|month|quarter|year)';
const SPAN = new RegExp(`\\b${COUNT} (?:more |full )?(business |working )?${UNIT}s?\\b`);
/** "a week from Friday": count, working days, unit, from where. */
export const FROM = new RegExp(
  `\\b${COUNT} (business |working )?${UNIT}s? (?:from|after|on) (?:next |this )?(now|today|tomorrow|(?:sun|mon|tues|wednes|thurs|fri|satur)day)\\b`,
);
const COUNTS = new Map<string, number>([
  ['a', 1],
  ['an', 1],
  ['a couple', 2],
  ['couple', 2],
  ['next', 1],
  ['a few', 3],
  ['few', 3],
  ['several', 3],
]);
