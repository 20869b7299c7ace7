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
import { widen } from './widen.ts';
import { withinLimits } from './within-limits.ts';

/**
 * What a call meant, by rules and small trained heads: no model, no clock, no chance. Every claim carries the transcript's own words.
 * Never throws on any text: what could not be done stands in `limits`, and an empty call is an insight without claims.
 */
export const analyze = (call: Call): Insight => withinLimits(call, whole);

function whole(call: Call): Insight {
  const reading = readCall(call);
  const steps = mergeSteps(reading.steps, reading.said);
  const claims = {
    objections: reading.objections.map(({ type, confidence, said }) => ({ type, confidence, evidence: proof(said) })),
    nextSteps: steps.map((step) => nextStep(step, call)),
    buyingSignals: reading.buying.map(({ type, confidence, said }) => ({ type, confidence, evidence: proof(said) })),
    competitors: reading.rivals.filter(isFirst).map(({ name, confidence, said }) => ({ name, confidence, evidence: proof(said) })),
    pricing: reading.pricing.map(({ confidence, said }) => ({ confidence, evidence: proof(said) })),
  };
  const words = new Map(call.utterances.map((one) => [one.seq, one]));
  const insight = {
    analyzer: 'heads-1',
    // Counted by rule hits: what names a call was set by them.
    intent: intentOf(reading.said, {
      objections: new Set(reading.hits.objections.map((one) => one.said.utterance.seq)).size,
      commits: reading.hits.buying.filter((one) => one.type === 'commit').length,
      brushoffs: reading.hits.objections.filter((one) => one.type === 'brushoff').length,
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
  return { ...insight, ...widen(call, reading.said, insight) };
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
