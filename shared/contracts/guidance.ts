import * as z from 'zod/mini';
import { role } from './transcript.ts';

export const playKind = z.enum(['price', 'objection', 'competitor', 'question', 'compliance']);
export type PlayKind = z.infer<typeof playKind>;

/** unknown → announced → granted | refused | expired. No audio is kept or sent to speech recognition unless `granted`. */
export const consent = z.enum(['unknown', 'announced', 'granted', 'refused', 'expired']);
export type Consent = z.infer<typeof consent>;

/** One card on the rep's screen. */
export const guidanceCard = z.object({
  id: z.string(),
  playId: z.string(),
  kind: playKind,
  /** "Price objection" */
  headline: z.string(),
  /** At most 140 characters, speakable. */
  say: z.string(),
  /** Why it came: the words, who said them, when (ms from the start of the call), and the rule's name. */
  why: z.object({ quote: z.string(), role, startMs: z.number(), endMs: z.number(), rule: z.string() }),
  /** 0..1 */
  confidence: z.number(),
});
export type GuidanceCard = z.infer<typeof guidanceCard>;

export const feedbackAction = z.enum(['used', 'dismissed', 'snoozed']);
export type FeedbackAction = z.infer<typeof feedbackAction>;

export const liveLine = z.object({ role, turn: z.int(), text: z.string(), final: z.boolean() });

/** Session → client. `seq` grows by one with every frame that changes what is shown. */
export const guidanceDown = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), seq: z.int(), version: z.int(), callId: z.string(), consent, card: z.nullable(guidanceCard) }),
  z.object({ type: z.literal('consent'), seq: z.int(), consent }),
  z.object({ type: z.literal('line'), seq: z.int(), line: liveLine }),
  z.object({ type: z.literal('card'), seq: z.int(), card: guidanceCard }),
  z.object({ type: z.literal('retract'), seq: z.int(), cardId: z.string() }),
  z.object({ type: z.literal('ended'), seq: z.int() }),
]);
export type GuidanceDown = z.infer<typeof guidanceDown>;

/** Client → session. */
export const guidanceUp = z.discriminatedUnion('type', [
  z.object({ type: z.literal('resume'), after: z.int() }),
  z.object({ type: z.literal('feedback'), cardId: z.string(), action: feedbackAction }),
  z.object({ type: z.literal('consent'), consent: z.enum(['granted', 'refused']), takesBack: z.optional(z.boolean()) }),
  z.object({ type: z.literal('pong'), cardId: z.string(), paintedMs: z.number() }),
]);
export type GuidanceUp = z.infer<typeof guidanceUp>;
