import * as z from 'zod/mini';

const ids = { tenantId: z.uuid(), callId: z.uuid() };

/** A queue message: ids only. Whoever takes it re-reads the truth, so losing or repeating one changes nothing. */
export const job = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call-ended'), ...ids }),
  z.object({ kind: z.literal('call-transcribed'), ...ids }),
  z.object({ kind: z.literal('call-understood'), ...ids }),
]);
export type Job = z.infer<typeof job>;
