import type { ChangeBody } from '../contracts/change.ts';
import type { Insight } from '../contracts/insight.ts';
import type { Evidence } from '../contracts/transcript.ts';
import { partsIn } from '../kit/time.ts';
import { dueAt } from '../understand/due.ts';
import { dueText } from '../understand/due-text.ts';
import { tokens } from '../understand/tokenise.ts';
import { type DealFields, nextStepMax } from './fields.ts';
import { firstName, sayStep } from './say-promise.ts';
import { sameValue } from './settle-field.ts';

/** What stands in a field of the deal now, under the CRM's own label. */
export interface FieldValue {
  field: string;
  label: string;
  value: string | null;
}

export interface FieldPlan {
  action: 'next-step' | 'amount' | 'close-date';
  body: Extract<ChangeBody, { kind: 'set-field' }>;
  reason: string;
  evidence: Evidence;
  /** 0..1 */
  confidence: number;
}

interface FieldCall {
  customerName: string;
  startedAt: string;
  timeZone: string;
}

const sureEnough = 0.7;
const takenBack = /\b(if|unless|maybe|might|not|never|depends|could|would have)\b|n['’]t\b/i;
const signing = /\b(sign|signed|signature|close|buy|purchase|order|contract|agreement|paperwork)\b/i;
/** One price of many parts says nothing of the whole. */
const ofAPart = /\b(per|each|every|a (seat|user|month|license|licence|person|head|day|week)|monthly|apiece|discount|off)\b/i;

/**
 * What the call says about the deal's own fields, each with the words that prove it. A field that the CRM does not have, a value that
 * cannot be told exactly, and one that stands there already are left out.
 */
export function planFields(insight: Insight, call: FieldCall, names: DealFields, standing: readonly FieldValue[]): FieldPlan[] {
  const of = (field: string) => standing.find((one) => one.field === field);
  const planned = [
    nextStepOf(insight, call, of(names.nextStep)),
    amountOf(insight, call, of(names.amount)),
    closeDateOf(insight, call, of(names.closeDate)),
  ];
  return planned.flatMap((one) => (one && !sameValue(one.body.from ?? '', one.body.to) ? [one] : []));
}

function nextStepOf({ nextSteps }: Insight, call: FieldCall, now: FieldValue | undefined): FieldPlan | null {
  const step = nextSteps.find((one) => !one.hedged && one.owner !== 'customer') ?? nextSteps.find((one) => !one.hedged);
  if (!now || !step || step.confidence < sureEnough) return null;
  const to = sayStep(step, call.timeZone);
  if (to === '' || to.length > nextStepMax) return null;
  return plan('next-step', now, to, 'It is what you agreed to do next', step.evidence, step.confidence);
}

function amountOf({ budget, buyingSignals }: Insight, call: FieldCall, now: FieldValue | undefined): FieldPlan | null {
  if (!now) return null;
  const why = `${firstName(call.customerName)} named a budget`;
  // One sum for the whole of it; one of a seat or a month is not the deal's.
  if (budget?.state === 'available' && budget.amount && !budget.amountTo && !budget.per && !budget.period) {
    const { amount, confidence, evidence } = budget;
    if (confidence >= sureEnough && isFirm(evidence) && !ofAPart.test(evidence.quote) && sumsIn(evidence.quote).length < 2)
      return plan('amount', now, String(amount), why, evidence, confidence);
  }
  for (const { type, confidence, evidence } of buyingSignals) {
    if (type !== 'budget' || confidence < sureEnough || !isFirm(evidence)) continue;
    const sums = sumsIn(evidence.quote);
    const value = Number(sums[0]?.text.slice(1));
    // Two sums, or one of a part: nobody said which is the deal's.
    if (sums.length !== 1 || !Number.isFinite(value) || value <= 0 || ofAPart.test(evidence.quote)) continue;
    return plan('amount', now, String(value), why, evidence, confidence);
  }
  return null;
}

function sumsIn(quote: string) {
  const said = tokens(quote);
  return said.filter((one, at) => one.money || /^(dollars|euros|pounds|usd|eur|gbp)$/.test(said[at + 1]?.text ?? ''));
}

function closeDateOf({ buyingSignals }: Insight, call: FieldCall, now: FieldValue | undefined): FieldPlan | null {
  if (!now) return null;
  for (const { type, confidence, evidence } of buyingSignals) {
    if ((type !== 'commit' && type !== 'urgency') || confidence < sureEnough || !isFirm(evidence)) continue;
    const when = signing.test(evidence.quote) ? dueText(evidence.quote) : undefined;
    const at = when && dueAt(when.text, call.startedAt, call.timeZone);
    if (at === undefined) continue;
    const { year, month, day } = partsIn(Date.parse(at), call.timeZone);
    const to = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    return plan('close-date', now, to, `${firstName(call.customerName)} said when they want to sign`, evidence, confidence);
  }
  return null;
}

const isFirm = ({ role, quote }: Evidence): boolean => role === 'customer' && !takenBack.test(quote) && !quote.trim().endsWith('?');

const plan = (
  action: FieldPlan['action'],
  { field, label, value }: FieldValue,
  to: string,
  reason: string,
  evidence: Evidence,
  confidence: number,
): FieldPlan => ({
  action,
  body: { kind: 'set-field', field, label, mode: 'overwrite', from: value, to },
  reason,
  evidence,
  confidence,
});
