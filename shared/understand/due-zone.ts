/** The time zone that words name beside a clock time, as an IANA name: "3 pm Eastern", "15:00 GMT", "four London time". */
export function zoneSaid(said: string): string | undefined {
  const hit = ZONE_SAID.exec(said);
  return hit?.[1] === undefined ? undefined : ZONES.get(hit[1]);
}

/** "2 pm your time": the day is known, the hour is not, since nobody said where they are. */
export const isElsewhere = (said: string): boolean => /\b(?:your|their|his|her) time\b/.test(said);

/** Where 3/4 is the fourth of March. */
export const monthsFirst = (timeZone: string): boolean => US.test(timeZone);

const ZONES = new Map([
  ...(['eastern', 'et', 'est', 'edt', 'new york'] as const).map((name) => [name, 'America/New_York'] as const),
  ...(['central', 'ct', 'cst', 'cdt', 'chicago'] as const).map((name) => [name, 'America/Chicago'] as const),
  ...(['mountain', 'mt', 'mst', 'mdt', 'denver'] as const).map((name) => [name, 'America/Denver'] as const),
  ...(['pacific', 'pt', 'pst', 'pdt', 'california'] as const).map((name) => [name, 'America/Los_Angeles'] as const),
  ...(['gmt', 'utc'] as const).map((name) => [name, 'UTC'] as const),
  ...(['bst', 'uk', 'london', 'british'] as const).map((name) => [name, 'Europe/London'] as const),
  ...(['cet', 'cest', 'berlin', 'paris', 'central european', 'german'] as const).map((name) => [name, 'Europe/Berlin'] as const),
  ['sydney', 'Australia/Sydney'],
  ['tokyo', 'Asia/Tokyo'],
  ['singapore', 'Asia/Singapore'],
]);

/** Short names stand right behind the clock; a place needs its "time". */
export const ZONE =
  '(?:(?:eastern|central european|central|mountain|pacific)(?: (?:standard |daylight )?time)?|[ecmp][sd]?t|gmt|utc|bst|cest|cet|(?:new york|chicago|denver|california|uk|london|british|berlin|paris|german|sydney|tokyo|singapore|your|their|my|our|his|her) time)';
const ZONE_SAID =
  /(?:\d|\b(?:m|noon|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|fifteen)|[ap]\.?m\.?) (central european|eastern|central|mountain|pacific|[ecmp][sd]?t|gmt|utc|bst|cest|cet|(?:new york|chicago|denver|california|uk|london|british|berlin|paris|german|sydney|tokyo|singapore)(?= time))(?![\w])/;
const US =
  /^(?:US\/|America\/(?:New_York|Chicago|Denver|Los_Angeles|Phoenix|Anchorage|Detroit|Boise|Juneau|Sitka|Nome|Menominee|Indiana\/|Kentucky\/|North_Dakota\/|Indianapolis|Louisville)|Pacific\/Honolulu|E[SD]T|C[SD]T6|MST|PST8)/;
