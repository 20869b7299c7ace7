import { CHUNK_HEAD_BYTES, CHUNK_MAX_BYTES, type RecordedChunk } from '../../contracts/microphone.ts';
import type { Refused } from '../browser-frames.ts';

const VERSION = 1;
const OPUS_IN_WEBM = 2;

/** A chunk of a recorder's, or why it is none. The bytes are a view of the message. */
export function readChunk(message: ArrayBuffer): RecordedChunk | Refused {
  if (message.byteLength > CHUNK_HEAD_BYTES + CHUNK_MAX_BYTES) return { code: 4413, reason: 'A chunk holds 16 KB of audio, not more.' };
  if (message.byteLength <= CHUNK_HEAD_BYTES) return { code: 4400, reason: 'This is not a chunk.' };
  const head = new DataView(message);
  if (head.getUint8(0) !== VERSION) return { code: 4406, reason: 'This component is of another version. Reload the page.' };
  if (head.getUint8(1) !== OPUS_IN_WEBM) return { code: 4406, reason: 'The audio has a format we do not know.' };
  const flags = head.getUint8(2);
  if (flags > 1) return { code: 4400, reason: 'This is not a chunk.' };
  return {
    isBeginning: flags === 1,
    seq: head.getUint32(4),
    beganAtMs: head.getUint32(8),
    bytes: new Uint8Array(message, CHUNK_HEAD_BYTES),
  };
}
