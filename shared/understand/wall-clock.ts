/** A place's own calendar. Months count from 1. */
export interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** What the clock on the wall shows there at this instant. An unknown zone reads as UTC. */
export function wallAt(instant: number, timeZone: string): Wall {
  const parts = Object.fromEntries(
    clock(timeZone)
      .formatToParts(new Date(instant))
      .map(({ type, value }) => [type, Number(value)]),
  );
  return { year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1, hour: parts.hour ?? 0, minute: parts.minute ?? 0 };
}

/** ISO 8601 with the offset that holds there on that day. */
export function isoAt(wall: Wall, timeZone: string): string {
  const plain = utc(wall);
  let offset = offsetAt(plain, timeZone);
  // Once more at the corrected instant: near a clock change the first guess asks on the wrong side.
  offset = offsetAt(plain - offset * 60_000, timeZone);
  const sign = offset < 0 ? '-' : '+';
  const size = Math.abs(offset);
  const pair = (value: number): string => String(value).padStart(2, '0');
  return `${new Date(plain).toISOString().slice(0, 19)}${sign}${pair(Math.floor(size / 60))}:${pair(size % 60)}`;
}

/** Days later at the same time; any overflow is carried. */
export function addDays(wall: Wall, days: number): Wall {
  return fromUtc(utc(wall) + days * 86_400_000);
}

/** 0 is Sunday. */
export const weekday = (wall: Wall): number => new Date(utc(wall)).getUTCDay();

/** The last day of a month; months beyond 12 run into the next years. */
export const monthEnd = (year: number, month: number): Wall => fromUtc(Date.UTC(year, month, 0));

export const utc = (wall: Wall): number => Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);

export function fromUtc(at: number): Wall {
  const date = new Date(at);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

/** Minutes east of Greenwich. */
function offsetAt(instant: number, timeZone: string): number {
  return Math.round((utc(wallAt(instant, timeZone)) - Math.floor(instant / 60_000) * 60_000) / 60_000);
}

const clocks = new Map<string, Intl.DateTimeFormat>();
function clock(timeZone: string): Intl.DateTimeFormat {
  const held = clocks.get(timeZone);
  if (held) return held;
  let made: Intl.DateTimeFormat;
  try {
    made = new Intl.DateTimeFormat('en-US', { ...FIELDS, timeZone });
  } catch {
    made = new Intl.DateTimeFormat('en-US', { ...FIELDS, timeZone: 'UTC' });
  }
  // Zones come from tenants' settings; the bound keeps a stream of invented names from growing this.
  if (clocks.size > 500) clocks.clear();
  clocks.set(timeZone, made);
  return made;
}
const FIELDS = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' } as const;
