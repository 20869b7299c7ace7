import type { Authority } from '../contracts/need.ts';
import { isPast } from './guards.ts';
import { DEPARTMENT, sayTitle, TITLE } from './job-titles.ts';
import { evidenceOf, type Said } from './said.ts';

/** Who decides, by the customer's words; said twice, the later word counts. */
export function authoritySaid(said: readonly Said[]): Authority | undefined {
  let held: Authority | undefined;
  for (const one of said) {
    if (one.utterance.role === 'rep' || one.isQuestion || one.lean === '' || isPast(one.lean)) continue;
    const found = whoDecides(one.lean);
    if (found)
      held = {
        ...found,
        confidence: one.utterance.role === 'customer' ? 0.85 : 0.6,
        evidence: evidenceOf(one.utterance, one.start, one.end),
      };
  }
  return held;
}

function whoDecides(lean: string): Pick<Authority, 'who' | 'text'> | undefined {
  // Most sentences speak of no decision; the long patterns need not see them.
  if (!DECIDING.test(lean)) return undefined;
  const group = GROUP.exec(lean);
  if (group) return { who: 'group', text: group[1] ?? group[2] ?? 'several people' };
  const other = OTHER.map((re) => re.exec(lean)).find((hit) => hit !== null);
  if (other) return { who: 'other', text: sayTitle(other.groups?.['who'] ?? 'somebody else') };
  if (NOT_SELF.test(lean)) return { who: 'other', text: 'somebody else' };
  return SELF.test(lean) ? { who: 'self', text: 'the speaker' } : undefined;
}

const DECIDING =
  /decid|decision|approv|sign|final say|last (?:say|word)|final word|budget|buy in|okay|bless|permission|run (?:it|this|that)|up to|convince|clear|check|call|talk|speak|justify|discuss|go over|authority|pay grade|board|committee|green|present|in front/;
const DEED =
  '(?:makes? (?:the |that |all the )?(?:final |ultimate )?(?:decisions?|calls?)|(?:has|have|gets?|would have) (?:the )?(?:final|last) (?:say|word)|(?:(?:has|have|needs?|would need|will need|will have|would have) to |will |would |must )?(?:signs? off|approves?|sign it|sign this|sign the [a-z]+|okay it|green ?light)|(?:holds?|controls?|owns?) the (?:budget|purse strings|money)|decides?)';
const WHO = `(?<who>${TITLE}|(?:the )?${DEPARTMENT} (?:team|department))`;
const OTHER = [
  new RegExp(`\\b(?:my|our|the) ${WHO}(?: [a-z]+){0,3} ${DEED}\\b`),
  new RegExp(
    `\\b(?:run (?:it|this|that|everything) (?:by|past)|(?:get|need|have|has|wait for|waiting for|requires?|subject to)(?: [a-z]+){0,2} (?:approval|sign off|signature|buy in|the okay|permission|blessing) (?:from|of|by)|(?:approved|signed off|decided|made) by|up to|convince|clear (?:it|this) with|check (?:it |this )?with|(?:need|have|got) to (?:talk|speak) (?:to|with)|justify (?:[a-z]+ ){1,3}to|decision (?:is|lies|sits|rests) with) (?:my|our|the) ${WHO}\\b`,
  ),
  new RegExp(
    `\\b(?:need|have to get|get|requires?)(?: my| our| the)? ${WHO}(?: is|'s)? (?:approval|sign off|signature|okay|blessing|buy in)\\b`,
  ),
];
const MANY =
  '(?:the |our |my |a |whole )*(?:board(?: of directors)?|committee|leadership(?: team)?|executive team|exec team|partners|management(?: team)?|steering group|buying group|council|trustees|stakeholders|(?:whole )?team)';
const GROUP = new RegExp(
  `\\b(?:(${MANY})(?: [a-z]+){0,3} ${DEED}|(?:approval|sign off|buy in|okay|signature|run (?:it|this|that) (?:by|past)|up to|approved by|decided by|present (?:it|this) to|take (?:it|this) to|in front of|convince|(?:discuss|clear|go over) (?:it|this|that) with|(?:need|have|got) to (?:talk|speak) (?:to|with)|justify (?:it|this|that|[a-z ]{1,20}) to)(?: (?:of|from))? (${MANY})|(?:decide|decision)(?: [a-z]+){0,3} (?:together|as a (?:team|group|family))|(?:joint|group|team|collective|committee) decision|decided? by committee|(?:three|four|five|several|multiple|a few) (?:people|of us|decision makers|stakeholders)(?: [a-z]+){0,3} (?:decide|agree|involved|sign|weigh))\\b`,
);
const NOT_SELF =
  /\b(?:i am not the (?:decision maker|one who|person who|final|right person)|i do not (?:make|have)(?: [a-z]+){0,3} (?:decisions?|call|say|authority|power)|(?:it is|that is|not) (?:not )?(?:my call|my decision|up to me|above my pay grade)|above my pay grade|not my (?:call|decision)|can not (?:approve|sign|decide)(?: [a-z]+){0,3} (?:myself|alone|on my own|without))\b/;
const SELF =
  /\b(?:i am the (?:decision maker|one who (?:decides|signs|approves|makes)|final)|i (?:will |get to |can )?make the (?:final )?(?:decision|call)s?|(?:it is|that is) (?:my (?:call|decision)|up to me)|i have (?:the )?(?:final say|authority|sign off|signing)|i (?:can|could|will) (?:approve|sign off)(?: on)? (?:it|this|that|up to|anything)|i (?:hold|own|control|manage) (?:the|my own|our) budget|decision is mine|i sign off)\b/;
