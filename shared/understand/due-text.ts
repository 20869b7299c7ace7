import { straighten } from './tokenise.ts';

/** The words in a sentence that name a time ahead, verbatim, with where they stand; undefined when none do. */
export function dueText(sentence: string): { text: string; start: number; end: number } | undefined {
  const flat = straighten(sentence).toLowerCase();
  let best: { start: number; end: number } | undefined;
  for (const re of PATTERNS) {
    for (const hit of flat.matchAll(re)) {
      const start = hit.index + (/^\s*/.exec(hit[0])?.[0].length ?? 0);
      const end = hit.index + hit[0].trimEnd().length;
      if (end <= start || isNotDue(flat, start, end)) continue;
      // The longest says most: "next Tuesday at ten" over "next Tuesday".
      if (!best || end - start > best.end - best.start) best = { start, end };
    }
  }
  return best && { text: sentence.slice(best.start, best.end), ...best };
}

/** Something past, regular or a mere duration: "yesterday", "every Friday", "it takes two days", "within two days on average". */
function isNotDue(flat: string, start: number, end: number): boolean {
  return (
    /\b(?:every|each|last|since|takes?|took|spent|spend|past|previous|over the|for (?:the|about))\s+(?:about |around |roughly |up to )?$/.test(
      flat.slice(Math.max(0, start - 30), start),
    ) || /^\s*(?:ago|on average|in a row|old|earlier)\b/.test(flat.slice(end, end + 20))
  );
}

const DAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)';
const COUNT =
  '(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|thirty|sixty|ninety|\\d{1,3}|a few|a couple(?: of)?|couple(?: of)?|the next few|the next couple(?: of)?|the next)';
const HOUR = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday|\\d{1,2}(?::\\d\\d)?)';
const CLOCK = `(?:(?:\\s*,?\\s*(?:at|by|around|before|after)\\s+(?:about |around )?${HOUR}(?:[ -]?(?:thirty|fifteen))?(?:\\s?(?:a\\.?m\\.?|p\\.?m\\.?|o'clock))?)(?![\\w%]))`;
const PART = '(?:\\s+(?:morning|afternoon|evening|night))';
const LEAD =
  '(?:(?:by|on|before|until|till|from|no later than|any ?time|sometime|some time|first thing|later|early|mid|late|around|for)\\s+)*(?:(?:this|next|the|coming|following|on)\\s+)*';

const PATTERNS = [
  `(?:(?:by|at|before|until)\\s+)?(?:the\\s+)?(?:end|close|middle|beginning|start)\\s+of\\s+(?:the\\s+|this\\s+|next\\s+)?(?:business(?:\\s+day)?|day|week|month|quarter|year|today|tomorrow|q[1-4]|${DAY}|${MONTH})(?:\\s+(?:today|tomorrow|on ${DAY}|${DAY}))?`,
  `(?:(?:by|before|at)\\s+)?(?:eod|cob|eob|eow|eom|eoq|eoy)(?:\\s+(?:today|tomorrow|(?:on )?${DAY}))?`,
  `${LEAD}(?:today|tonight|tomorrow|day after tomorrow)${PART}?${CLOCK}?`,
  `${LEAD}(?:morning|afternoon|evening)(?=\\s*(?:$|[.,?!]|at\\b))${CLOCK}?`,
  `${LEAD}${DAY}${PART}?(?:\\s*,?\\s+(?:next week|the week after|week|this week|the \\d{1,2}(?:st|nd|rd|th)))?(?:\\s+or\\s+${DAY})?${CLOCK}?`,
  `${LEAD}${DAY}\\s+\\d{1,2}(?:\\s?[ap]\\.?m\\.?)?(?:\\s|$|[.,?])`,
  `(?:(?:by|on|before|until|sometime|some time|early|later|late|mid|end of|first thing|in|for)\\s+)*(?:next|this|the following|the coming|later this|later next|early next)\\s+(?:week|month|quarter|year|fiscal year|spring|summer|fall|autumn|winter|afternoon|morning|evening)(?:\\s+(?:on )?${DAY})?${CLOCK}?`,
  `(?:in|within)\\s+(?:about |around |roughly |the next |less than )?${COUNT}\\s+(?:more\\s+)?(?:(?:business|working)\\s+)?(?:minutes?|hours?|days?|weeks?|months?|quarters?|years?)(?:'?\\s+time)?(?:\\s+from\\s+(?:now|today))?${CLOCK}?`,
  `${COUNT}\\s+(?:(?:business|working)\\s+)?(?:hours?|days?|weeks?|months?)\\s+(?:from\\s+(?:now|today|${DAY})|later|out)`,
  `(?:(?:by|in|before|during|for|until|early|late|the end of)\\s+)+(?:the\\s+)?(?:q[1-4]|(?:first|second|third|fourth|new|next)\\s+(?:quarter|year))`,
  `(?:(?:by|on|before|until|in|around|early|late|mid|for)\\s+)*${MONTH}\\.?\\s+(?:the\\s+)?\\d{1,2}(?:st|nd|rd|th)?(?!\\d)${CLOCK}?`,
  `(?:by|on|before|until|in|around|early|late|mid)\\s+(?:early |late |mid )?${MONTH}(?![\\w])`,
  `(?:by|on|before|until|around)\\s+the\\s+(?:\\d{1,2}(?:st|nd|rd|th)|first|second|third|fifth|tenth|fifteenth|twentieth|thirtieth)(?:\\s+of\\s+${MONTH})?(?![\\w])`,
  `(?:by|on|before|until)?\\s*\\d{1,2}/\\d{1,2}(?:/\\d{2,4})?`,
  `(?:right|straight) away|immediately|as soon as (?:possible|i (?:can|get [a-z ]{1,30})|we (?:can|hang up|finish))|asap|(?:the )?same day|right (?:after|now)(?: (?:this|the|our) (?:call|meeting))?|after (?:this|our|the) (?:call|meeting)|when (?:we|i) (?:hang up|get off (?:this|the) (?:call|phone))|(?:before|after|over|during) (?:the|this|our|your|my) (?:[a-z]+ )?(?:weekend|holidays?|lunch|break|review|board meeting|meeting|call|event|conference|vacation|new year)|over lunch`,
  `at\\s+${HOUR}(?:[ -]?(?:thirty|fifteen))?(?:\\s?(?:a\\.?m\\.?|p\\.?m\\.?|o'clock))?\\s+(?:(?:on|this|next|coming)\\s+)+(?:${DAY}|week)`,
  `at\\s+${HOUR}(?:[ -]?(?:thirty|fifteen))?(?:\\s?(?:a\\.?m\\.?|p\\.?m\\.?|o'clock))?(?=\\s*(?:$|[.,?!]|on\\b|tomorrow|if|to\\b|so|and|then|for))`,
].map((source) => new RegExp(`(?<![\\w'])${source}(?![\\w])`, 'g'));
