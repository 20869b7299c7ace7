import { MONTH, NO_DAY, NTH_DAY, NUMBER } from './due-words.ts';
import { ZONE } from './due-zone.ts';
import { straighten } from './tokenise.ts';

/** The words in a sentence that name a time ahead, verbatim, with where they stand; undefined when none do. */
export function dueText(sentence: string): { text: string; start: number; end: number } | undefined {
  const flat = straighten(sentence).toLowerCase();
  // Most sentences name no time, and one look tells.
  if (!TIMES.test(flat)) return undefined;
  let best: { start: number; end: number } | undefined;
  for (const { needs, re } of PATTERNS) {
    if (!needs.test(flat)) continue;
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
  const before = flat.slice(Math.max(0, start - 30), start);
  const text = flat.slice(start, end);
  return (
    BEFORE.test(before) ||
    BEHIND.test(flat.slice(end, end + 20)) ||
    // "We may first look" is no first of May.
    (text.startsWith('may ') && /\b(?:i|we|you|they|he|she|it|that|this|there|and|who|which)\s+$/.test(before)) ||
    (!/^(?:by|before|until|till|within|for)\b/.test(text) && WAS.test(flat.slice(Math.max(0, start - 80), start))) ||
    (/^in (?:the |[a-z]+$)/.test(text) && /\bback $/.test(before)) ||
    (/(?:twenty|thirty)[ -]$/.test(before) && /^[a-z]+(?:st|nd|rd|th)\b|^second\b/.test(text)) ||
    // When they open is no promise.
    (/^(?:at|by|until) (?!the)/.test(text) && /\b(?:opens?|closes?|shift|doors) $/.test(before)) ||
    (/\bthis (?:morning|afternoon)$/.test(text) && /\b(?:was|were|been|had|did|saw|got|came)\b/.test(before))
  );
}

const BEFORE =
  /(?:day (?:to|through|thru) |\b(?:every(?: (?:other|second|third|first|single))?|each|last|since|takes?|took|spent|spend|past|previous|over the|for (?:the|about))\s+(?:about |around |roughly |up to )?)$/;
/** What was already: "we talked to them in …". A plan made in the past ("we agreed on Friday") may still be one. */
const WAS =
  /\b(?:i|we|they|he|she|it|you|who)(?:'ve|'d)? (?:have |had |just |already |also |both |all ){0,2}(?:was|were|had|did|talked|spoke|spoken|met|signed|bought|launched|hired|lost|tried|used|went|came|saw|called|renewed|switched|closed|shipped|ran|broke|crashed|failed|visited|installed|joined|left|changed|upgraded)\b(?:(?!\b(?:will|going|let's|can|could|should|shall|would|need|want|to (?:send|call|meet|talk|be|go))\b|'ll)[^.?!;,])*$/;
const BEHIND =
  /^\s*(?:ago|mornings|afternoons|evenings|nights|on average|in a row|old|earlier|of (?:them|us|those|these|all|our|the)|(?:to|through|thru) (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/;

const DAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const ONE_COUNT = `(?:${NUMBER}|\\d{1,3}|an?)`;
const COUNT = `(?:${ONE_COUNT} (?:or|to) ${ONE_COUNT}|\\d{1,3}-\\d{1,3}|${ONE_COUNT}|a few|several|a couple(?: of)?|couple(?: of)?|the next few|the next couple(?: of)?|the next(?: ${ONE_COUNT})?)`;
const UNITS = '(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|quarters?|years?)';
const HOUR = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday|\\d{1,2}(?::\\d\\d)?)';
const HALF = "(?:\\s?(?:a\\.?\\s?m\\.?|p\\.?\\s?m\\.?|o'clock)(?![\\w]))";
const MINUTES = '(?:[ -]?(?:thirty|fifteen|forty[ -]five|ten|twenty|forty|fifty))';
/** "ten thirty", "half past two". */
const HOURS = `(?:(?:an? )?(?:half|quarter|ten|twenty|five) (?:past|to|after) ${HOUR}${HALF}?|half ${HOUR}|midnight|${HOUR}${MINUTES}?${HALF}?)`;
const CLOCK = `(?:\\s*,?\\s*(?:(?:at|by|around|before|after)\\s+(?:about |around )?${HOURS}|${HOUR}${MINUTES}?${HALF}|noon|midnight)(?:\\s+${ZONE})?(?![\\w%]))`;
const PART = '(?:\\s+(?:morning|afternoon|evening|night))';
const LEAD =
  '(?:(?:by|on|before|until|till|from|no later than|any ?time|sometime|some time|first thing|later|early|mid|late|around|for)\\s+)*(?:(?:this|next|the|coming|following|on)\\s+)*';
const TIMED = '(?:(?:by|before|until|till|around|at)\\s+(?:noon|midday|midnight|lunch(?:time)?)\\s+)?';
const THE_NTH = `the\\s+${NTH_DAY}(?![\\w])${NO_DAY}(?:\\s+of\\s+(?:${MONTH}|(?:the|this|next) month)(?:,?\\s+\\d{4})?)?`;

/** A word that every pattern needs one of. */
const TIMES = new RegExp(
  `\\d|day|week|month|quarter|year|tomorrow|tonight|morning|afternoon|evening|night|noon|hour|hrs?\\b|mins?\\b|minute|fortnight|lunch|away|immediately|as soon as|asap|right (?:after|now)|(?:after|before|over|during) (?:the|this|our|your|my)|hang up|get off|christmas|thanksgiving|same time|\\b(?:eod|cob|eob|eow|eom|eoq|eoy)\\b|\\b${MONTH}\\b|\\b${NUMBER}\\b|${NTH_DAY}`,
);

const UNIT = /min|hour|hr|day|week|month|quarter|year|fortnight/;
const HAS_MONTH = new RegExp(`\\b${MONTH}\\b`);
const NTH = /\d(?:st|nd|rd|th)|first|second|third|fourth|(?:fif|six|seven|eigh|nin|ten|eleven|twelf|teen|tie)th/;

/** Each with what it cannot do without, so that few are tried: compiled, one weighs more than all of these together. */
const PATTERNS = (
  [
    [
      /of/,
      `(?:(?:by|at|before|until)\\s+)?(?:the\\s+)?(?:end|close|middle|beginning|start)\\s+of\\s+(?:the\\s+|this\\s+|next\\s+)?(?:business(?:\\s+day)?|day|play|week|month|quarter|year|today|tomorrow|q[1-4]|h[12]|(?:first|second|third|fourth) quarter|(?:first|second) half|${DAY}|${MONTH}(?:\\s+\\d{4})?)(?:\\s+(?:today|tomorrow|on ${DAY}|${DAY}|on ${THE_NTH}))?`,
    ],
    [/eo[dbwmqy]|cob/, `(?:(?:by|before|at)\\s+)?(?:eod|cob|eob|eow|eom|eoq|eoy)(?:\\s+(?:today|tomorrow|(?:on )?${DAY}))?`],
    [/end/, `(?:by|before|at|until)\\s+(?:the\\s+)?(?:week|month|quarter|year)(?:'?s)?[ -]end`],
    [/today|tonight|tomorrow/, `${TIMED}${LEAD}(?:today|tonight|tomorrow|day after tomorrow)${PART}?${CLOCK}?`],
    [/morning|afternoon|evening/, `${LEAD}(?:morning|afternoon|evening)(?=\\s*(?:$|[.,?!]|at\\b))${CLOCK}?`],
    [
      /day/,
      `${TIMED}${LEAD}${DAY}${PART}?(?:\\s*,?\\s+(?:(?:of )?next week|the week after|week|this week|the ${NTH_DAY}|(?:by )?(?:the )?(?:end|close) of (?:the )?(?:business |working )?(?:day|business)|eod|cob))?(?:\\s+or\\s+(?:on )?${DAY})?${CLOCK}?`,
    ],
    [/day/, `${LEAD}${DAY}\\s+\\d{1,2}(?:\\s?[ap]\\.?m\\.?)?(?:\\s|$|[.,?])`],
    [
      /next|this|following|coming/,
      `(?:(?:by|on|before|until|sometime|some time|early|later|late|mid|end of|first thing|in|for|over|during)\\s+)*(?:next|this|the following|the coming|later this|later next|early next)\\s+(?:week|weekend|month|quarter|year|fiscal year|spring|summer|fall|autumn|winter|afternoon|morning|evening)(?:\\s+(?:on )?${DAY})?${CLOCK}?`,
    ],
    [/after next/, `(?:on ${DAY},? )?(?:(?:by|in|sometime|some time) )?(?:the )?week after next(?:,? (?:on )?${DAY})?${CLOCK}?`],
    [/same time/, `(?:(?:on )?(?:next )?${DAY}|next week|tomorrow),? (?:at (?:the )?)?same time`],
    [/time/, `(?:same|this) time (?:(?:on )?(?:next )?${DAY}|next week|tomorrow)`],
    [
      UNIT,
      `(?:in|within)\\s+(?:about |around |roughly |the next |less than )?(?:${COUNT}\\s+(?:more\\s+)?(?:(?:business|working)\\s+)?${UNITS}|half an hour|the hour|an hour and a half|a fortnight)(?:'?\\s+time)?(?:\\s+from\\s+(?:now|today|tomorrow|(?:next |this )?${DAY}))?${CLOCK}?`,
    ],
    [
      UNIT,
      `${COUNT}\\s+(?:(?:business|working)\\s+)?${UNITS}\\s+(?:from\\s+(?:now|today|tomorrow|(?:next |this )?${DAY})|later|out)${CLOCK}?`,
    ],
    [/week/, `(?:a|one|two) weeks? on ${DAY}`],
    [
      /quarter|year|q[1-4]/,
      `(?:(?:by|in|before|during|for|until|early|late|the end of)\\s+)+(?:the\\s+)?(?:q[1-4]|(?:first|second|third|fourth|new|next)\\s+(?:quarter|year))`,
    ],
    [
      HAS_MONTH,
      `(?:(?:by|on|before|until|in|around|early|late|mid|for|no later than)\\s+)*${MONTH}\\.?\\s+(?:the\\s+)?(?:\\d{1,2}(?:st|nd|rd|th)?(?!\\d)|${NTH_DAY}(?![\\w])${NO_DAY})(?:,?\\s+20\\d\\d)?${CLOCK}?`,
    ],
    [
      HAS_MONTH,
      `(?:(?:by|on|before|until|around|from|no later than)\\s+)*(?:the\\s+)?(?:\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?|${NTH_DAY}\\s+of\\s+)${MONTH}(?![\\w])(?:,?\\s+20\\d\\d)?${CLOCK}?`,
    ],
    [HAS_MONTH, `(?:by|on|before|until|in|around|early|late|mid)\\s+(?:early |late |mid[ -]?)?${MONTH}(?![\\w])(?:\\s+20\\d\\d)?`],
    [NTH, `(?:by|on|before|until|till|around|than|from)\\s+${THE_NTH}${CLOCK}?`],
    [
      / on /,
      `(?:before|for|until|ahead of) (?:the|our|their|my|your) (?:[a-z]+ )?[a-z]+ on (?:${THE_NTH}|${DAY}|${MONTH} (?:the )?${NTH_DAY}(?![\\w]))`,
    ],
    [
      /day|week/,
      `(?:(?:by|on|in|during|for) )?the (?:first|second|third|fourth|last) (?:${DAY}|day|week) (?:of|in) (?:(?:the|this|next) (?:month|quarter|year)|${MONTH})(?![\\w])`,
    ],
    [/week of/, `(?:(?:by|in|during|for) )?(?:the )?week of (?:${THE_NTH}|${MONTH} (?:the )?(?:${NTH_DAY}|\\d{1,2}))(?![\\w])`],
    [/\//, `(?:by|on|before|until)?\\s*\\d{1,2}/\\d{1,2}(?:/\\d{2,4})?`],
    [/-/, `(?:(?:by|on|before|until) )?20\\d\\d-\\d\\d-\\d\\d`],
    [/christmas|thanksgiving|new year/, `(?:by|before|around|until|on) (?:christmas(?: eve)?|thanksgiving|new year's eve)`],
    [
      /./,
      `(?:right|straight) away|immediately|as soon as (?:possible|i (?:can|get [a-z ]{1,30})|we (?:can|hang up|finish))|asap|(?:the )?same day|right (?:after|now)(?: (?:this|the|our) (?:call|meeting))?|after (?:this|our|the) (?:call|meeting)|when (?:we|i) (?:hang up|get off (?:this|the) (?:call|phone))|(?:before|after|over|during) (?:the|this|our|your|my) (?:[a-z]+ )?(?:weekend|holidays?|lunch|break|review|board meeting|meeting|call|event|conference|vacation|new year)|over lunch`,
    ],
    [/day|tomorrow|week/, `at\\s+${HOURS}(?:\\s+${ZONE})?,?\\s+(?:(?:on|this|next|coming)\\s+)*(?:${DAY}|tomorrow|week)`],
    [/at\s/, `at\\s+${HOURS}(?:\\s+${ZONE})?(?=\\s*(?:$|[.,?!]|on\\b|tomorrow|if|to\\b|so|and|then|for))`],
    [/(?:by|until|till|before)\s/, `(?:by|until|till|before)\\s+(?:${HOURS})(?=\\s*(?:$|[.,?!]|and i\\b|and we\\b|so\\b))`],
  ] as const
).map(([needs, source]) => ({ needs, re: new RegExp(`(?<![\\w'])${source}(?![\\w])`, 'g') }));
