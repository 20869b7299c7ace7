import { SILENCE, toMulaw } from '../../shared/capture/mulaw.ts';
import type { RawAudio } from './query.ts';

export interface Sound {
  channels: number;
  sampleRate: number;
  /** One mu-law track a channel, or none when the coding is not one this twin can hear. */
  tracks: Uint8Array[];
  durationMs: number;
}

/** A WAV file (mu-law or 16-bit), or raw audio whose shape the query names. Undefined when it is neither. */
export function soundOf(bytes: Uint8Array, named: RawAudio & { channels: number }): Sound | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || word(0) !== 'RIFF' || word(8) !== 'WAVE') {
    if (!named.encoding) return undefined;
    return coded(bytes, named.encoding === 'mulaw' ? 7 : named.encoding === 'linear16' ? 1 : 0, named.channels, named.sampleRate ?? 8_000);
  }
  let format: { code: number; channels: number; rate: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    if (word(at) === 'fmt ' && at + 24 <= bytes.length) {
      format = { code: view.getUint16(at + 8, true), channels: view.getUint16(at + 10, true), rate: view.getUint32(at + 12, true) };
    }
    // A streamed file says nothing true about its length: the audio goes to the end.
    if (word(at) === 'data' && format) return coded(bytes.subarray(at + 8, at + 8 + size), format.code, format.channels, format.rate);
    at += 8 + size + (size % 2);
  }
  return undefined;
}

/** De-interleaves raw live or recorded audio. Codes are those of WAV: 7 mu-law, 1 linear. */
export function coded(bytes: Uint8Array, code: number, channels: number, sampleRate: number): Sound {
  const width = code === 1 ? 2 : 1;
  const samples = Math.floor(bytes.length / width / channels);
  const durationMs = (samples * 1_000) / sampleRate;
  if ((code !== 1 && code !== 7) || sampleRate !== 8_000) return { channels, sampleRate, tracks: [], durationMs };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tracks = Array.from({ length: channels }, (_, channel) => {
    if (code === 7) return Uint8Array.from({ length: samples }, (_, at) => bytes[at * channels + channel] ?? SILENCE);
    return toMulaw(Int16Array.from({ length: samples }, (_, at) => view.getInt16((at * channels + channel) * 2, true)));
  });
  return { channels, sampleRate, tracks, durationMs };
}

/** Both sides on one track, as a recorder without channels keeps them: whoever makes a sound is heard. */
export function mixed(tracks: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array(0), ...others] = tracks;
  return first.map(
    (byte, at) => [byte, ...others.map((track) => track[at] ?? SILENCE)].find((heard) => heard !== SILENCE && heard !== 0x7f) ?? SILENCE,
  );
}
