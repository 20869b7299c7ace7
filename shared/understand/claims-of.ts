import type { Insight, NextStep } from '../contracts/insight.ts';
import { dueAt } from './due.ts';
import { mergeSteps } from './merge-steps.ts';
import type { Step } from './next-steps.ts';
import type { Call, Reading } from './read-call.ts';
import { evidenceOf, type Said } from './said.ts';
import { stepText } from './step-text.ts';

/** What was claimed on a call, each with its proof. */
export type Claimed = Pick<Insight, 'objections' | 'nextSteps' | 'buyingSignals' | 'competitors' | 'pricing'>;

/** What rules and heads found, as an insight says it. */
export function claimsOf(reading: Omit<Reading, 'hits' | 'turns'>, call: Call): Claimed {
  return {
    objections: reading.objections.map(({ type, confidence, said }) => ({ type, confidence, evidence: proof(said) })),
    nextSteps: mergeSteps(reading.steps, reading.said).map((step) => nextStep(step, call)),
    buyingSignals: reading.buying.map(({ type, confidence, said }) => ({ type, confidence, evidence: proof(said) })),
    competitors: reading.rivals.filter(isFirst).map(({ name, confidence, said }) => ({ name, confidence, evidence: proof(said) })),
    pricing: reading.pricing.map(({ confidence, said }) => ({ confidence, evidence: proof(said) })),
  };
}

const proof = (said: Said) => evidenceOf(said.utterance, said.start, said.end);

const isFirst = (one: { name: string }, at: number, all: readonly { name: string }[]): boolean =>
  all.findIndex((held) => held.name.toLowerCase() === one.name.toLowerCase()) === at;

function nextStep(step: Step, call: Call): NextStep {
  const at = step.due && dueAt(step.due.text, call.startedAt, call.timeZone);
  return {
    text: stepText(step, call.customerName),
    owner: step.owner,
    ...(step.due ? { dueText: step.due.text } : {}),
    ...(at ? { dueAt: at } : {}),
    hedged: step.hedged,
    confidence: step.confidence,
    evidence: proof(step.said),
  };
}
