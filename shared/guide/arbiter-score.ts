import type { PlayKind } from '../contracts/guidance.ts';

/** What a card is about, as the arbiter weighs it. A price objection is an objection with rates of its own. */
export type Topic = 'compliance' | 'deal-risk' | 'price' | 'objection' | 'competitor' | 'missing-step' | 'next-question' | 'etiquette';

/** What counts for and against showing a card now. Shares are 0..1. */
export interface Weighed {
  topic: Topic;
  confidence: number;
  /** 1 where the rule is for this stage of the deal, 0.5 where it is for any, 0 where it is for another. */
  stageFit: number;
  /** How often the rep takes up cards of this topic. */
  acceptRate: number;
  /** A card of this topic was shown within the last five minutes. */
  wasShownRecently: boolean;
  /** Cards shown within the last five minutes. */
  cardsLately: number;
}

const base: Record<Topic, number> = {
  compliance: 100,
  'deal-risk': 60,
  price: 55,
  objection: 55,
  competitor: 50,
  'missing-step': 35,
  'next-question': 30,
  etiquette: 20,
};

/** What a topic is worth by itself. */
export const baseOf = (topic: Topic): number => base[topic];

export function scoreOf({ topic, confidence, stageFit, acceptRate, wasShownRecently, cardsLately }: Weighed): number {
  return baseOf(topic) + 40 * confidence + 15 * stageFit + 20 * acceptRate - (wasShownRecently ? 25 : 0) - 10 * cardsLately;
}

/** What a card's kind says of its topic, where no rule says more. */
export const topicOf = (kind: PlayKind): Topic => (kind === 'question' ? 'next-question' : kind);
