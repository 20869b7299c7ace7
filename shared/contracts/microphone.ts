import * as z from 'zod/mini';
import { consent } from './guidance.ts';

/** One microphone in the CRM's own page: `hears` says whose voices reach it. */
export const microphoneAsk = z.object({
  hears: z.enum(['rep', 'everyone']),
  /** Where the socket will come from; the ticket opens none from elsewhere. */
  origin: z.string().check(z.regex(/^https?:\/\/[a-z0-9.-]{1,200}(:\d{1,5})?$/)),
});
export type MicrophoneAsk = z.infer<typeof microphoneAsk>;

/** Opens one socket with the sub-protocols `ros.opus.v1` and `token.<token>`; its hello brings the ticket of the next one. */
export const microphoneTicket = z.object({ url: z.string(), token: z.string() });
export type MicrophoneTicket = z.infer<typeof microphoneTicket>;

/** What whoever listens tells the call beside the audio, as JSON text. */
export const listenUp = z.discriminatedUnion('type', [
  /** Every 15 s: the page is open, though nothing may be sent yet. */
  z.object({ type: z.literal('here') }),
  z.object({ type: z.literal('consent'), consent: z.enum(['granted', 'refused']) }),
  /** The rep ended the recording. */
  z.object({ type: z.literal('stop') }),
]);
export type ListenUp = z.infer<typeof listenUp>;

export const listenDown = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    /** The first frame or chunk that we do not have. */
    nextSeq: z.int(),
    /** Call time now, by the server's clock. */
    elapsedMs: z.number(),
    consent,
    /** Opens the next socket, once: for a cut line or a page loaded anew. */
    resume: z.string(),
  }),
  z.object({ type: z.literal('consent'), consent }),
  /** Everything before `nextSeq` is kept. */
  z.object({ type: z.literal('ack'), nextSeq: z.int() }),
  z.object({ type: z.literal('ended') }),
]);
export type ListenDown = z.infer<typeof listenDown>;

/** Close codes after which another socket is of no use: the call is over, four hours are, another window has it. */
export const listenOver = { ended: 4404, tooLong: 4408, takenOver: 4409 } as const;

export const CHUNK_HEAD_BYTES = 12;
export const CHUNK_MAX_BYTES = 16_384;

/**
 * A piece of a recorder's WebM, 250 ms or what had gathered. A recording that begins anew, after its device or its consent changed, does so
 * in a chunk of its own; only such a chunk may leave numbers out.
 */
export interface RecordedChunk {
  seq: number;
  isBeginning: boolean;
  /** Call time at which the recording began, ms. */
  beganAtMs: number;
  bytes: Uint8Array;
}

/** 12 bytes of head, big-endian: version u8 1, format u8 2, flags u8 (1: it begins), 0, sequence u32, `beganAtMs` u32. */
export function encodeChunk({ seq, isBeginning, beganAtMs, bytes }: RecordedChunk): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(CHUNK_HEAD_BYTES + bytes.length);
  const head = new DataView(message.buffer);
  message.set([1, 2, isBeginning ? 1 : 0, 0]);
  head.setUint32(4, seq);
  head.setUint32(8, beganAtMs);
  message.set(bytes, CHUNK_HEAD_BYTES);
  return message;
}
