import * as z from 'zod/mini';
import type { LineEvent } from '../../ports/line.ts';

/** Longest message and payload taken, in characters. A frame of 20 ms has 216; nothing honest comes near. */
const MESSAGE_MAX = 65_536;
const PAYLOAD_MAX = 16_384;

const track = z.enum(['inbound', 'outbound']);
const message = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('start'),
    start: z.object({
      accountSid: z.string().check(z.regex(/^AC[0-9a-f]{32}$/)),
      callSid: z.string().check(z.regex(/^CA[0-9a-f]{32}$/)),
      mediaFormat: z.object({ encoding: z.literal('audio/x-mulaw'), sampleRate: z.literal(8_000), channels: z.literal(1) }),
      customParameters: z.object({ callId: z.string().check(z.maxLength(200)), repTrack: track }),
    }),
  }),
  z.object({
    event: z.literal('media'),
    media: z.object({
      track,
      timestamp: z.string().check(z.regex(/^\d{1,12}$/)),
      payload: z.string().check(z.maxLength(PAYLOAD_MAX), z.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
    }),
  }),
  z.object({ event: z.literal('stop') }),
]);

/** One Media Streams message in our words. twilio.com/docs/voice/media-streams/websocket-messages */
export function eventOf(frame: string | ArrayBuffer): LineEvent {
  const parsed = message.safeParse(typeof frame === 'string' ? json(frame) : undefined);
  if (!parsed.success) return { type: 'ignored' };
  const said = parsed.data;
  switch (said.event) {
    case 'start': {
      const { accountSid, callSid, customParameters } = said.start;
      return { type: 'started', externalId: callSid, account: accountSid, ...customParameters };
    }
    case 'media': {
      const bytes = base64(said.media.payload);
      return bytes ? { type: 'audio', track: said.media.track, atMs: Number(said.media.timestamp), bytes } : { type: 'ignored' };
    }
    case 'stop':
      return { type: 'stopped' };
  }
}

function json(text: string): unknown {
  if (text.length > MESSAGE_MAX) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function base64(payload: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}
