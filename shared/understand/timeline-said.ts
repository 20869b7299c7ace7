import type { Timeline } from '../contracts/need.ts';
import { dueAt } from './due.ts';
import { dueText } from './due-text.ts';
import { isHedged, isPast } from './guards.ts';
import { evidenceOf, type Said } from './said.ts';
import { fromUtc, utc, type Wall, wallAt, weekday } from './wall-clock.ts';

/** Every time the customer named for deciding, starting, renewing or being done, in order. */
export function timelineSaid(said: readonly Said[], call: { startedAt: string; timeZone: string }): Timeline[] {
  return said.flatMap((one) => {
    const { lean } = one;
    if (one.utterance.role === 'rep' || one.isQuestion || lean === '' || isPast(lean) || MEETS.test(lean)) return [];
    const event = EVENTS.find(([re]) => re.test(lean))?.[1];
    const due = event && dueText(one.text.slice(0, TEXT_MAX));
    if (!event || !due) return [];
    const lead = one.text.slice(Math.max(0, due.start - 20), due.start).toLowerCase();
    return [
      {
        event,
        text: due.text,
        ...between(due.text, lead, call),
        confidence: (isHedged(lean) ? 0.65 : 0.85) * (one.utterance.role === 'customer' ? 1 : 0.7),
        evidence: evidenceOf(one.utterance, one.start, one.end),
      },
    ];
  });
}

/** The one that counts: of those surest, the last that was said. */
export const lastSaid = (all: readonly Timeline[]): Timeline | undefined =>
  all.reduce<Timeline | undefined>((held, one) => (held && held.confidence > one.confidence ? held : one), undefined);

function between(text: string, lead: string, call: { startedAt: string; timeZone: string }): Pick<Timeline, 'from' | 'to'> {
  const end = dueAt(text, call.startedAt, call.timeZone)?.slice(0, 10);
  const startedAt = Date.parse(call.startedAt);
  if (end === undefined || !Number.isFinite(startedAt)) return {};
  const said = text.toLowerCase();
  const first = later(startOf(said, end), dateOf(wallAt(startedAt, call.timeZone)));
  if (/\bnot (?:until|before|till)\s*$/.test(lead) || /\b(?:starting|beginning|from)\s*$/.test(lead)) return { from: first ?? end };
  if (/\bafter\s*$/.test(lead)) return { from: end };
  if (first === undefined || /\b(?:by|before|until|till|no later|end of)\b/.test(said)) return { to: end };
  return { from: first, to: end };
}

/** Where a named week, month, quarter or year begins; undefined for a day. `end` is its last day. */
function startOf(said: string, end: string): string | undefined {
  const [year = 0, month = 1, day = 1] = end.split('-').map(Number);
  const wall = { year, month, day, hour: 0, minute: 0 };
  if (
    /\d{1,2}(?:st|nd|rd|th)\b|\b[a-z]{3,9}\.? \d{1,2}\b|day\b|\d\/\d/.test(said.replace(/\b(?:q[1-4]|\d+ (?:days?|weeks?|months?))\b/g, ''))
  )
    return undefined;
  if (/\bquarter\b|\bq[1-4]\b/.test(said)) return dateOf({ ...wall, month: month - ((month - 1) % 3), day: 1 });
  if (/\b(?:in|within) .*(?:days?|weeks?|months?|quarters?|years?)\b/.test(said)) return undefined;
  if (/\bweek\b/.test(said)) return dateOf(fromUtc(utc(wall) - ((weekday(wall) + 6) % 7) * 86_400_000));
  if (/\byear\b/.test(said)) return dateOf({ ...wall, month: 1, day: 1 });
  if (/\bmonth\b/.test(said) || MONTH.test(said)) return dateOf({ ...wall, day: 1 });
  return undefined;
}

const dateOf = ({ year, month, day }: Wall): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
const later = (date: string | undefined, floor: string): string | undefined => (date !== undefined && date < floor ? floor : date);

/** A longer sentence is nobody's speech. */
const TEXT_MAX = 800;
const MONTH = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/;
/** The next talk is a next step, not a plan to buy. */
const MEETS =
  /\b(?:call|calls|meeting|meet|talk|chat|speak|catch up|follow up|demo|send|email|reach out|check back|touch base|circle back|connect|invite|hop on|get back)\b/;
const EVENTS: readonly (readonly [RegExp, Timeline['event']])[] = [
  [
    /\b(?:contract|agreement|subscription|licen[sc]e|lease|renewal|policy|plan)(?: [a-z]+){0,6} (?:is up|are up|expires?|ends?|renews?|runs out|up for renewal|comes? up|is due)\b|\b(?:renewal (?:is|comes|date)|up for renewal|have to renew|renew (?:it|with|our|in|by|on))\b/,
    'renewal',
  ],
  [
    /\b(?:deadline|audit|no later than|has to be (?:done|finished|in)|(?:must|have to|has to|need to|needs to) (?:be|have)(?: [a-z]+){0,4} (?:compliant|certified|ready|done|replaced|off|out)|(?:season|peak|launch date|opening|go dark|end of life|sunset|switched off|shut down|shuts down))\b/,
    'deadline',
  ],
  [
    /\b(?:live|launch|roll(?:ing|ed)? (?:it |this |that )?out|rollout|in place|up and running|implement\w*|onboard\w*|kick ?off|deploy\w*|switch(?:ing)? over|migrat\w*|operational|get started|(?:want|need|like|plan|hope|looking|ready|able) to (?:start|begin|have|get going|use|be using)|(?:start|begin) (?:using|with|in|by))\b/,
    'start',
  ],
  [
    /\b(?:decid(?:e|ing)|decision|choose|choosing|pick (?:a|one|someone|the)|select(?:ing)?|make (?:a|the|our) (?:call|choice)|approv(?:e|al|ed)|sign(?:ed)? (?:the|a|off|something|it|this|with)|buy(?:ing)?|purchas(?:e|ing)|commit|shortlist|board (?:votes?|meets))\b/,
    'decision',
  ],
];
