import * as z from 'zod/mini';
import { microphoneAsk, microphoneTicket } from './microphone.ts';

/**
 * `POST /v1/record/:object/:id/listen` — a page of ours that listens to a conversation in the rep's browser, or with `microphone` a ticket
 * for the CRM's own page. `requestId` makes a repeated press one call.
 */
export const listenBody = z.object({ requestId: z.uuid(), microphone: z.optional(microphoneAsk) });
export type ListenBody = z.infer<typeof listenBody>;

/** Where that page is. It opens once, within five minutes; asked again, the same call gets a new address. */
export const listenView = z.object({
  callId: z.string(),
  url: z.string(),
  expiresAt: z.string(),
  /** There when it was asked for; the address then opens nothing. */
  microphone: z.optional(microphoneTicket),
});
export type ListenView = z.infer<typeof listenView>;
