import * as z from 'zod/mini';
import { evidence } from './transcript.ts';

/**
 * What is known of one element of a selling method.
 * 0 nobody spoke of it · 1 only the rep did · 2 the customer said it · 3 the customer said it with a figure, a name or a date.
 */
export const element = z.object({
  score: z.int(),
  evidence: z.array(evidence),
  /** What to ask next; absent at 3. */
  gapQuestion: z.optional(z.string()),
});
export type Element = z.infer<typeof element>;

export const meddpicc = z.object({
  metrics: element,
  economicBuyer: element,
  decisionCriteria: element,
  decisionProcess: element,
  paperProcess: element,
  identifyPain: element,
  champion: element,
  competition: element,
});
export const bant = z.object({ budget: element, authority: element, need: element, timeline: element });
export const spiced = z.object({ situation: element, pain: element, impact: element, criticalEvent: element, decision: element });

/** How far the conversation covers three methods, each element with its proof and the question that would close its gap. */
export const methodology = z.object({
  meddpicc,
  bant,
  spiced,
  /** MEDDPICC over what it could reach, 0..1; metrics, buyer, pain and champion weigh most. */
  share: z.number(),
  /** The furthest stage of a sale that this knowledge would carry. */
  carries: z.enum(['discovery', 'evaluation', 'proposal', 'negotiation', 'commit']),
});
export type Methodology = z.infer<typeof methodology>;
