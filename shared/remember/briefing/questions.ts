import type { BriefLine, BriefSource } from '../../contracts/brief.ts';
import type { RiskCode } from '../../contracts/risk.ts';
import { bantQuestions, spicedQuestions } from '../../understand/methodology/gap-questions.ts';
import type { Gap, Known } from './known.ts';
import { fromCall, fromDates } from './sources.ts';

const ASKED = 3;

/** Three to ask: what they asked and nobody answered, what the gravest risk hangs on, and what no call has told yet. */
export function questions(known: Known): BriefLine[] {
  const lines = [...unanswered(known), ...fromRisks(known), ...fromGaps(known), ...openers];
  return [...new Map(lines.map((line) => [line.text, line])).values()].slice(0, ASKED);
}

function unanswered({ calls }: Known): BriefLine[] {
  const [call, evidence] = calls.flatMap((one) => one.asked.map((asked) => [one, asked] as const))[0] ?? [];
  if (!call || !evidence) return [];
  return [question(`They asked and got no answer: “${evidence.quote}”`, fromCall(call, evidence))];
}

function fromRisks(known: Known): BriefLine[] {
  const [risk] = [...known.risks].sort((a, b) => Number(b.severity === 'high') - Number(a.severity === 'high'));
  if (!risk) return [];
  const [said] = risk.evidence;
  const call = said && known.calls.find(({ id }) => id === said.callId);
  return [question(riskQuestions[risk.code], call ? fromCall(call) : fromDates(known))];
}

/** What any call has told is known, whichever was the last. */
function fromGaps({ calls }: Known): BriefLine[] {
  const known = new Map<string, Gap>();
  for (const gap of calls.flatMap((call) => call.gaps)) {
    const key = `${gap.method} ${gap.element}`;
    const held = known.get(key);
    if (!held || gap.score > held.score) known.set(key, gap);
  }
  return [...known.values()]
    .filter((gap) => gap.score < TOLD && order.includes(gap.element))
    .sort((a, b) => order.indexOf(a.element) - order.indexOf(b.element))
    .flatMap(({ method, element, question: text }) => (text === undefined ? [] : [question(text, { from: 'method', method, element })]));
}

const question = (text: string, source: BriefSource): BriefLine => ({ kind: 'question', text, sources: [source] });

/** The customer said it. */
const TOLD = 2;

// What weighs most first; each thing once, though several methods ask for it.
const order = [
  'economicBuyer',
  'identifyPain',
  'metrics',
  'champion',
  'criticalEvent',
  'budget',
  'decisionProcess',
  'decisionCriteria',
  'competition',
  'paperProcess',
  'timeline',
];

const openers: readonly BriefLine[] = [
  question(spicedQuestions.situation[0], { from: 'method', method: 'SPICED', element: 'situation' }),
  question(bantQuestions.need[0], { from: 'method', method: 'BANT', element: 'need' }),
  question(bantQuestions.timeline[0], { from: 'method', method: 'BANT', element: 'timeline' }),
];

const riskQuestions: Record<RiskCode, string> = {
  no_activity: 'What has changed on your side since we last spoke?',
  ghosted: 'What has changed on your side since we last spoke?',
  overdue: 'What date do you plan with now?',
  not_enough_contacts: 'Who else should be in our next conversation?',
  single_threaded: 'Who else should be in our next conversation?',
  no_power: 'Who signs this in the end, and when could we speak with them?',
  pricing_not_mentioned: 'What would this have to cost to be worth it for you?',
  red_flag: 'What would have to change for this to go on?',
  stalled_in_stage: 'What has to happen on your side before the next step?',
  no_next_step: 'What should happen next, and by when?',
  competitor_late: 'What would make you choose one over the other?',
  champion_silent: 'Who carries this on your side now, and what do they need from us?',
  sentiment_drop: 'What gave you pause last time?',
};
