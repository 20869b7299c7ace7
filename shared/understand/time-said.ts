/** "at ten", "10:30 am", "morning". Without am or pm an office hour is meant. */
export function timeOf(said: string): readonly [number, number] | undefined {
  const hit =
    new RegExp(
      `(?:\\b(?:at|by|around|before|after) (?:about |around )?|day |tomorrow )(${HOURS.join('|')}|\\d{1,2})(?::(\\d\\d))?(?:[ -](thirty|fifteen))?(?![\\w/]| (?:days?|weeks?|months?|hours?|minutes?|business)\\b)(?: ?(a\\.?m|p\\.?m))?`,
    ).exec(said) ?? /\b(\d{1,2})(?::(\d\d))?() ?(a\.?m|p\.?m)/.exec(said);
  if (hit?.[1]) {
    const word = HOURS.indexOf(hit[1]);
    let hour = hit[1] === 'noon' || hit[1] === 'midday' ? 12 : word >= 0 ? word + 1 : Number(hit[1]);
    const minute = hit[3] === 'thirty' ? 30 : hit[3] === 'fifteen' ? 15 : Number(hit[2] ?? 0);
    const half = hit[4]?.[0] ?? (/\b(?:afternoon|evening)\b/.test(said) ? 'p' : undefined);
    if (hour > 23 || minute > 59) return undefined;
    if (half === 'p' && hour < 12) hour += 12;
    if (half === 'a' && hour === 12) hour = 0;
    if (!half && hour >= 1 && hour <= 6) hour += 12;
    return [hour, minute];
  }
  if (/\bfirst thing\b|\bmorning\b/.test(said)) return [9, 0];
  if (/\bnoon\b|\blunch\b/.test(said)) return [12, 0];
  if (/\bafternoon\b/.test(said)) return [15, 0];
  if (/\bevening\b|\bnight\b/.test(said)) return [18, 0];
  return undefined;
}

/** One to twelve, then the middle of the day. */
export const HOURS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'noon', 'midday'];
