import { createHmac, timingSafeEqual } from 'node:crypto';
import { SILENCE, toPcm16 } from '../../shared/capture/mulaw.ts';
import type { ZoomApp } from './state.ts';

/** One person in a running meeting. */
export interface LiveVoice {
  /** Zoom's number of them in this meeting. */
  userId: number;
  name: string;
  /** What they say, 8 kHz mu-law, from the meeting's start on; silence afterwards. */
  audio: Uint8Array;
  /** They come in so long after it began. */
  comesAtMs?: number;
}

const FRAME_MS = 20;

/** 20 ms of a voice as Zoom sends it: L16 at 8 or 16 kHz, in the byte order that this stream has. */
export function l16(audio: Uint8Array, atMs: number, hz: 8_000 | 16_000, order: 'little' | 'big'): Buffer {
  const from = atMs * 8;
  const pcm = toPcm16(Uint8Array.from({ length: FRAME_MS * 8 + 1 }, (_, n) => audio[from + n] ?? SILENCE));
  const out = Buffer.alloc((FRAME_MS * hz * 2) / 1_000);
  for (let n = 0; n < out.length / 2; n++) {
    const whole = hz === 8_000 ? n : n >> 1;
    const here = pcm[whole] ?? 0;
    const sample = hz === 8_000 || n % 2 === 0 ? here : Math.round((here + (pcm[whole + 1] ?? 0)) / 2);
    if (order === 'little') out.writeInt16LE(sample, n * 2);
    else out.writeInt16BE(sample, n * 2);
  }
  return out;
}

/** Hex of HMAC-SHA256(client secret, `client id,meeting uuid,stream id`). */
export function isSigned(app: Pick<ZoomApp, 'clientId' | 'clientSecret'>, uuid: string, streamId: string, signature: unknown): boolean {
  const wanted = createHmac('sha256', app.clientSecret).update(`${app.clientId},${uuid},${streamId}`).digest('hex');
  return (
    typeof signature === 'string' && signature.length === wanted.length && timingSafeEqual(Buffer.from(signature), Buffer.from(wanted))
  );
}

const RATES = [8_000, 16_000] as const;

/** The first thing that is wrong about the media somebody asks for, as its status code; or how it is sent. */
export function mediaAsked(
  asked: Record<string, unknown>,
  only: readonly number[],
): { status: number } | { hz: 8_000 | 16_000; isMixed: boolean } {
  const params = asked['media_params'] as Record<string, unknown> | undefined;
  const audio = params?.['audio'] as Record<string, unknown> | undefined;
  const hz = RATES[Number(audio?.['sample_rate'] ?? 1)];
  if (asked['media_type'] !== 1) return { status: 7 };
  if (typeof asked['payload_encryption'] !== 'boolean') return { status: 4 };
  if (audio?.['content_type'] !== 2) return { status: 19 };
  if (hz === undefined || !only.includes(hz)) return { status: 20 };
  if (audio['channel'] !== 1) return { status: 21 };
  if (audio['codec'] !== 1) return { status: 22 };
  if (![undefined, 1, 2].includes(audio['data_opt'] as number | undefined)) return { status: 23 };
  if (Number(audio['send_rate'] ?? 20) !== FRAME_MS) return { status: 24 };
  // Whoever does not ask gets everybody in one.
  return { hz, isMixed: audio['data_opt'] !== 2 };
}
