import { toMulaw } from './mulaw.ts';

/** Reads a two-channel 8 kHz WAV file (16-bit or mu-law) as it comes; each channel leaves as mu-law, in order. */
export interface WavReader {
  /** Undefined once the file turned out to be of another kind. */
  push(bytes: Uint8Array): [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>] | undefined;
}

/** A header with more in front of its sound than this is no telephone recording. */
const HEADER_MAX = 64 * 1024;
const NOTHING = new Uint8Array(0);

export function wavReader(): WavReader {
  let held: Uint8Array<ArrayBuffer> = NOTHING;
  let width = 0;
  let leftBytes = 0;
  let isRefused = false;

  return {
    push(bytes) {
      if (isRefused) return undefined;
      held = joined(held, bytes);
      if (width === 0) {
        const found = soundStart(held);
        if (found === 'refused' || (found === 'later' && held.length > HEADER_MAX)) isRefused = true;
        if (isRefused) return undefined;
        if (found === 'later' || found === 'refused') return [NOTHING, NOTHING];
        width = found.width;
        leftBytes = found.bytes;
        held = held.slice(found.at);
      }
      const whole = Math.floor(Math.min(held.length, leftBytes) / (width * 2)) * width * 2;
      const both = [0, 1].map((channel) => track(held.subarray(0, whole), width, channel));
      leftBytes -= whole;
      held = held.slice(whole);
      return [both[0] ?? NOTHING, both[1] ?? NOTHING];
    },
  };
}

function track(audio: Uint8Array, width: number, channel: number): Uint8Array<ArrayBuffer> {
  const samples = audio.length / width / 2;
  if (width === 1) return Uint8Array.from({ length: samples }, (_, at) => audio[at * 2 + channel] ?? 0);
  const view = new DataView(audio.buffer, audio.byteOffset, audio.byteLength);
  const pcm = Int16Array.from({ length: samples }, (_, at) => view.getInt16(at * 4 + channel * 2, true));
  return Uint8Array.from(toMulaw(pcm));
}

function soundStart(file: Uint8Array): { at: number; width: number; bytes: number } | 'later' | 'refused' {
  if (file.length < 12) return 'later';
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const word = (at: number) => String.fromCharCode(...file.subarray(at, at + 4));
  if (word(0) !== 'RIFF' || word(8) !== 'WAVE') return 'refused';
  let width = 0;
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
      if (channels !== 2 || rate !== 8_000) return 'refused';
      if (code === 1 && bits === 16) width = 2;
      else if (code === 7 && bits === 8) width = 1;
      else return 'refused';
    }
    if (word(at) === 'data') return width === 0 ? 'refused' : { at: at + 8, width, bytes: size };
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
