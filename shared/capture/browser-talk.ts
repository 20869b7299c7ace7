import * as z from 'zod/mini';
import { consent } from '../contracts/guidance.ts';

/** What the listening page and the call say to each other beside the audio, as JSON text. */

export const browserUp = z.discriminatedUnion('type', [
  /** Every 15 s: the page is open, though nothing may be sent yet. */
  z.object({ type: z.literal('here') }),
  z.object({ type: z.literal('consent'), consent: z.enum(['granted', 'refused']) }),
  /** The rep ended the recording. */
  z.object({ type: z.literal('stop') }),
]);
export type BrowserUp = z.infer<typeof browserUp>;

export const browserDown = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    /** The first frame that we do not have. */
    nextSeq: z.int(),
    /** Call time now, by the server's clock. */
    elapsedMs: z.number(),
    consent,
    /** Opens the next socket, once: for a cut line or a page loaded anew. */
    resume: z.string(),
  }),
  z.object({ type: z.literal('consent'), consent }),
  /** Every frame before `nextSeq` is kept. */
  z.object({ type: z.literal('ack'), nextSeq: z.int() }),
  z.object({ type: z.literal('ended') }),
]);
export type BrowserDown = z.infer<typeof browserDown>;

/** Another socket took this one's place; the page must not fight for it. */
export const TAKEN_OVER = { code: 4409, reason: 'This call is now listened to in another window.' };
export const CALL_OVER = { code: 4404, reason: 'This call has ended.' };
export const TOO_LONG = { code: 4408, reason: 'A recording ends after four hours.' };
export const NONSENSE = { code: 4400, reason: 'This message is none we know.' };
