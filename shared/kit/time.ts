/** Wall-clock parts of an instant in a time zone. `month` 1–12, `weekday` 0 (Sunday) – 6. */
export interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
}

const dayMs = 86_400_000;
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** What a clock on the wall shows. `zone` is an IANA name; an unknown one throws RangeError. */
export function partsIn(atMs: number, zone: string): LocalTime {
  const found = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of clockOf(zone).formatToParts(new Date(atMs))) {
    if (type in found) found[type as keyof typeof found] = Number(value);
  }
  return { ...found, weekday: new Date(Date.UTC(found.year, found.month - 1, found.day)).getUTCDay() };
}

/** The instant at which clocks in `zone` show this time. A time that a clock change skips moves forward by the change. */
export function instantIn(local: { year: number; month: number; day: number; hour: number; minute: number }, zone: string): number {
  const asUtc = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute);
  const early = asUtc - offsetMs(asUtc - dayMs, zone);
  const late = asUtc - offsetMs(early, zone);
  // The first guess stands unless the offset at that moment says otherwise.
  return late + offsetMs(late, zone) === asUtc ? late : early;
}

/** ISO 8601 with the zone's own offset, to the second: `2026-11-20T09:00:00-05:00`. */
export function isoIn(atMs: number, zone: string): string {
  const { year, month, day, hour, minute, second } = partsIn(atMs, zone);
  const offset = Math.round(offsetMs(atMs, zone) / 60_000);
  const sign = offset < 0 ? '-' : '+';
  const away = Math.abs(offset);
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${sign}${two(Math.floor(away / 60))}:${two(away % 60)}`;
}

/** The next Monday-to-Friday after the day of `iso` in `zone`, at `hour` o'clock, as ISO 8601 with offset. */
export function nextBusinessDay(iso: string, zone: string, hour = 9): string {
  const { year, month, day } = partsIn(Date.parse(iso), zone);
  let next = Date.UTC(year, month - 1, day) + dayMs;
  while ([0, 6].includes(new Date(next).getUTCDay())) next += dayMs;
  const date = new Date(next);
  const local = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), hour, minute: 0 };
  return isoIn(instantIn(local, zone), zone);
}

/** A date as people say it from `nowIso`: "today", "tomorrow", "Thursday", "November 20", "November 20, 2025". */
export function sayDate(iso: string, nowIso: string, zone: string): string {
  const then = partsIn(Date.parse(iso), zone);
  const now = partsIn(Date.parse(nowIso), zone);
  const away = dayNumber(then) - dayNumber(now);
  if (away === 0) return 'today';
  if (away === 1) return 'tomorrow';
  if (away === -1) return 'yesterday';
  if (Math.abs(away) < 7) return `${weekdays[then.weekday]}`;
  return then.year === now.year ? sayMonthDay(then) : `${sayMonthDay(then)}, ${then.year}`;
}

/** A date that stays true whenever it is read: "Thursday, November 20". */
export function sayFullDate(iso: string, zone: string): string {
  const then = partsIn(Date.parse(iso), zone);
  return `${weekdays[then.weekday]}, ${sayMonthDay(then)}`;
}

/** "10 AM", "2:30 PM". */
export function sayTime(iso: string, zone: string): string {
  const { hour, minute } = partsIn(Date.parse(iso), zone);
  return `${hour % 12 === 0 ? 12 : hour % 12}${minute === 0 ? '' : `:${two(minute)}`} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** Time into a call: "12:41", from an hour on "1:02:07". */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

const two = (n: number): string => String(n).padStart(2, '0');
const sayMonthDay = ({ month, day }: LocalTime): string => `${months[month - 1]} ${day}`;
const dayNumber = ({ year, month, day }: LocalTime): number => Date.UTC(year, month - 1, day) / dayMs;

function offsetMs(atMs: number, zone: string): number {
  const { year, month, day, hour, minute, second } = partsIn(atMs, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1_000) * 1_000;
}

// A formatter costs far more to make than to use, and a tenant has one zone.
const clocks = new Map<string, Intl.DateTimeFormat>();
const clocksMax = 64;

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  if (clocks.size >= clocksMax) clocks.clear();
  clocks.set(zone, made);
  return made;
}
