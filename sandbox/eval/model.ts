import { randomUUID } from 'node:crypto';
import { extract } from '../../edge/understand/extract.ts';
import { anthropicModel } from '../../edge/vendors/anthropic/model.ts';
import type { Insight } from '../../shared/contracts/insight.ts';
import { type AskedCall, type PredictedTurn, type Prediction, utterancesOf } from './calls.ts';
import { askedAbout, predict } from './predict.ts';

/** Where the model is asked, and with which key. */
export interface ModelDoor {
  api: string;
  apiKey: string;
}

/**
 * What the product says of a call when it may ask a model: its own path, with everything around it answered from the call. What the model
 * could not prove or answer is the embedded analyzer's, and `limits` says so.
 */
export async function predictWithModel(call: AskedCall, competitors: readonly string[], door: ModelDoor): Promise<Prediction> {
  const asked = askedAbout(call, competitors);
  const saved: Insight[] = [];
  await extract(
    {
      callOf: async () => ({ ...asked, status: 'transcribed', connectionId: '' }),
      utterancesOf: async () => utterancesOf(call),
      isKnown: async () => false,
      model: anthropicModel(door),
      // Whoever measures pays for it.
      budgetOf: async () => ({ takeTokens: async () => true, giveTokens: async () => {} }),
      fence: randomUUID,
      peopleOf: async () => [],
      holdOff: async () => true,
      goOn: async () => {},
      save: async (_tenantId, _callId, insight) => void saved.push(insight),
    },
    { tenantId: 'eval', callId: call.call_id },
  );
  const [insight] = saved;
  const embedded = predict(call, competitors);
  return insight ? over(insight, embedded) : embedded;
}

/** The insight's claims turn by turn, over what the embedded analyzer saw in a turn before such claims are merged for people. */
function over(insight: Insight, embedded: Prediction): Prediction {
  const at = <T extends { evidence: { seq: number } }>(list: readonly T[], seq: number): T[] =>
    list.filter((one) => one.evidence.seq === seq);
  return {
    ...embedded,
    intent: insight.intent,
    ...(insight.limits && insight.limits.length > 0 ? { limits: insight.limits } : {}),
    turns: embedded.turns.map((turn, seq) => ({
      ...turn,
      objections: joined(
        at(insight.objections, seq).map((one) => ({ type: one.type, mention: one.evidence.quote, confidence: one.confidence })),
        turn.objections,
        (one) => one.type,
      ),
      next_steps: joined(at(insight.nextSteps, seq).map(stepOf), turn.next_steps, (one) => one.owner),
      buying_signals: joined(
        at(insight.buyingSignals, seq).map((one) => ({ type: one.type, quote: one.evidence.quote })),
        turn.buying_signals,
        (one) => one.type,
      ),
      competitors: joined(
        at(insight.competitors, seq).map((one) => one.name),
        turn.competitors,
        (name) => name.toLowerCase(),
      ),
      pricing: turn.pricing || at(insight.pricing, seq).length > 0,
    })),
  };
}

function stepOf({ owner, text, dueText, dueAt }: Insight['nextSteps'][number]): PredictedTurn['next_steps'][number] {
  return {
    owner: owner === 'customer' ? 'prospect' : owner,
    text,
    ...(dueText === undefined ? {} : { due_text: dueText }),
    ...(dueAt === undefined ? {} : { due: dueAt }),
  };
}

function joined<T>(first: readonly T[], then: readonly T[], key: (one: T) => string): T[] {
  const held = new Set(first.map(key));
  return [...first, ...then.filter((one) => !held.has(key(one)))];
}
