/**
 * What the listening page sends over its socket: one binary message for 80 ms of one speaker.
 * 12 bytes of head, big-endian: version u8, format u8, channel u8, 0, sequence u32, time u32 (ms from the start of the call).
 * The sequence counts frames of both channels together.
 */
export interface BrowserFrame {
  /** 0 is the rep, 1 the customer: the sides of the recording. */
  channel: 0 | 1;
  seq: number;
  atMs: number;
  /** 8 kHz mono mu-law. */
  bytes: Uint8Array;
}

export const BROWSER_FRAME_MS = 80;
export const BROWSER_FRAME_BYTES = 640;
const HEAD_BYTES = 12;
const VERSION = 1;
const MULAW_8K = 1;

/** Why a frame is not taken. Close codes are ours: 4400–4499. */
export interface Refused {
  code: number;
  reason: string;
}

export function encodeFrame({ channel, seq, atMs, bytes }: BrowserFrame): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(HEAD_BYTES + bytes.length);
  const view = new DataView(message.buffer);
  message.set([VERSION, MULAW_8K, channel, 0]);
  view.setUint32(4, seq);
  view.setUint32(8, atMs);
  message.set(bytes, HEAD_BYTES);
  return message;
}

/** A frame, or why it is none. The bytes are a view of the message. */
export function decodeFrame(message: ArrayBuffer): BrowserFrame | Refused {
  if (message.byteLength > HEAD_BYTES + BROWSER_FRAME_BYTES) return { code: 4413, reason: 'A frame holds 80 ms of audio, not more.' };
  if (message.byteLength < HEAD_BYTES) return { code: 4400, reason: 'This is not a frame.' };
  const view = new DataView(message);
  if (view.getUint8(0) !== VERSION) return { code: 4406, reason: 'This page is of another version. Reload it.' };
  if (view.getUint8(1) !== MULAW_8K) return { code: 4406, reason: 'The audio has a format we do not know.' };
  const channel = view.getUint8(2);
  if ((channel !== 0 && channel !== 1) || message.byteLength !== HEAD_BYTES + BROWSER_FRAME_BYTES)
    return { code: 4400, reason: 'This is not a frame.' };
  return { channel, seq: view.getUint32(4), atMs: view.getUint32(8), bytes: new Uint8Array(message, HEAD_BYTES) };
}
