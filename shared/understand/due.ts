import { type Ask, NUMBERED, on, partOf } from './due-ask.ts';
import { calendar, dated } from './due-date.ts';
import { DAYS, dayOfWeek, daysUntil, fridayOf, nthWeekday, quarterEnd, quarterNamed } from './due-days.ts';
import { after, FROM, spanned } from './due-span.ts';
import { inFigures } from './due-words.ts';
import { isElsewhere, zoneSaid } from './due-zone.ts';
import { timeOf } from './time-said.ts';
import { addDays, isoAt, monthEnd, utc, type Wall, wallAt, weekday } from './wall-clock.ts';

/**
 * When the words that name a time mean, seen from the call: ISO 8601 with the offset of `timeZone`, or undefined when no day can be told.
 * A day alone means the end of its working day, 17:00. `startedAt` is ISO 8601; `timeZone` an IANA name.
 */
export function dueAt(text: string, startedAt: string, timeZone: string): string | undefined {
  const instant = Date.parse(startedAt);
  if (!Number.isFinite(instant)) return undefined;
  const said = inFigures(text.toLowerCase().replaceAll('\u2019', "'").replace(/\s+/g, ' ').trim());
  if (PAST.test(said) || OPEN.test(said)) return undefined;
  const time = isElsewhere(said) ? undefined : timeOf(said);
  // Who names a zone speaks of the clock and the days there.
  const zone = (time && zoneSaid(said)) ?? timeZone;
  const now = wallAt(instant, zone);
  const ask: Ask = { said, now, timeZone: zone, time };
  const found = counted(ask) ?? named(ask) ?? stretch(ask) ?? dated(ask) ?? spanned(ask) ?? clockOnly(ask);
  if (!found || utc(found) < utc(now)) return undefined;
  return isoAt(wallAt(Date.parse(isoAt(found, zone)), timeZone), timeZone);
}

/** From the call or from a day: "a week from Friday", "same time tomorrow", "right after this call". */
function counted(ask: Ask): Wall | undefined {
  const { said, now } = ask;
  if (AT_ONCE.test(said)) return endOfToday(now);
  const from = FROM.exec(said);
  if (from?.[1] && from[3] && from[4]) {
    const day = DAYS.indexOf(from[4]);
    const start = from[4] === 'tomorrow' ? addDays(now, 1) : day >= 0 ? addDays(now, daysUntil(said, day, now)) : now;
    return after(from[1], from[2] !== undefined, from[3], { ...ask, now: start });
  }
  if (/\b(?:same|this) time\b/.test(said)) {
    const then = { ...ask, said: said.replace(/\b(?:same|this) time\b/, ''), time: [now.hour, now.minute] as const };
    if (/\bnext week\b/.test(said) && !/day\b/.test(said)) return addDays(now, 7);
    return named(then);
  }
  return undefined;
}

/** A day with a name: tomorrow, Thursday, the first Monday in December. */
function named(ask: Ask): Wall | undefined {
  const { said, now } = ask;
  const ordered = /\bthe (first|second|third|fourth|last) ((?:sun|mon|tues|wednes|thurs|fri|satur)day|day|week) (?:of|in) (.+)/.exec(said);
  if (ordered?.[1] && ordered[2] && ordered[3]) return inOrder(ask, ordered[1], ordered[2], ordered[3]);
  if (/\bday after tomorrow\b/.test(said)) return on(ask, addDays(now, 2));
  if (/\btomorrow\b/.test(said)) return on(ask, addDays(now, 1));

  const day = DAYS.indexOf(/\b(?:sun|mon|tues|wednes|thurs|fri|satur)day\b/.exec(said)?.[0] ?? '');
  const isNumbered = NUMBERED.test(said);
  if (/\bweek after next\b/.test(said)) return on(ask, dayOfWeek(now, 2, day > 0 ? day : 5));
  if (day >= 0 && !isNumbered) return on(ask, addDays(now, daysUntil(said, day, now)));

  if (isNumbered) return undefined;
  if (/\b(?:eod|cob|eob)\b|(?:end|close) of (?:the )?(?:business|day|play|today)|\bsame day\b|\btoday\b/.test(said))
    return ask.time ? later(on(ask, now), now) : endOfToday(now);
  if (/\btonight\b|\bthis evening\b/.test(said)) return later(on(ask, now, [20, 0]), now);
  if (/\bthis morning\b/.test(said)) return now.hour < 12 ? later(on(ask, now), now) : undefined;
  if (/\bthis afternoon\b|^(?:in the )?afternoon$/.test(said)) return later(on(ask, now), now);
  return undefined;
}

function inOrder(ask: Ask, order: string, what: string, of: string): Wall | undefined {
  const nth = ['first', 'second', 'third', 'fourth', 'last'].indexOf(order) + 1;
  if (what === 'day' && nth === 5) return stretch({ ...ask, said: `end of ${of}` });
  const end = /^(?:the|this) month\b/.test(of)
    ? monthEnd(ask.now.year, ask.now.month)
    : /^next month\b/.test(of)
      ? monthEnd(ask.now.year, ask.now.month + 1)
      : calendar({ ...ask, said: of });
  if (!end) return undefined;
  if (what === 'day') return on(ask, { ...end, day: nth });
  if (what !== 'week') return on(ask, nthWeekday(end.year, end.month, DAYS.indexOf(what), nth));
  if (nth < 5) return on(ask, fridayOf({ ...end, day: 1 + (nth - 1) * 7 }));
  return on(ask, fridayOf(monthEnd(end.year, end.month)));
}

/** A week, month, quarter or year: its end, unless its beginning or middle was said. */
function stretch(ask: Ask): Wall | undefined {
  const { said, now } = ask;
  const weekOf = /\bweek of (.+)/.exec(said)?.[1];
  if (weekOf !== undefined) {
    const day = dated({ ...ask, said: weekOf });
    return day && on(ask, fridayOf(day));
  }
  if (/\bweekend\b/.test(said)) {
    const sunday = addDays(now, (7 - weekday(now)) % 7 || (/\bnext\b/.test(said) ? 7 : 0));
    return on(
      ask,
      /\bbefore\b/.test(said) ? addDays(sunday, -2) : /\bnext\b/.test(said) && weekday(now) !== 0 ? addDays(sunday, 7) : sunday,
    );
  }
  if (/\b(?:next|following|coming) week\b/.test(said)) return on(ask, dayOfWeek(now, 1, dayIn(said)));
  if (/\beow\b|\bend of (?:the |this )?week\b|\bweek'?s? end\b|\b(?:by|before|later) (?:the )?this week\b|\bthis week\b/.test(said))
    return on(ask, dayOfWeek(now, 0, 5));

  if (/\bnext month\b/.test(said)) {
    const end = monthEnd(now.year, now.month + 1);
    return on(ask, { ...end, day: partOf(said, end.day) });
  }
  if (/\beom\b|\bend of (?:the |this )?month\b|\bmonth'?s?[ -]end\b|\bthis month\b/.test(said) && !NUMBERED.test(said))
    return on(ask, monthEnd(now.year, now.month));

  if (/\bfiscal\b/.test(said)) return undefined;
  const half = /\b(?:h([12])|(first|second) half)\b/.exec(said);
  if (half) return on(ask, quarterNamed(half[1] === '1' || half[2] === 'first' ? 2 : 4, false, now));
  const starts = /\bbefore (?!the end)|\b(?:start|beginning) of\b/.test(said);
  if (/\beoq\b|\bend of (?:the |this )?quarter\b|\bquarter'?s?[ -]end\b|\bthis quarter\b/.test(said)) return on(ask, quarterEnd(now, 0));
  if (/\bnext quarter\b/.test(said)) return on(ask, quarterEnd(now, starts ? 0 : 1));
  const quarter = /\bq([1-4])\b/.exec(said)?.[1] ?? ORDINALS.get(/\b(first|second|third|fourth) quarter\b/.exec(said)?.[1] ?? '');
  if (quarter) return on(ask, quarterNamed(Number(quarter), starts, now));
  if (/\bend of next year\b/.test(said)) return on(ask, monthEnd(now.year + 1, 12));
  if (/\beoy\b|\bend of (?:the |this )?year\b|\byear'?s?[ -]end\b|\bthis year\b|\bnew year'?s eve\b/.test(said))
    return on(ask, monthEnd(now.year, 12));
  return undefined;
}

const dayIn = (said: string): number =>
  /\b(?:start|beginning) of\b/.test(said) ? 1 : /\bearly\b/.test(said) ? 2 : /\bmid\b|\bmiddle of\b/.test(said) ? 3 : 5;

/** "at four", "by noon": today's, or tomorrow's when it is past. */
function clockOnly(ask: Ask): Wall | undefined {
  if (!ask.time || !/^(?:at|by|around|before|until|till) /.test(ask.said)) return undefined;
  return later(on(ask, ask.now), ask.now, true);
}

const endOfToday = (now: Wall): Wall => (now.hour >= 17 ? { ...now, hour: 23, minute: 59 } : { ...now, hour: 17, minute: 0 });

/** Never before the call: what has passed today means its end, or the same time tomorrow. */
function later(day: Wall, now: Wall, tomorrow = false): Wall {
  if (utc(day) >= utc(now)) return day;
  return tomorrow ? addDays(day, 1) : endOfToday(now);
}

const PAST =
  /\b(?:ago|last (?!day of|week (?:of|in)|(?:mon|tues|wednes|thurs|fri)day (?:of|in))|yesterday|every|each|on average|usually)\b|\blast$/;
/** A choice of two days, and stretches nobody could write down. */
const OPEN = /day (?:or|and) (?:on )?(?:sun|mon|tues|wednes|thurs|fri|satur)day\b|\b(?:fall|autumn|spring|summer|winter)$/;
const AT_ONCE =
  /\b(?:right|straight) away\b|\bimmediately\b|\basap\b|as soon as|right (?:after|now)|\bafter (?:this|our|the) (?:call|meeting)\b|hang up|get off/;
const ORDINALS = new Map([
  ['first', '1'],
  ['second', '2'],
  ['third', '3'],
  ['fourth', '4'],
]);
