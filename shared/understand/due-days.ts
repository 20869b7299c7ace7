import { addDays, monthEnd, type Wall, weekday } from './wall-clock.ts';

export const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** "by Thursday" is the coming one, never today; "this Friday" may be today; "next Tuesday" is next week's. In days from now. */
export function daysUntil(said: string, day: number, now: Wall): number {
  const today = weekday(now);
  const ahead = (day - today + 7) % 7 || (/\bthis [a-z]+day\b/.test(said) ? 0 : 7);
  const toMonday = (8 - today) % 7 || 7;
  const nextWeeks = toMonday + ((day + 6) % 7);
  if (/\bweek after\b/.test(said)) return nextWeeks + 7;
  if (/\b[a-z]+day week\b/.test(said)) return ahead + 7;
  return /\bnext\b|\bfollowing\b/.test(said) ? nextWeeks : ahead;
}

/** A working day of this week (0), the next (1) …, 1 for Monday to 5. On a weekend "this week" and "next week" are both the one that begins. */
export function dayOfWeek(now: Wall, weeks: number, day: number): Wall {
  const today = weekday(now);
  const isWeekend = today === 0 || today === 6;
  const monday = isWeekend ? (8 - today) % 7 || 7 : 1 - today;
  return addDays(now, monday + (isWeekend ? Math.max(0, weeks - 1) : weeks) * 7 + day - 1);
}

/** The working week's Friday around a day. */
export const fridayOf = (day: Wall): Wall => addDays(day, 5 - (weekday(day) || 7));

/** The n-th such weekday of a month, 1 to 4; 5 is the last. */
export function nthWeekday(year: number, month: number, day: number, nth: number): Wall {
  const end = monthEnd(year, month);
  if (nth >= 5) return addDays(end, -((weekday(end) - day + 7) % 7));
  const first = { ...end, day: 1 };
  return addDays(first, ((day - weekday(first) + 7) % 7) + (nth - 1) * 7);
}

/** The 15th that comes next; a month too short for it is passed over. */
export function nextDate(date: number, now: Wall): Wall {
  for (let month = now.month + (date < now.day ? 1 : 0); ; month++) {
    const end = monthEnd(now.year, month);
    if (end.day >= date) return { ...end, day: date };
  }
}

export const quarterEnd = (now: Wall, ahead: number): Wall => monthEnd(now.year, (Math.floor((now.month - 1) / 3) + 1 + ahead) * 3);

/** A quarter of the calendar year that is not over; `starts` asks for the day before it begins. */
export function quarterNamed(quarter: number, starts: boolean, now: Wall): Wall {
  const year = now.month > quarter * 3 || (starts && now.month > (quarter - 1) * 3) ? now.year + 1 : now.year;
  return monthEnd(year, (quarter - (starts ? 1 : 0)) * 3);
}

/** Working days ahead, without holidays. */
export function workdaysAhead(now: Wall, many: number): Wall {
  let day = now;
  for (let left = Math.min(many, 400); left > 0; ) {
    day = addDays(day, 1);
    if (weekday(day) !== 0 && weekday(day) !== 6) left--;
  }
  return day;
}

/** The same day so many months later, or the month's last. */
export function monthsAhead(now: Wall, months: number): Wall {
  const end = monthEnd(now.year, now.month + months);
  return { ...end, day: Math.min(now.day, end.day) };
}
