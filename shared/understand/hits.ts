import type { BuyingType, ObjectionType } from '../contracts/insight.ts';
import type { Utterance } from '../contracts/transcript.ts';
import { buyingSignals } from './buying-signals.ts';
import { competitors, otherNames, type Rival } from './competitors.ts';
import type { Found } from './cue.ts';
import { nextSteps, type Step } from './next-steps.ts';
import { objections } from './objections.ts';
import { isPricing } from './pricing.ts';
import { type Said, sayings } from './said.ts';
import { sentimentOf } from './sentiment.ts';

/** What the cue rules say of a call, sentence by sentence. The heads read it as one opinion among others. */
export interface Hits {
  said: Said[];
  objections: Found<ObjectionType>[];
  buying: Found<BuyingType>[];
  steps: Step[];
  rivals: Rival[];
  /** Names that may be rivals', see `otherNames`. */
  names: Rival[];
  pricing: Said[];
}

export interface Asked {
  utterances: readonly Utterance[];
  repName: string;
  customerName: string;
  competitors: readonly string[];
}

/** One utterance with everything its heads look at. */
export interface Turn extends Omit<Hits, 'said'> {
  utterance: Utterance;
  /** How many utterances came before. */
  nth: number;
  sentences: Said[];
  /** The rules' sentiment, 0..1. */
  mood: number;
}

/** `said`: the sentences to look at, where they are not all of the call's. */
export function hitsOf(call: Asked, said = sayings(call.utterances)): Hits {
  const ours = [call.repName, call.customerName, ...call.utterances.slice(0, 400).map((one) => one.speaker)];
  const rivals = competitors(said, call.competitors, ours);
  return {
    said,
    objections: objections(said, [...call.competitors, ...rivals.map((one) => one.name)]),
    buying: buyingSignals(said),
    steps: nextSteps(said),
    rivals,
    names: otherNames(said, call.competitors, ours),
    pricing: said.filter((one) => isPricing(one)),
  };
}

/** The same by utterance, in the order of the call. */
export function turnsOf(call: Asked, hits: Hits): Turn[] {
  const group = <T extends { said: Said }>(list: readonly T[]): Map<number, T[]> => Map.groupBy(list, (one) => one.said.utterance.seq);
  const said = Map.groupBy(hits.said, (one) => one.utterance.seq);
  const by = {
    objections: group(hits.objections),
    buying: group(hits.buying),
    steps: group(hits.steps),
    rivals: group(hits.rivals),
    names: group(hits.names),
  };
  const pricing = Map.groupBy(hits.pricing, (one) => one.utterance.seq);
  return call.utterances.map((utterance, nth) => {
    const { seq } = utterance;
    const sentences = said.get(seq) ?? [];
    return {
      utterance,
      nth,
      sentences,
      objections: by.objections.get(seq) ?? [],
      buying: by.buying.get(seq) ?? [],
      steps: by.steps.get(seq) ?? [],
      rivals: by.rivals.get(seq) ?? [],
      names: by.names.get(seq) ?? [],
      pricing: pricing.get(seq) ?? [],
      mood: sentimentOf(sentences),
    };
  });
}
