import * as z from 'zod/mini';
import { role } from './transcript.ts';

/** A question about one call, as short as it is spoken. */
export const callQuestion = z.string().check(z.minLength(1), z.maxLength(300));

/** `POST /v1/calls/:id/ask` — what was said on this call, while it runs or after it. Asking changes nothing; nothing of another call is answered. */
export const askCallBody = z.object({ requestId: z.uuid(), question: callQuestion });
export type AskCallBody = z.infer<typeof askCallBody>;

export const callAnswer = z.object({
  /** A sentence or a few; says so when it was not said. */
  answer: z.string(),
  /** False: nothing on the call answers it, and there are no sources. */
  isKnown: z.boolean(),
  /** The call's own words, in the order in which they were said; at most five. `atMs` from the start of the call. */
  sources: z.array(z.object({ atMs: z.number(), speaker: z.string(), role, quote: z.string() })),
  /** Who put the answer so. */
  by: z.enum(['rules', 'model']),
});
export type CallAnswer = z.infer<typeof callAnswer>;
