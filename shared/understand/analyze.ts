import type { Insight, NextStep } from '../contracts/insight.ts';
import { dueAt } from './due.ts';
import { intentOf } from './intent.ts';
import { mergeSteps } from './merge-steps.ts';
import type { Step } from './next-steps.ts';
import { type Call, readCall } from './read-call.ts';
import { evidenceOf, type Said } from './said.ts';
import { sentimentOfCall } from './sentiment.ts';
import { stepText } from './step-text.ts';
import { bulletsOf, headlineOf } from './summarise.ts';
import { talkShare } from './talk-share.ts';

/**
 * What a call meant, by rules alone: no model, no clock, no chance. Every claim carries the transcript's own words.
 * Never throws on any text; an empty call is an insight without claims.
 */
export function analyze(call: Call): Insight {
  const reading = readCall(call);
  const steps = mergeSteps(reading.steps, reading.said);
  const claims = {
    objections: reading.objections.map(({ type, confidence, said }) => ({ type, confidence, evidence: proof(said) })),
    nextSteps: steps.map((step) => nextStep(step, call)),
    buyingSignals: reading.buying.map(({ type, confidence, said }) => ({ type, confidence, evidence: proof(said) })),
    competitors: reading.rivals.filter(isFirst).map(({ name, confidence, said }) => ({ name, confidence, evidence: proof(said) })),
    pricing: reading.pricing.map((said) => ({ confidence: 0.9, evidence: proof(said) })),
  };
  const words = new Map(call.utterances.map((one) => [one.seq, one]));
  return {
    analyzer: 'rules-1',
    intent: intentOf(reading.said, {
      objections: new Set(claims.objections.map((one) => one.evidence.seq)).size,
      commits: claims.buyingSignals.filter((one) => one.type === 'commit').length,
      brushoffs: claims.objections.filter((one) => one.type === 'brushoff').length,
    }),
    sentiment: sentimentOfCall(
      reading.turns.map(({ seq, sentiment }) => {
        const utterance = words.get(seq);
        return {
          sentiment,
          words: utterance?.text.match(/\S+/g)?.length ?? 0,
          isCustomer: utterance !== undefined && utterance.role !== 'rep',
        };
      }),
    ),
    talkShareRep: talkShare(call.utterances),
    headline: headlineOf(claims, call.customerName),
    bullets: bulletsOf(claims, call.customerName),
    ...claims,
    turns: reading.turns,
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
