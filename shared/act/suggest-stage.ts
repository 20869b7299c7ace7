import type { Insight } from '../contracts/insight.ts';
import type { Stage } from '../contracts/record.ts';
import type { Evidence } from '../contracts/transcript.ts';

export interface StageSuggestion {
  to: Stage;
  reason: string;
  evidence: Evidence;
}

const sureEnough = 0.7;

/** What customers ask for, and the words pipelines have for it. The furthest along comes first. */
const asks = [
  { said: /\b(contract|agreement|paperwork|sign|signature)\b/i, label: /\b(contract|agreement|signature|closing)\b/i },
  { said: /\b(negotiat\w*|redlines?|final terms)\b/i, label: /\bnegotiat\w*/i },
  { said: /\b(proposal|quote|offer)\b/i, label: /\b(proposal|quote|offer)\b/i },
  { said: /\b(demo|demonstration|presentation|walk us through)\b/i, label: /\b(demo|demonstration|presentation)\b/i },
];

const takenBack = /\b(if|unless|maybe|might|not|never)\b|n['’]t\b/i;

/**
 * The deal's next stage, when the customer said something that strong: a commitment, or a request for what a stage is named after.
 * Only forward, only to an open stage of the deal's own pipeline; null means that nothing said so.
 */
export function suggestStage(insight: Insight, stageId: string, stages: readonly Stage[]): StageSuggestion | null {
  const at = stages.findIndex((stage) => stage.id === stageId);
  if (at < 0 || stages[at]?.closed) return null;

  for (const { type, confidence, evidence } of insight.buyingSignals) {
    if (evidence.role !== 'customer' || confidence < sureEnough || takenBack.test(evidence.quote)) continue;
    const ask = asks.find(({ said }) => said.test(evidence.quote));
    if (type !== 'commit' && !(type === 'request' && ask)) continue;

    const named = ask ? stages.findIndex((stage) => !stage.closed && ask.label.test(stage.label)) : -1;
    // The deal already stands where they ask it to be.
    if (named >= 0 && named <= at) continue;
    const to = stages.find((stage, i) => !stage.closed && (named >= 0 ? i === named : i > at));
    if (to) return { to, reason: type === 'commit' ? 'They said they want to go ahead' : 'They asked for the next step', evidence };
  }
  return null;
}
