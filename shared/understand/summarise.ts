import type { BuyingType, Insight, ObjectionType } from '../contracts/insight.ts';
import type { Evidence } from '../contracts/transcript.ts';
import { firstName } from './step-text.ts';

type Claims = Pick<Insight, 'objections' | 'nextSteps' | 'buyingSignals' | 'competitors' | 'pricing'>;

const BULLETS_MAX = 5;

/** One line for the list of calls, put together from what was proved. */
export function headlineOf(claims: Claims, customerName: string): string {
  const name = cap(firstName(customerName));
  const commits = claims.buyingSignals.some((one) => one.type === 'commit');
  const brushed = claims.objections.some((one) => one.type === 'brushoff');
  const worries = topics(claims);
  const rivals = claims.competitors.map((one) => one.name).slice(0, 2);
  const lead = commits
    ? `${name} wants to move ahead`
    : brushed
      ? `${name} is not interested for now`
      : claims.buyingSignals.length > 0
        ? `${name} shows interest`
        : '';
  const open = worries.length > 0 ? `${list(worries)} ${worries.length > 1 ? 'are' : 'is'} open` : '';
  const race = rivals.length > 0 ? `${list(rivals)} came up` : '';
  const parts = [lead, open, race].filter((part) => part !== '');
  if (parts.length > 0) return cap(parts.join('; '));
  const count = claims.nextSteps.length;
  if (count > 0) return count === 1 ? `One next step with ${firstName(customerName)}` : `Next steps agreed with ${firstName(customerName)}`;
  return claims.pricing.length > 0 ? 'Price was discussed; nothing was agreed' : 'Nothing was agreed on this call';
}

/** The five things worth reading, each standing on one quote: what draws them, what holds them, who else, what next. */
export function bulletsOf(claims: Claims, customerName: string): Insight['bullets'] {
  const name = cap(firstName(customerName));
  const signal = claims.buyingSignals.toSorted(
    (a, b) => SIGNALS.indexOf(a.type) - SIGNALS.indexOf(b.type) || b.confidence - a.confidence,
  )[0];
  const worries = perType(claims.objections).slice(0, 2);
  const rival = claims.competitors.find(
    (one) => !worries.some((worry) => worry.type === 'competitor' && worry.evidence.quote.includes(one.name)),
  );
  const named = claims.competitors[0]?.name;
  const steps = claims.nextSteps.toSorted((a, b) => Number(a.hedged) - Number(b.hedged));
  const money = claims.pricing.find((one) => !worries.some((worry) => worry.evidence.seq === one.evidence.seq));

  const bullets: { text: string; evidence: Evidence }[] = [];
  if (signal) bullets.push({ text: `${name} ${SIGNAL_SAYS[signal.type]}`, evidence: signal.evidence });
  for (const worry of worries) bullets.push({ text: `${name} ${OBJECTION_SAYS[worry.type]}`, evidence: worry.evidence });
  if (rival && named) bullets.push({ text: `${rival.name} came up`, evidence: rival.evidence });
  for (const step of steps) {
    if (bullets.length >= BULLETS_MAX) break;
    bullets.push({ text: stepSays(step), evidence: step.evidence });
  }
  if (money && bullets.length < BULLETS_MAX) bullets.push({ text: 'Price was discussed', evidence: money.evidence });
  return bullets.filter((one) => numbersHold(one.text, one.evidence.quote)).slice(0, BULLETS_MAX);
}

/** A figure in our own words must stand in the quote. */
export function numbersHold(text: string, quote: string): boolean {
  const said = new Set(quote.match(/\d[\d.,]*/g)?.map(bare));
  return (text.match(/\d[\d.,]*/g) ?? []).every((one) => said.has(bare(one)));
}
const bare = (figure: string): string => figure.replace(/[.,]+$/, '').replaceAll(',', '');

function stepSays(step: Claims['nextSteps'][number]): string {
  // The due words are the customer's or rep's own; they are shown only where they stand in the quote.
  const due = step.dueText && step.evidence.quote.includes(step.dueText) ? ` (${step.dueText})` : '';
  return `${step.hedged ? 'To be confirmed' : 'Next'}: ${step.text}${due}`;
}

function perType(objections: Claims['objections']): Claims['objections'] {
  const best = new Map<ObjectionType, Claims['objections'][number]>();
  for (const one of objections) if ((best.get(one.type)?.confidence ?? 0) < one.confidence) best.set(one.type, one);
  return [...best.values()].toSorted((a, b) => b.confidence - a.confidence);
}

const topics = (claims: Claims): string[] =>
  perType(claims.objections)
    .filter((one) => one.type !== 'brushoff' && one.type !== 'competitor')
    .slice(0, 2)
    // As they came up: chances a hair apart are no order.
    .toSorted((a, b) => a.evidence.seq - b.evidence.seq)
    .map((one) => TOPIC[one.type]);
const list = (words: readonly string[]): string => words.join(' and ');
const cap = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const SIGNALS: readonly BuyingType[] = ['commit', 'authority', 'budget', 'urgency', 'request', 'purchase_q', 'need', 'praise'];
const SIGNAL_SAYS: Record<BuyingType, string> = {
  commit: 'wants to move ahead',
  authority: 'can decide',
  budget: 'has the money in mind',
  urgency: 'is in a hurry',
  request: 'asks for something to look at',
  purchase_q: 'asks how buying would work',
  need: 'says what is needed',
  praise: 'likes what was shown',
};
const OBJECTION_SAYS: Record<ObjectionType, string> = {
  price: 'pushes back on price',
  timing: 'does not see the time as right',
  authority: 'needs somebody else to agree',
  need: 'does not see the need yet',
  competitor: 'compares with others',
  trust: 'is not convinced yet',
  fit: 'misses something in the offer',
  implementation: 'worries about the rollout',
  security: 'worries about security and data',
  terms: 'pushes back on the terms',
  brushoff: 'does not want to go on',
};
const TOPIC: Record<ObjectionType, string> = {
  price: 'price',
  timing: 'timing',
  authority: 'approval',
  need: 'need',
  competitor: 'competition',
  trust: 'proof',
  fit: 'fit',
  implementation: 'rollout',
  security: 'security',
  terms: 'terms',
  brushoff: 'interest',
};
