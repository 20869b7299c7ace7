import type { BuyingType, ObjectionType } from '../contracts/insight.ts';
import type { Utterance } from '../contracts/transcript.ts';
import { buyingSignals } from './buying-signals.ts';
import { competitors, type Rival } from './competitors.ts';
import type { Found } from './cue.ts';
import { nextSteps, type Step } from './next-steps.ts';
import { objections } from './objections.ts';
import { isPricing } from './pricing.ts';
import { type Said, sayings } from './said.ts';
import { sentimentOf } from './sentiment.ts';

/** A call as the analyzer is given it. `utterances` are in order; `competitors` are the tenant's own list. */
export interface Call {
  utterances: readonly Utterance[];
  /** ISO 8601. */
  startedAt: string;
  /** IANA name. */
  timeZone: string;
  repName: string;
  customerName: string;
  competitors: readonly string[];
}

/** Everything the rules found, sentence by sentence, before anything is merged. */
export interface Reading {
  said: Said[];
  objections: Found<ObjectionType>[];
  buying: Found<BuyingType>[];
  steps: Step[];
  rivals: Rival[];
  /** The first sentence of an utterance that speaks of money. */
  pricing: Said[];
  turns: { seq: number; sentiment: number }[];
}

export function readCall(call: Omit<Call, 'startedAt' | 'timeZone'>): Reading {
  const said = sayings(call.utterances);
  const rivals = competitors(said, call.competitors, [
    call.repName,
    call.customerName,
    ...call.utterances.slice(0, 400).map((one) => one.speaker),
  ]);
  const pricing = said.filter((one) => isPricing(one));
  const bySeq = Map.groupBy(said, (one) => one.utterance.seq);
  return {
    said,
    objections: objections(said, [...call.competitors, ...rivals.map((one) => one.name)]),
    buying: buyingSignals(said),
    steps: nextSteps(said),
    rivals,
    pricing: pricing.filter((one, nth) => pricing[nth - 1]?.utterance.seq !== one.utterance.seq),
    turns: call.utterances.map(({ seq }) => ({ seq, sentiment: sentimentOf(bySeq.get(seq) ?? []) })),
  };
}
