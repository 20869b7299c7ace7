/** Digits that belong together, written or spoken: "plus four four, double seven oh" holds `+44770`. */
export interface DigitRun {
  start: number;
  end: number;
  /** With a leading `+` where one was said. */
  digits: string;
  /** The lengths of its written groups, e.g. [3, 2, 4]; of spoken digits one group of each. */
  groups: number[];
  isSpoken: boolean;
}

/** Every run of digits in a text, in order. Money, thousands with commas, dates with slashes and number words of size are none. */
export function digitRuns(text: string): DigitRun[] {
  const runs: DigitRun[] = [];
  let run: DigitRun | undefined;
  let times = 1;
  let lastEnd = 0;
  const close = () => {
    if (run) runs.push(run);
    run = undefined;
    times = 1;
  };
  for (const hit of text.matchAll(PIECE)) {
    const [raw] = hit;
    const start = hit.index;
    const between = text.slice(lastEnd, start);
    if (run && !JOINS.test(between)) close();
    const word = raw.toLowerCase();
    const spoken = SPOKEN.get(word);
    const isPlus = raw === '+' || word === 'plus';
    if (word === 'double' || word === 'triple') times = word === 'double' ? 2 : 3;
    else if (isPlus) {
      close();
      run = { start, end: start + raw.length, digits: '+', groups: [], isSpoken: word === 'plus' };
    } else if (spoken !== undefined || /^\d+$/.test(raw)) {
      const digits = (spoken ?? raw).repeat(times);
      times = 1;
      // "$" and "1,250" are sums.
      if (run) {
        run.digits += digits;
        run.groups.push(digits.length);
        run.isSpoken ||= spoken !== undefined;
        run.end = start + raw.length;
      } else if (!/[$€£₹]\s?$/.test(text.slice(Math.max(0, start - 2), start)))
        run = { start, end: start + raw.length, digits, groups: [digits.length], isSpoken: spoken !== undefined };
    } else close();
    lastEnd = start + raw.length;
  }
  close();
  return runs;
}

const PIECE = /\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?[%km](?![\p{L}\p{N}])|\d+|\+|[\p{L}'’]+/giu;
const JOINS = /^(?:[\s\u00b7\u2010-\u2015()-]{0,4}|\.|,\s{1,2})$/u;
const SPOKEN = new Map([
  ...'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, value) => [word, String(value)] as const),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, nth) => [word, String((nth + 2) * 10)] as const),
  ['oh', '0'],
  ['o', '0'],
  ['nought', '0'],
]);
