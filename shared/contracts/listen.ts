import * as z from 'zod/mini';

/** `POST /v1/record/:object/:id/listen` — a page of ours that listens to a conversation in the rep's browser. `requestId` makes a repeated press one call. */
export const listenBody = z.object({ requestId: z.uuid() });
export type ListenBody = z.infer<typeof listenBody>;

/** Where that page is. It opens once, within five minutes; asked again, the same call gets a new address. */
export const listenView = z.object({ callId: z.string(), url: z.string(), expiresAt: z.string() });
export type ListenView = z.infer<typeof listenView>;
