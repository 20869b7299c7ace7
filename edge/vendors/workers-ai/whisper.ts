import * as z from 'zod/mini';
import { toPcm16 } from '../../../shared/capture/mulaw.ts';
import { wavReader } from '../../../shared/capture/read-wav.ts';
import type { Role, Utterance } from '../../../shared/contracts/transcript.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { BatchSpeech } from '../../ports/speech.ts';

/** What Cloudflare binds as `AI`. */
interface Ai {
  run(model: string, input: Record<string, unknown>): Promise<unknown>;
}

const MODEL = '@cf/openai/whisper-large-v3-turbo';
const RATE = 8_000;
/** One request takes a piece that fits in memory twice, once as text. */
const PIECE_BYTES = 30 * RATE;
const TIMEOUT_MS = 120_000;

const answerShape = z.object({
  segments: z.array(
    z.object({
      start: z.number(),
      end: z.number(),
      text: z.string(),
      avg_logprob: z.optional(z.number()),
      no_speech_prob: z.optional(z.number()),
    }),
  ),
});

/**
 * Whisper on Workers AI, for our own telephone recordings: each channel alone, half a minute at a time, so memory does not grow with the call.
 * It tells no voices apart. It knows no names beforehand and hears less well on a telephone than the first recogniser; it is there when that one is not.
 */
export function whisperBatch(ai: Ai): BatchSpeech {
  return {
    async transcribe({ body, channels, spent }) {
      const read = wavReader(channels.length === 1 ? 1 : 2);
      const sides = channels.map(() => pieces());
      const said: Omit<Utterance, 'seq'>[] = [];
      const hear = async (side: number, isEnd: boolean): Promise<Result<true>> => {
        for (let piece = sides[side]?.take(isEnd); piece; piece = sides[side]?.take(isEnd)) {
          if (piece.audio.every((byte) => byte === 0xff || byte === 0x7f)) continue;
          const role = channels[side] ?? 'other';
          const heard = await ask(ai, piece, { role, speaker: role === 'other' ? `Speaker ${side + 1}` : role });
          if (!heard.ok) return heard;
          spent?.(piece.audio.length / RATE);
          said.push(...heard.value);
        }
        return ok(true);
      };
      const stream = body instanceof Uint8Array ? new Blob([body.slice()]).stream() : body;
      for await (const chunk of stream) {
        const both = read.push(chunk);
        if (!both) return failed({ kind: 'refused', said: 'The second recogniser does not know this kind of file.' });
        for (const side of sides.keys()) {
          sides[side]?.push(both[side] ?? new Uint8Array(0));
          const heard = await hear(side, false);
          if (!heard.ok) return heard;
        }
      }
      for (const side of sides.keys()) {
        const heard = await hear(side, true);
        if (!heard.ok) return heard;
      }
      return ok(said.toSorted((one, other) => one.startMs - other.startMs).map((one, seq) => ({ ...one, seq })));
    },
  };
}

interface Piece {
  atMs: number;
  audio: Uint8Array;
}

function pieces() {
  let held: Uint8Array[] = [];
  let size = 0;
  let atMs = 0;
  return {
    push(bytes: Uint8Array) {
      held.push(bytes);
      size += bytes.length;
    },
    take(isEnd: boolean): Piece | undefined {
      if (size === 0 || (size < PIECE_BYTES && !isEnd)) return undefined;
      const all = joined(held);
      const audio = all.subarray(0, PIECE_BYTES);
      held = [all.subarray(audio.length)];
      size -= audio.length;
      const piece = { atMs, audio };
      atMs += audio.length / 8;
      return piece;
    },
  };
}

async function ask(ai: Ai, { atMs, audio }: Piece, who: { role: Role; speaker: string }): Promise<Result<Omit<Utterance, 'seq'>[]>> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('late')), TIMEOUT_MS);
  try {
    const input = { audio: base64(wavOf(audio)), language: 'en', vad_filter: true };
    const read = answerShape.safeParse(await Promise.race([ai.run(MODEL, input), late.promise]));
    if (!read.success) return failed({ kind: 'broken', said: 'The second recogniser answered in a shape we do not know.' });
    return ok(
      read.data.segments
        .filter(({ text }) => text.trim() !== '')
        .map(({ start, end, text, avg_logprob: logProb = -0.2, no_speech_prob: noSpeech = 0 }) => ({
          ...who,
          text: text.trim(),
          startMs: Math.round(atMs + start * 1_000),
          endMs: Math.round(atMs + end * 1_000),
          confidence: Math.round(Math.exp(logProb) * (1 - noSpeech) * 1_000) / 1_000,
        })),
    );
  } catch {
    return failed({ kind: 'busy', said: 'The second recogniser did not answer.' });
  } finally {
    clearTimeout(timer);
  }
}

/** 16-bit mono, as every decoder takes it. */
function wavOf(audio: Uint8Array): Uint8Array {
  const pcm = toPcm16(audio);
  const file = new Uint8Array(44 + pcm.length * 2);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode('RIFF....WAVEfmt '));
  view.setUint32(4, file.length - 8, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  file.set(new TextEncoder().encode('data'), 36);
  view.setUint32(40, pcm.length * 2, true);
  pcm.forEach((sample, at) => {
    view.setInt16(44 + at * 2, sample, true);
  });
  return file;
}

/** In steps: one call with half a million arguments is too many. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
