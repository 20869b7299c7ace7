import * as z from 'zod/mini';
import { evidence, role } from './transcript.ts';

const confidence = z.number(); // 0..1

/** What the customer suffers from, or wants to reach. */
export const need = z.object({
  /** In a few plain words, where the quote alone is not plain. */
  text: z.optional(z.string()),
  /** The customer put a figure on it. */
  isMeasured: z.boolean(),
  confidence,
  evidence,
  /** The rep's question that a mere "yes" answered: both are the proof. */
  asked: z.optional(evidence),
});
export type Need = z.infer<typeof need>;

/** A question somebody asked; `evidence.role` is who asked. */
export const question = z.object({
  /** It cannot be answered with yes or no. */
  isOpen: z.boolean(),
  isAnswered: z.boolean(),
  evidence,
  /** The words that answered it, or put it off. */
  answer: z.optional(evidence),
});
export type Question = z.infer<typeof question>;

/** What the customer can spend, by their own words. */
export const budget = z.object({
  /** `none`: they said there is no money. */
  state: z.enum(['available', 'unsure', 'none']),
  /** As said, in the currency's main unit. With `amountTo` it is the lower end of a range. */
  amount: z.optional(z.number()),
  amountTo: z.optional(z.number()),
  /** ISO 4217; absent when nobody named one. */
  currency: z.optional(z.string()),
  period: z.optional(z.enum(['once', 'month', 'quarter', 'year'])),
  /** The amount is for each of these, e.g. "seat". */
  per: z.optional(z.string()),
  confidence,
  evidence,
  /** The rep's question that a mere "yes" answered: both are the proof. */
  asked: z.optional(evidence),
});
export type Budget = z.infer<typeof budget>;

/** When the customer wants to decide, start or be done. Dates are YYYY-MM-DD in the call's time zone. */
export const timeline = z.object({
  event: z.enum(['decision', 'start', 'renewal', 'deadline']),
  /** The words that name the time, verbatim. */
  text: z.string(),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
  confidence,
  evidence,
});
export type Timeline = z.infer<typeof timeline>;

/** Who decides, by the customer's words: `self` the person speaking, `other` somebody else, `group` a board or several people. */
export const authority = z.object({
  who: z.enum(['self', 'other', 'group']),
  /** Their role or name as it was said: "CFO", "the board". */
  text: z.string(),
  confidence,
  evidence,
});
export type Authority = z.infer<typeof authority>;

export const influence = z.enum(['economic_buyer', 'champion', 'coach', 'blocker', 'user', 'unknown']);
export type Influence = z.infer<typeof influence>;

/** Somebody on the customer's side who was named, or who spoke and said what they do. */
export const person = z.object({
  name: z.string(),
  /** "CFO", "head of operations" */
  role: z.optional(z.string()),
  influence,
  /** Who offered to bring us together. */
  introducedBy: z.optional(z.string()),
  confidence,
  evidence,
});
export type Person = z.infer<typeof person>;

/** A promise its own maker gave, without a condition. */
export const commitment = z.object({
  by: z.enum(['rep', 'customer', 'both']),
  text: z.string(),
  dueAt: z.optional(z.string()),
  evidence,
  /** The other side's yes, where they gave one. */
  assent: z.optional(evidence),
});
export type Commitment = z.infer<typeof commitment>;

/** Who spoke, and for how long. */
export const speaker = z.object({ name: z.string(), role, spokeMs: z.number() });
export type Speaker = z.infer<typeof speaker>;
