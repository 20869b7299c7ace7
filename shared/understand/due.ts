import * as chrono from 'chrono-node/en';
import { HOURS, timeOf } from './time-said.ts';
import { addDays, fromUtc, isoAt, monthEnd, utc, type Wall, wallAt, weekday } from './wall-clock.ts';

/**
 * When the words that name a time mean, seen from the call: ISO 8601 with offset, or undefined when no day can be told.
 * A day alone means the end of its working day, 17:00. `startedAt` is ISO 8601; `timeZone` an IANA name.
 */
export function dueAt(text: string, startedAt: string, timeZone: string): string | undefined {
  const instant = Date.parse(startedAt);
  if (!Number.isFinite(instant)) return undefined;
  const now = wallAt(instant, timeZone);
  const said = text.toLowerCase().replaceAll('\u2019', "'").replace(/\s+/g, ' ').trim();
  if (PAST.test(said)) return undefined;
  const found = own(said, now) ?? calendar(said, now);
  if (!found) return undefined;
  return utc(found) < utc(now) ? undefined : isoAt(found, timeZone);
}

/** The phrases of the trade that calendars do not know. */
function own(said: string, now: Wall): Wall | undefined {
  const time = timeOf(said);
  const on = (day: Wall, fallback: readonly [number, number] = CLOSE): Wall => {
    const [hour, minute] = time ?? fallback;
    return { ...day, hour, minute };
  };

  if (
    /\b(?:right|straight) away\b|\bimmediately\b|\basap\b|as soon as|right (?:after|now)|\bafter (?:this|our|the) (?:call|meeting)\b|hang up|get off/.test(
      said,
    )
  )
    return endOfToday(now);
  if (/\b(?:day after tomorrow)\b/.test(said)) return on(addDays(now, 2));
  if (/\btomorrow\b/.test(said)) return on(addDays(now, 1));
  const day = DAYS.indexOf(/\b(?:sun|mon|tues|wednes|thurs|fri|satur)day/.exec(said)?.[0] ?? '');
  if (day >= 0 && !/\bthe \d{1,2}(?:st|nd|rd|th)\b/.test(said)) return on(addDays(now, daysUntil(said, day, now)));

  if (/\b(?:eod|cob|eob)\b|(?:end|close) of (?:the )?(?:business|day|today)|\bsame day\b|\btoday\b/.test(said))
    return time ? later(on(now), now) : endOfToday(now);
  if (/\btonight\b|\bthis evening\b/.test(said)) return later(on(now, [20, 0]), now);
  if (/\bthis (?:morning|afternoon)\b|^(?:in the )?afternoon$/.test(said)) return later(on(now), now);

  if (/\beow\b|end of (?:the |this )?week\b|\b(?:by|before|later) (?:the )?this week\b|\bthis week\b/.test(said)) return on(friday(now, 0));
  if (/\bend of next week\b|\blate(?:r)? next week\b|\bnext week\b|\bfollowing week\b|\bcoming week\b/.test(said)) {
    return on(EARLY.test(said) ? addDays(friday(now, 1), -3) : friday(now, 1));
  }
  if (/\beom\b|end of (?:the |this )?month\b|\bthis month\b/.test(said)) return on(monthEnd(now.year, now.month));
  if (/\bnext month\b/.test(said))
    return on(EARLY.test(said) ? addDays(monthEnd(now.year, now.month), 5) : monthEnd(now.year, now.month + 1));
  const date = Number(
    /\bthe (\d{1,2})(?:st|nd|rd|th)\b(?! of)/.exec(said)?.[1] ??
      ORDINAL_DAYS.get(/\bthe (first|second|third|fifth|tenth|fifteenth|twentieth|thirtieth)$/.exec(said)?.[1] ?? '') ??
      0,
  );
  if (date >= 1 && date <= 31) return on(nextDate(date, now));
  if (/\beoq\b|end of (?:the |this )?quarter\b|\bthis quarter\b/.test(said)) return on(quarterEnd(now, 0));
  if (/\bnext quarter\b/.test(said)) return on(quarterEnd(now, 1));
  if (/\beoy\b|end of (?:the |this )?year\b|\bthis year\b/.test(said)) return on(monthEnd(now.year, 12));
  const quarter = /\bq([1-4])\b/.exec(said)?.[1] ?? ORDINALS.get(/\b(first|second|third|fourth) quarter\b/.exec(said)?.[1] ?? '');
  if (quarter) return on(quarterNamed(said, Number(quarter), now));

  const span =
    /\b(?:in|within|next)? ?(?:about |around |roughly |the next |less than )?(an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|thirty|sixty|ninety|\d{1,3}|a few|few|a couple(?: of)?|couple(?: of)?) (?:more )?(business |working )?(minute|hour|day|week|month|quarter|year)s?\b/.exec(
      said,
    );
  if (span?.[1] && span[3]) return after(span[1], Boolean(span[2]), span[3], now, on);
  if (time && /^(?:at|by|around|before) /.test(said)) return later({ ...now, hour: time[0], minute: time[1] }, now, true);
  return undefined;
}

function after(count: string, workdays: boolean, unit: string, now: Wall, on: (day: Wall) => Wall): Wall {
  const many = COUNTS.get(count.replace(/ of$/, '')) ?? Number(count);
  if (unit === 'minute') return fromUtc(utc(now) + many * 60_000);
  if (unit === 'hour') return fromUtc(utc(now) + many * 3_600_000);
  if (unit === 'day' && workdays) {
    let day = now;
    for (let left = Math.min(many, 400); left > 0; ) {
      day = addDays(day, 1);
      if (weekday(day) !== 0 && weekday(day) !== 6) left--;
    }
    return on(day);
  }
  if (unit === 'day') return on(addDays(now, many));
  if (unit === 'week') return on(addDays(now, many * 7));
  const months = unit === 'month' ? many : unit === 'quarter' ? many * 3 : many * 12;
  const end = monthEnd(now.year, now.month + months);
  return on({ ...end, day: Math.min(now.day, end.day) });
}

/** "by Thursday" is the coming one, never today; "next Tuesday" is next week's. */
function daysUntil(said: string, day: number, now: Wall): number {
  const today = weekday(now);
  const ahead = (day - today + 7) % 7 || 7;
  const toMonday = (8 - today) % 7 || 7;
  const nextWeeks = toMonday + ((day + 6) % 7);
  if (/\bweek after\b/.test(said)) return nextWeeks + 7;
  return /\bnext\b|\bfollowing\b/.test(said) ? nextWeeks : ahead;
}

function friday(now: Wall, weeks: number): Wall {
  const today = weekday(now);
  // On a weekend "this week" is the one that begins.
  return addDays(now, (today === 6 ? 6 : 5 - today) + weeks * 7);
}

const quarterEnd = (now: Wall, ahead: number): Wall => monthEnd(now.year, (Math.floor((now.month - 1) / 3) + 1 + ahead) * 3);

function quarterNamed(said: string, quarter: number, now: Wall): Wall {
  const starts = /\bbefore\b|\b(?:start|beginning) of\b/.test(said);
  const year = now.month > quarter * 3 || (starts && now.month > (quarter - 1) * 3) ? now.year + 1 : now.year;
  return starts ? monthEnd(year, (quarter - 1) * 3) : monthEnd(year, quarter * 3);
}

/** The 15th that comes next; a month too short for it is passed over. */
function nextDate(date: number, now: Wall): Wall {
  for (let month = now.month + (date < now.day ? 1 : 0); ; month++) {
    const end = monthEnd(now.year, month);
    if (end.day >= date) return { ...end, day: date };
  }
}

const endOfToday = (now: Wall): Wall => (now.hour >= 17 ? { ...now, hour: 23, minute: 59 } : { ...now, hour: 17, minute: 0 });

/** Never before the call: what has passed today means its end, or the same time tomorrow. */
function later(day: Wall, now: Wall, tomorrow = false): Wall {
  if (utc(day) >= utc(now)) return day;
  return tomorrow ? addDays(day, 1) : endOfToday(now);
}

/** Dates as calendars write them. The wall clock is handed over as if it were Greenwich's, so the machine's zone plays no part. */
function calendar(said: string, now: Wall): Wall | undefined {
  const [hit] = chrono.parse(said, { instant: new Date(utc(now)), timezone: 0 }, { forwardDate: true });
  const start = hit?.start;
  if (!start || !(start.isCertain('day') || start.isCertain('month') || start.isCertain('weekday'))) return undefined;
  const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')];
  if (year === null || month === null || day === null) return undefined;
  const end = monthEnd(year, month);
  const part = /\bmid\b|middle of/.test(said) ? 15 : EARLY.test(said) ? 7 : end.day;
  const wall = start.isCertain('day') || start.isCertain('weekday') ? { year, month, day, hour: 0, minute: 0 } : { ...end, day: part };
  const [hour, minute] = timeOf(said) ?? (start.isCertain('hour') ? [start.get('hour') ?? 17, start.get('minute') ?? 0] : CLOSE);
  return { ...wall, hour, minute };
}

const CLOSE = [17, 0] as const;
const EARLY = /\bearly\b|\b(?:start|beginning) of\b/;
const ORDINAL_DAYS = new Map([
  ['first', 1],
  ['second', 2],
  ['third', 3],
  ['fifth', 5],
  ['tenth', 10],
  ['fifteenth', 15],
  ['twentieth', 20],
  ['thirtieth', 30],
]);
const PAST = /\b(?:ago|last|yesterday|every|each|on average|usually)\b/;
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const ORDINALS = new Map([
  ['first', '1'],
  ['second', '2'],
  ['third', '3'],
  ['fourth', '4'],
]);
const COUNTS = new Map<string, number>([
  ...HOURS.slice(0, 12).map((word, nth) => [word, nth + 1] as const),
  ['a', 1],
  ['an', 1],
  ['a couple', 2],
  ['couple', 2],
  ['a few', 3],
  ['few', 3],
  ['fourteen', 14],
  ['thirty', 30],
  ['sixty', 60],
  ['ninety', 90],
]);
