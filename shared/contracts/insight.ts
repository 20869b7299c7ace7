import * as z from 'zod/mini';
import { methodology } from './methodology.ts';
import { metrics } from './metrics.ts';
import { authority, budget, commitment, need, person, question, speaker, timeline } from './need.ts';
import { evidence } from './transcript.ts';

export const objectionType = z.enum([
  'price',
  'timing',
  'authority',
  'need',
  'competitor',
  'trust',
  'fit',
  'implementation',
  'security',
  'terms',
  'brushoff',
]);
export type ObjectionType = z.infer<typeof objectionType>;

export const buyingType = z.enum(['commit', 'praise', 'purchase_q', 'request', 'urgency', 'authority', 'budget', 'need']);
export type BuyingType = z.infer<typeof buyingType>;

export const intent = z.enum(['discovery', 'demo', 'objection', 'close', 'renewal']);
export type Intent = z.infer<typeof intent>;

/** Who acts: the rep, the customer, or both together (a meeting). */
export const owner = z.enum(['rep', 'customer', 'both']);
export type Owner = z.infer<typeof owner>;

const confidence = z.number(); // 0..1

export const nextStep = z.object({
  /** An imperative a person can tick off: "Send Dana the security questionnaire". */
  text: z.string(),
  owner,
  /** The words that named the time, verbatim; absent when no time was said. */
  dueText: z.optional(z.string()),
  /** ISO 8601 with offset, resolved in the call's time zone; absent when not derivable. */
  dueAt: z.optional(z.string()),
  /** True when a condition or hedge surrounds it: never written without a person. */
  hedged: z.boolean(),
  confidence,
  evidence,
});
export type NextStep = z.infer<typeof nextStep>;

/** Where the customer's mood changed: `delta` is the step on the sentiment's own scale, below 0 for the worse. */
export const turningPoint = z.object({ delta: z.number(), evidence });
export type TurningPoint = z.infer<typeof turningPoint>;

/**
 * What a call meant. Every claim carries its proof; a family with nothing to prove is an empty list.
 * What is optional came later: an insight stored before then lacks it, and so does one that could not be widened.
 */
export const insight = z.object({
  /** Which analyzer made it, e.g. `rules-1` or the model's id. */
  analyzer: z.string(),
  intent,
  /** The customer's attitude over the call, 0 (negative) to 1 (positive), 0.5 neutral. */
  sentiment: z.number(),
  /** Rep speech over all speech, 0..1. */
  talkShareRep: z.number(),
  headline: z.string(),
  bullets: z.array(z.object({ text: z.string(), evidence })),
  /** `asked` is the rep's question where `evidence` is the customer's yes to it: both are the proof. */
  objections: z.array(z.object({ type: objectionType, confidence, evidence, asked: z.optional(evidence) })),
  nextSteps: z.array(nextStep),
  buyingSignals: z.array(z.object({ type: buyingType, confidence, evidence, asked: z.optional(evidence) })),
  competitors: z.array(z.object({ name: z.string(), confidence, evidence })),
  pricing: z.array(z.object({ confidence, evidence })),
  /** One entry an utterance, in order; sentiment as above. */
  turns: z.array(z.object({ seq: z.int(), sentiment: z.number() })),
  speakers: z.optional(z.array(speaker)),
  pains: z.optional(z.array(need)),
  goals: z.optional(z.array(need)),
  questions: z.optional(z.array(question)),
  budget: z.optional(budget),
  timeline: z.optional(timeline),
  authority: z.optional(authority),
  people: z.optional(z.array(person)),
  commitments: z.optional(z.array(commitment)),
  /** The customer's sentiment by quarter of the call; null where they said nothing. */
  quarters: z.optional(z.array(z.nullable(z.number())).check(z.length(4))),
  turningPoints: z.optional(z.array(turningPoint)),
  methodology: z.optional(methodology),
  metrics: z.optional(metrics),
  /** What this analysis could not do, in plain sentences. */
  limits: z.optional(z.array(z.string())),
});
export type Insight = z.infer<typeof insight>;
