import type { BuyingType, ObjectionType } from '../contracts/insight.ts';
import type { Utterance } from '../contracts/transcript.ts';
import type { Rival } from './competitors.ts';
import type { Found } from './cue.ts';
import { isSelling } from './heads/is-selling.ts';
import { type Hits, hitsOf, turnsOf } from './hits.ts';
import { judge } from './judge.ts';
import type { Step } from './next-steps.ts';
import type { Said } from './said.ts';

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

/** Everything that rules and heads found, turn by turn, before anything is merged. */
export interface Reading {
  said: Said[];
  objections: Found<ObjectionType>[];
  buying: Found<BuyingType>[];
  steps: Step[];
  rivals: Rival[];
  /** The sentence of an utterance that speaks of money. */
  pricing: Found<'pricing'>[];
  turns: { seq: number; sentiment: number }[];
  /** What the rules said before the heads weighed it. */
  hits: Hits;
}

export function readCall(call: Omit<Call, 'startedAt' | 'timeZone'>): Reading {
  const hits = hitsOf(call);
  const turns = turnsOf(call, hits);
  const sells = isSelling(hits.said, hits.pricing);
  const verdicts = turns.map((turn) => judge(turn, sells));
  return {
    said: hits.said,
    objections: verdicts.flatMap((one) => one.objections),
    buying: verdicts.flatMap((one) => one.buying),
    steps: verdicts.flatMap((one) => one.steps),
    rivals: verdicts.flatMap((one) => one.rivals),
    pricing: verdicts.flatMap((one) => one.pricing),
    turns: turns.map(({ utterance, mood }) => ({ seq: utterance.seq, sentiment: mood })),
    hits,
  };
}
