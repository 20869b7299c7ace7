import { MONTH } from './due-words.ts';

/** "at ten", "10:30 am", "half past two", "morning": hour and minute. Without am or pm an office hour is meant. */
export function timeOf(said: string): readonly [number, number] | undefined {
  const part = PARTED.exec(said);
  if (part?.[1] && part[2] !== undefined && part[3]) {
    const shift = MINUTES.get(part[1]) ?? Number(part[1]);
    const hour = hourOf(part[3], halfOf(said, part[4]));
    if (hour === undefined) return undefined;
    return part[2] === 'to ' || part[2] === 'before ' ? [(hour + 23) % 24, 60 - shift] : [hour, shift];
  }
  const hit = NAMED.exec(said) ?? HALVED.exec(said) ?? COLON.exec(said);
  if (hit?.[1]) {
    const minute = hit[3] === undefined || hit[3] === '' ? Number(hit[2] ?? 0) : (MINUTES.get(hit[3]) ?? Number(hit[3]));
    const hour = hourOf(hit[1], halfOf(said, hit[4]));
    return hour === undefined || minute > 59 ? undefined : [hour, minute];
  }
  if (/\bmidnight\b/.test(said)) return [23, 59];
  if (/\bfirst thing\b|\bmorning\b/.test(said)) return [9, 0];
  if (/\b(?:noon|midday)\b|\blunch/.test(said)) return [12, 0];
  if (/\bafternoon\b/.test(said)) return [15, 0];
  if (/\bevening\b|\bnight\b/.test(said)) return [18, 0];
  return undefined;
}

const halfOf = (said: string, half: string | undefined): string | undefined =>
  half?.[0] ?? (/\b(?:afternoon|evening)\b/.test(said) ? 'p' : /\bmorning\b/.test(said) ? 'a' : undefined);

function hourOf(name: string, half: string | undefined): number | undefined {
  const word = HOURS.indexOf(name);
  const hour = name === 'noon' || name === 'midday' ? 12 : word >= 0 ? word + 1 : Number(name);
  if (!(hour <= 23)) return undefined;
  if (half === 'p' && hour < 12) return hour + 12;
  if (half === 'a' && hour === 12) return 0;
  return !half && hour >= 1 && hour <= 6 ? hour + 12 : hour;
}

const HOURS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'noon', 'midday'];
const MINUTES = new Map([
  ['half', 30],
  ['quarter', 15],
  ['five', 5],
  ['ten', 10],
  ['fifteen', 15],
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['fifty', 50],
]);

const HOUR_SAID = `(${HOURS.join('|')}|\\d{1,2})`;
const HALF = "(?: ?(a\\.?\\s?m|p\\.?\\s?m)\\b|(?: o'clock)?)";
const PARTED = new RegExp(
  `\\b(half|quarter|five|ten|twenty|\\d{1,2})(?: minutes)? (past |after |to |before |(?<=half ))${HOUR_SAID}\\b${HALF}`,
);
const NAMED = new RegExp(
  `(?:\\b(?:at|by|around|before|after|until|till) (?:about |around )?|day |day, |tomorrow )${HOUR_SAID}(?::(\\d\\d))?(?:[ -](ten|fifteen|twenty|thirty|forty|fifty|\\d\\d))?(?![\\w/]|-\\d| (?:business |working )?(?:days?|weeks?|months?|hours?|minutes?|business)\\b| (?:of )?${MONTH}\\b)${HALF}`,
);
const HALVED = new RegExp(
  `\\b${HOUR_SAID}(?::(\\d\\d))?(?:[ -](ten|fifteen|twenty|thirty|forty|fifty|\\d\\d))? ?(a\\.?\\s?m|p\\.?\\s?m)\\b`,
);
const COLON = /\b(\d{1,2}):(\d\d)\b()/;
