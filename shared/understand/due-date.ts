import * as chrono from 'chrono-node/en';
import { type Ask, on, partOf } from './due-ask.ts';
import { nextDate, nthWeekday } from './due-days.ts';
import { MONTH } from './due-words.ts';
import { monthsFirst } from './due-zone.ts';
import { addDays, monthEnd, utc, type Wall } from './wall-clock.ts';

/** A day of a month. */
export function dated(ask: Ask): Wall | undefined {
  const { said, now } = ask;
  if (/\bchristmas\b/.test(said)) {
    const eve = { ...now, month: 12, day: /\b(?:before|eve)\b/.test(said) ? 24 : 25 };
    return on(ask, utc(eve) < utc({ ...now, hour: 0, minute: 0 }) ? { ...eve, year: now.year + 1 } : eve);
  }
  if (/\bthanksgiving\b/.test(said)) {
    if (!monthsFirst(ask.timeZone)) return undefined;
    const day = [now.year, now.year + 1].map((year) => nthWeekday(year, 11, 4, 4)).find((one) => utc(on(ask, one)) >= utc(now));
    return day && on(ask, /\bbefore\b/.test(said) ? addDays(day, -1) : day);
  }
  const date = Number(/\bthe (\d{1,2})(?:st|nd|rd|th)\b(?! of (?!the month|this month|next month))/.exec(said)?.[1] ?? 0);
  if (date > 31) return undefined;
  if (date >= 1 && !HAS_MONTH.test(said))
    return on(ask, nextDate(date, /\bof next month\b/.test(said) ? { ...addDays(monthEnd(now.year, now.month), 1) } : now));
  const figures = /\b(\d{1,2})\/(\d{1,2})(?:\/(\d{2,4}))?\b/.exec(said);
  if (figures) return inFiguresOnly(ask, Number(figures[1]), Number(figures[2]), figures[3]);
  return calendar(ask);
}

/** Which of the two is the month is told by the land; elsewhere only when one of them can be none. */
function inFiguresOnly(ask: Ask, first: number, second: number, year: string | undefined): Wall | undefined {
  const { now, timeZone } = ask;
  if (monthsFirst(timeZone) ? first > 12 : first !== second && first <= 12 && second <= 12) return undefined;
  const [month, day] = first > 12 ? [second, first] : [first, second];
  if (month < 1 || month > 12 || day < 1) return undefined;
  const given = year === undefined ? now.year : Number(year) < 100 ? 2000 + Number(year) : Number(year);
  const wall = on(ask, { ...now, year: given, month, day });
  if (day > monthEnd(given, month).day) return undefined;
  return year === undefined && utc(wall) < utc(now) ? { ...wall, year: given + 1 } : wall;
}

/** Dates as calendars write them. The wall clock is handed over as if it were Greenwich's, so the machine's zone plays no part. */
export function calendar(ask: Ask): Wall | undefined {
  const { said, now, time } = ask;
  if (!HAS_MONTH.test(said) && !/\d{4}-\d\d-\d\d/.test(said)) return undefined;
  const plain = dayAndMonth(said);
  if (plain) return on({ time }, ahead(plain.month, plain.day, now));
  const [hit] = chrono.parse(said, { instant: new Date(utc(now)), timezone: 0 }, { forwardDate: true });
  const start = hit?.start;
  if (!start || !(start.isCertain('day') || start.isCertain('month') || start.isCertain('weekday'))) return undefined;
  const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')];
  if (year === null || month === null || day === null) return undefined;
  const end = monthEnd(year, month);
  return on({ time }, start.isCertain('day') || start.isCertain('weekday') ? { ...end, day } : { ...end, day: partOf(said, end.day) });
}

/** "by December 4th", "the 4th of December": said so often that nobody should load a calendar's grammar for it. */
function dayAndMonth(said: string): { month: number; day: number } | undefined {
  const hit = DAY_AND_MONTH.exec(said);
  const month = MONTHS.indexOf((hit?.[1] ?? hit?.[4] ?? '').slice(0, 3)) + 1;
  const day = Number(hit?.[2] ?? hit?.[3] ?? 0);
  // A day that some month lacks is for who knows leap years.
  return month >= 1 && day >= 1 && day <= 28 ? { month, day } : undefined;
}

/** The day that comes next; today's counts until noon. */
function ahead(month: number, day: number, now: Wall): Wall {
  const noon = { ...now, month, day, hour: 12, minute: 0 };
  return utc(noon) < utc(now) ? { ...noon, year: now.year + 1 } : noon;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAY_AND_MONTH = new RegExp(
  `^(?:(?:by|on|before|until|around|no later than) )*(?:the )?(?:(${MONTH}) (?:the )?(\\d{1,2})(?:st|nd|rd|th)?|(\\d{1,2})(?:st|nd|rd|th)? (?:of )?(${MONTH}))$`,
);
const HAS_MONTH = new RegExp(`\\b${MONTH}\\b`);
