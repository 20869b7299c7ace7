import * as z from 'zod/mini';

/** Who spoke, as seen from the seller. `other` is somebody whose side is not known. */
export const role = z.enum(['rep', 'customer', 'other']);
export type Role = z.infer<typeof role>;

/** One word as speech recognition heard it. Times are milliseconds from the start of the call. */
export const word = z.object({
  text: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  /** 0..1 */
  confidence: z.number(),
});
export type Word = z.infer<typeof word>;

/** One speaker's uninterrupted words. `seq` counts from 0 in the order they were spoken. */
export const utterance = z.object({
  seq: z.int(),
  role,
  /** The name people know them by, or "Speaker 1". */
  speaker: z.string(),
  text: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  confidence: z.number(),
  /** Those of its words that were hardly heard, where the recogniser says so word by word. */
  unsure: z.optional(z.array(z.object({ text: z.string(), confidence: z.number() }))),
});
export type Utterance = z.infer<typeof utterance>;

/** Proof of a claim: the transcript's own words, who said them and when. */
export const evidence = z.object({
  quote: z.string(),
  seq: z.int(),
  role,
  speaker: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  /** 0..1: how well its words were heard, where that was badly. What stands on it waits for a person. */
  heard: z.optional(z.number()),
});
export type Evidence = z.infer<typeof evidence>;
