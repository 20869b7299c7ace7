import * as z from 'zod/mini';
import { dealGates } from './gates.ts';
import { guidanceCard } from './guidance.ts';
import { role } from './transcript.ts';

/** `POST /api/guidance/generate` — what to say next, on a call or after what was said here. Names one of the two; changes nothing. */
export const generateBody = z.object({
  callId: z.optional(z.uuid()),
  /** In the order spoken, the last turn last. Without times every word counts as two fifths of a second. */
  transcript: z.optional(
    z
      .array(
        z.object({
          role,
          text: z.string().check(z.minLength(1), z.maxLength(2_000)),
          startMs: z.optional(z.number().check(z.gte(0), z.lte(86_400_000))),
        }),
      )
      .check(z.minLength(1), z.maxLength(400)),
  ),
});
export type GenerateBody = z.infer<typeof generateBody>;

/**
 * The card that helps most, or none. `by`: who put it so; without a language model, or where it had nothing to say, the rules.
 * `gates`: how the deal stands after these words, with the next question to ask; absent while nothing was heard.
 */
export const generatedView = z.object({
  card: z.nullable(guidanceCard),
  by: z.enum(['rules', 'model']),
  gates: z.optional(dealGates),
});
export type GeneratedView = z.infer<typeof generatedView>;
