import { toMulaw } from './mulaw.ts';

/** Reads an 8 kHz WAV file (16-bit or mu-law) as it comes; each channel leaves as mu-law, in order. Of one channel the second stays empty. */
export interface WavReader {
  /** Undefined once the file turned out to be of another kind. */
  push(bytes: Uint8Array): [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>] | undefined;
}

/** A header with more in front of its sound than this is no telephone recording. */
const HEADER_MAX = 64 * 1024;
const NOTHING = new Uint8Array(0);

/** `only`: a file with another number of channels is of another kind. */
export function wavReader(only?: 1 | 2): WavReader {
  let held: Uint8Array<ArrayBuffer> = NOTHING;
  let width = 0;
  let channels = 0;
  let leftBytes = 0;
  let isRefused = false;

  return {
    push(bytes) {
      if (isRefused) return undefined;
      held = joined(held, bytes);
      if (width === 0) {
        const found = soundStart(held);
        if (found === 'later' && held.length <= HEADER_MAX) return [NOTHING, NOTHING];
        if (found === 'later' || found === 'refused' || (only !== undefined && found.channels !== only)) {
          isRefused = true;
          return undefined;
        }
        width = found.width;
        channels = found.channels;
        leftBytes = found.bytes;
        held = held.slice(found.at);
      }
      const step = width * channels;
      const whole = Math.floor(Math.min(held.length, leftBytes) / step) * step;
      const both = Array.from({ length: channels }, (_, channel) => track(held.subarray(0, whole), { width, channels }, channel));
      leftBytes -= whole;
      held = held.slice(whole);
      return [both[0] ?? NOTHING, both[1] ?? NOTHING];
    },
  };
}

interface Shape {
  /** Bytes a sample. */
  width: number;
  channels: number;
}

function track(audio: Uint8Array, { width, channels }: Shape, channel: number): Uint8Array<ArrayBuffer> {
  const samples = audio.length / width / channels;
  if (width === 1) return Uint8Array.from({ length: samples }, (_, at) => audio[at * channels + channel] ?? 0);
  const view = new DataView(audio.buffer, audio.byteOffset, audio.byteLength);
  const pcm = Int16Array.from({ length: samples }, (_, at) => view.getInt16((at * channels + channel) * 2, true));
  return Uint8Array.from(toMulaw(pcm));
}

function soundStart(file: Uint8Array): ({ at: number; bytes: number } & Shape) | 'later' | 'refused' {
  if (file.length < 12) return 'later';
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const word = (at: number) => String.fromCharCode(...file.subarray(at, at + 4));
  if (word(0) !== 'RIFF' || word(8) !== 'WAVE') return 'refused';
  let shape: Shape | undefined;
  for (let at = 12; at + 8 <= file.length; ) {
    const size = view.getUint32(at + 4, true);
    if (word(at) === 'fmt ') {
      if (at + 24 > file.length) return 'later';
      const [code, channels, rate, bits] = [
        view.getUint16(at + 8, true),
        view.getUint16(at + 10, true),
        view.getUint32(at + 12, true),
        view.getUint16(at + 22, true),
      ];
      const width = code === 1 && bits === 16 ? 2 : code === 7 && bits === 8 ? 1 : undefined;
      if ((channels !== 1 && channels !== 2) || rate !== 8_000 || width === undefined) return 'refused';
      shape = { width, channels };
    }
    if (word(at) === 'data') return shape ? { at: at + 8, bytes: size, ...shape } : 'refused';
    at += 8 + size + (size % 2);
  }
  return 'later';
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
