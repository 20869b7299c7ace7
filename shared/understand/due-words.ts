/** Numbers as people say them when they name a time. Sources of patterns; all text is lower case with straight apostrophes. */

const ONES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const TEENS = ['ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const NTH = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];
const NTH_TEENS = [
  ...['tenth', 'eleventh', 'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth'],
  'twentieth',
];

/** One to ninety-nine in words. */
export const NUMBER = `(?:(?:${TENS.join('|')})(?:[ -](?:${ONES.join('|')}))?|${[...TEENS, ...ONES].join('|')})`;

/** A day of the month in words: "first", "twenty third". */
const DAY_WORDS = `(?:twenty[ -](?:${NTH.join('|')})|thirty[ -]first|thirtieth|${[...NTH_TEENS, ...NTH].join('|')})`;

/** A day of the month, in words or figures. A word alone counts things as well, so what follows must not be a thing. */
export const NTH_DAY = `(?:\\d{1,2}(?:st|nd|rd|th)|${DAY_WORDS}(?=\\s*(?:$|[^a-z\\s]|(?:at|of|and|or|in|if|so|to|for|as|i|we|it|you|they|then|with|please|latest|around|by|before|after|when|because|but|would|will|works?|is|should|sounds?|next|this|noon|${ONES.join('|')}|ten|eleven|twelve)\\b)))`;

const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'],
  ...['jan', 'feb', 'mar', 'apr', 'jun', 'jul', 'aug', 'sept?', 'oct', 'nov', 'dec'],
];
export const MONTH = `(?:${MONTHS.join('|')})`;

/** The number, or undefined when the words are none. */
export function numberOf(words: string): number | undefined {
  if (/^\d+$/.test(words)) return Number(words);
  const [first = '', then] = words.split(/[ -]/);
  const ten = TENS.indexOf(first);
  if (ten >= 0) {
    const one = then === undefined ? 0 : ONES.indexOf(then) + 1;
    return then !== undefined && one === 0 ? undefined : (ten + 2) * 10 + one;
  }
  const [one, teen] = [ONES.indexOf(first), TEENS.indexOf(first)];
  return then !== undefined ? undefined : one >= 0 ? one + 1 : teen >= 0 ? teen + 10 : undefined;
}

/** "the twenty third" → "the 23rd", "december first" → "december 1st", "forty eight hours" → "48 hours"; other words stay. */
export function inFigures(said: string): string {
  return said
    .replace(DAY_SAID, (whole, lead: string, words: string) => {
      const nth = nthOf(words);
      return nth === undefined ? whole : `${lead}${nth}${nth % 10 === 1 && nth !== 11 ? 'st' : 'th'}`;
    })
    .replace(PAIR, (words) => String(numberOf(words) ?? words))
    .replace(COUNTED, (words) => String(numberOf(words) ?? words));
}

function nthOf(words: string): number | undefined {
  if (words === 'thirtieth') return 30;
  const [first = '', then] = words.split(/[ -]/);
  if (then !== undefined) {
    const nth = NTH.indexOf(then) + 1;
    return nth === 0 ? undefined : (first === 'thirty' ? 30 : 20) + nth;
  }
  const [one, teen] = [NTH.indexOf(first), NTH_TEENS.indexOf(first)];
  return one >= 0 ? one + 1 : teen >= 0 ? teen + 10 : undefined;
}

/** An order of things is no day: "the first quarter", "the second option". */
export const NO_DAY =
  '(?!\\s+(?:thing|half|quarter|week|weekend|month|year|time|times|round|call|meeting|demo|phase|step|one|option|part|place|floor|party|person|batch|payment|invoice|draft|version|of\\s+(?:all|them|us|these|those|many|three|the\\s+(?!month))|(?:mon|tues|wednes|thurs|fri|satur|sun)day))';
const DAY_SAID = new RegExp(`\\b((?:the |${MONTH} (?:the )?))(${DAY_WORDS})\\b${NO_DAY}`, 'g');
const PAIR = new RegExp(`\\b(?:${TENS.join('|')})[ -](?:${ONES.join('|')})\\b`, 'g');
const COUNTED = new RegExp(`\\b${NUMBER}(?= (?:more |business |working |calendar )*(?:minute|hour|day|week|month|quarter|year)s?\\b)`, 'g');
