import type { Insight, NextStep } from '../contracts/insight.ts';
import type { Evidence } from '../contracts/transcript.ts';
import { plain } from '../kit/ids.ts';
import { sayFullDate } from '../kit/time.ts';
import { firstName, literal, sayStep } from './say-promise.ts';

export interface EmailCall {
  repName: string;
  customerName: string;
  startedAt: string;
  timeZone: string;
  seller?: string;
}

const quoteMax = 160;
const quotesMax = 2;

/**
 * A short follow-up made of what was said and nothing else: promises with their days, what they asked, what worries them.
 * Null when the call held nothing to follow up. A hedged step is no promise and stays out.
 */
export function draftEmail(call: EmailCall, insight: Insight): { subject: string; body: string; evidence: Evidence[] } | null {
  const steps = distinct(insight.nextSteps.filter((step) => !step.hedged));
  const asked = quotable(insight.buyingSignals.filter(({ type }) => type === 'purchase_q' || type === 'request'));
  const worries = quotable(
    insight.objections.filter(({ type }) => type !== 'brushoff'),
    asked,
  );
  if (steps.length + asked.length + worries.length === 0) return null;

  const customer = firstName(call.customerName);
  const rep = firstName(call.repName);
  const day = sayFullDate(call.startedAt, call.timeZone);
  const of = (owner: NextStep['owner']) => steps.filter((step) => step.owner === owner);
  const listed = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [[title, ...lines.map((line) => `- ${line}`)].join('\n')];
  const toYou = (step: NextStep) => sayStep(step, call.timeZone, speakTo(doing(step.text, call.repName), call.customerName, 'you'));

  const parts = [
    `Hi ${customer},`,
    `thank you for your time on ${day}. Here is what we said, so that neither of us has to remember it.`,
    ...listed('What I will do:', of('rep').map(toYou)),
    ...listed(
      'What we agreed to do together:',
      of('both').map((step) => sayStep(step, call.timeZone, withoutName(step.text, call.customerName))),
    ),
    ...listed(
      'What you kindly took on:',
      of('customer').map((step) => sayStep(step, call.timeZone, speakTo(doing(step.text, call.customerName), call.repName, 'me'))),
    ),
    ...listed('You asked:', asked.map(quoted)),
    ...listed('And I have noted what matters to you:', worries.map(quoted)),
    'If I misheard anything, just reply and tell me.',
    ['Best regards,', rep, ...(call.seller === undefined ? [] : [call.seller])].join('\n'),
  ];
  const subject = steps.length > 0 ? `Our call on ${day}: next steps` : `Our call on ${day}`;
  return { subject, body: parts.join('\n\n'), evidence: [...steps.map((step) => step.evidence), ...asked, ...worries] };
}

/** "Send Maya the plan" → "Send you the plan". */
function speakTo(text: string, name: string, as: 'you' | 'me'): string {
  return [name, firstName(name)].filter((known) => known !== '').reduce((said, known) => said.replace(wordOf(known), as), text);
}

/** "Meet with Maya on Tuesday" → "Meet on Tuesday". */
function withoutName(text: string, name: string): string {
  return [name, firstName(name)]
    .filter((known) => known !== '')
    .reduce((said, known) => said.replace(new RegExp(`\\s+with ${literal(known)}(?![\\p{L}\\p{N}])`, 'giu'), ''), text);
}

/** "Maya to send the list" → "send the list". */
function doing(text: string, name: string): string {
  return [name, firstName(name)]
    .filter((known) => known !== '')
    .reduce((said, known) => said.replace(new RegExp(`^${literal(known)}\\s+(to|will)\\s+`, 'iu'), ''), text);
}

const wordOf = (name: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])${literal(name)}(?![\\p{L}\\p{N}’'])`, 'gu');

const quoted = ({ quote }: Evidence): string => `“${quote}”`;

/** The customer's own words, short ones, one of a kind. */
function quotable(claims: readonly { type: string; evidence: Evidence }[], taken: readonly Evidence[] = []): Evidence[] {
  const types = new Set<string>();
  return claims
    .filter(({ type, evidence: { role, quote, seq } }) => {
      if (role !== 'customer' || quote.length > quoteMax || types.has(type) || taken.some((other) => other.seq === seq)) return false;
      types.add(type);
      return true;
    })
    .map(({ evidence }) => evidence)
    .slice(0, quotesMax);
}

function distinct(steps: readonly NextStep[]): NextStep[] {
  return [...new Map(steps.map((step) => [`${step.owner} ${plain(step.text)}`, step])).values()];
}
