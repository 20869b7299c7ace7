import { MONTH } from './due-words.ts';
import type { Wall } from './wall-clock.ts';

/** Words that name a time, and what is known when they are read. */
export interface Ask {
  said: string;
  now: Wall;
  timeZone: string;
  time: readonly [number, number] | undefined;
}

/** That day at the time that was said; without one its working day's end. */
export const on = ({ time }: Pick<Ask, 'time'>, day: Wall, fallback: readonly [number, number] = CLOSE): Wall => {
  const [hour, minute] = time ?? fallback;
  return { ...day, hour, minute };
};

/** Which day of a month its beginning, its middle or none of these means. */
export const partOf = (said: string, last: number): number =>
  /\b(?:start|beginning) of\b/.test(said) ? 1 : /\bearly\b/.test(said) ? 7 : /\bmid\b|\bmiddle of\b/.test(said) ? 15 : last;

/** Names a day of a month. */
export const NUMBERED = new RegExp(`\\bthe \\d{1,2}(?:st|nd|rd|th)\\b|\\b${MONTH}\\.? \\d|\\b\\d{1,2}(?:st|nd|rd|th)? (?:of )?${MONTH}\\b`);
const CLOSE = [17, 0] as const;
