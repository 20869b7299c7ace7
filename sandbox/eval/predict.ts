import type { Utterance } from '../../shared/contracts/transcript.ts';
import { analyze } from '../../shared/understand/analyze.ts';
import { dueAt } from '../../shared/understand/due.ts';
import { readCall } from '../../shared/understand/read-call.ts';
import { stepText } from '../../shared/understand/step-text.ts';
import { type AskedCall, type Prediction, utterancesOf } from './calls.ts';

/** What the embedded analyzer says of a call. What merging folds into one claim for people stands here turn by turn. */
export function predict(call: AskedCall, competitors: readonly string[]): Prediction {
  const asked = { ...askedAbout(call, competitors), utterances: utterancesOf(call) };
  const insight = analyze(asked);
  const reading = readCall(asked);
  const at =
    (seq: number) =>
    (one: { said: { utterance: Utterance } }): boolean =>
      one.said.utterance.seq === seq;
  return {
    call_id: call.call_id,
    intent: insight.intent,
    sentiment: insight.sentiment,
    talk_ratio_rep: insight.talkShareRep,
    ...(insight.limits && insight.limits.length > 0 ? { limits: insight.limits } : {}),
    turns: call.turns.map(({ turn }, seq) => ({
      turn,
      objections: reading.objections.filter(at(seq)).map((one) => ({ type: one.type, mention: one.said.text, confidence: one.confidence })),
      next_steps: reading.steps.filter(at(seq)).map((step) => {
        const due = step.due ? dueAt(step.due.text, asked.startedAt, asked.timeZone) : undefined;
        return {
          owner: step.owner === 'customer' ? 'prospect' : step.owner,
          text: stepText(step, asked.customerName),
          ...(step.due ? { due_text: step.due.text } : {}),
          ...(due ? { due } : {}),
        };
      }),
      buying_signals: reading.buying.filter(at(seq)).map((one) => ({ type: one.type, quote: one.said.text })),
      competitors: reading.rivals.filter(at(seq)).map((one) => one.name),
      pricing: reading.pricing.some(at(seq)),
      sentiment: reading.turns[seq]?.sentiment ?? 0.5,
    })),
  };
}

/** What is known of a call besides its words. Without a date and a zone no due date is worked out. */
export function askedAbout(call: AskedCall, competitors: readonly string[]) {
  const nameOf = (isRep: boolean): string => call.turns.find((turn) => (turn.role === 'rep') === isRep)?.speaker ?? '';
  return {
    startedAt: call.tz === undefined ? '' : (call.started_at ?? ''),
    timeZone: call.tz ?? 'UTC',
    repName: nameOf(true),
    customerName: nameOf(false),
    competitors,
  };
}
