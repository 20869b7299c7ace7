import * as z from 'zod/mini';
import { role } from './transcript.ts';

const point = { id: z.string(), name: z.string(), stage: z.string() };

/** `GET /v1/calls/:id/adherence` — which points of a rep's playbooks a call of their own met, each with its proof. Nobody else's to ask. */
export const callAdherenceView = z.object({
  callId: z.string(),
  playbooks: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      version: z.int(),
      met: z.int(),
      points: z.array(
        z.object({
          ...point,
          met: z.boolean(),
          /** What was said, by whom, and when (ms from the start of the call). */
          evid: z.optional(z.object({ quote: z.string(), role, speaker: z.string(), startMs: z.number() })),
        }),
      ),
    }),
  ),
  said: z.string(),
});
export type CallAdherenceView = z.infer<typeof callAdherenceView>;

/**
 * `GET /v1/playbooks/:id/adherence?of=mine|team` — how often each point was met, over the asker's own calls since this version was saved; for
 * who leads a team, over the team's, summed. Nobody is ranked: with fewer than three people in the sum it stays empty, and `said` says why.
 */
export const playbookAdherenceView = z.object({
  playbookId: z.string(),
  name: z.string(),
  version: z.int(),
  /** ISO 8601. */
  since: z.string(),
  of: z.enum(['mine', 'team']),
  /** Calls that were looked at. */
  calls: z.int(),
  points: z.array(
    z.object({
      ...point,
      met: z.int(),
      calls: z.int(),
      /** At most three, one a call. */
      examples: z.array(z.object({ callId: z.string(), startedAt: z.string(), quote: z.string(), role, startMs: z.number() })),
    }),
  ),
  /** "Over your 12 calls since this version was saved." */
  said: z.string(),
});
export type PlaybookAdherenceView = z.infer<typeof playbookAdherenceView>;
