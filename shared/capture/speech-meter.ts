import type { Role, Utterance } from '../contracts/transcript.ts';
import { toPcm16 } from './mulaw.ts';
import type { WavReader } from './read-wav.ts';

/** When each side of a recording made a sound, in tenths of a second. */
export interface SpeechMeter {
  /** A WAV file as it comes; false when it is another kind of file. */
  push(bytes: Uint8Array): boolean;
  /** Share of the sounding time, 0 to 1, that words cover; 1 when there is too little sound to judge by. One role: everybody is on one track. */
  coverage(said: readonly Utterance[], channels: readonly Role[]): number;
}

const BIN_MS = 100;
const BIN_BYTES = 800;
/** About −40 dB below the loudest: a voice on a telephone is above, its line is below. */
const LOUD = 300;
/** Words are told a little short of their sound. */
const AROUND_MS = 400;
const LOUD_MIN_BINS = 30;

export function speechMeter(read: WavReader): SpeechMeter {
  const loud: [boolean[], boolean[]] = [[], []];
  const held: [number, number][] = [
    [0, 0],
    [0, 0],
  ];
  const hear = (side: 0 | 1, audio: Uint8Array) => {
    const bin = held[side] ?? [0, 0];
    for (const sample of toPcm16(audio)) {
      bin[0] += Math.abs(sample);
      bin[1] += 1;
      if (bin[1] < BIN_BYTES) continue;
      loud[side].push(bin[0] / BIN_BYTES >= LOUD);
      bin[0] = 0;
      bin[1] = 0;
    }
  };
  return {
    push(bytes) {
      const both = read.push(bytes);
      if (!both) return false;
      hear(0, both[0]);
      hear(1, both[1]);
      return true;
    },
    coverage(said, channels) {
      let [all, covered] = [0, 0];
      for (const side of [0, 1] as const) {
        const spans = channels.length === 1 ? said : said.filter(({ role }) => role === channels[side]);
        const words = new Set<number>();
        for (const { startMs, endMs } of spans)
          for (let bin = Math.floor((startMs - AROUND_MS) / BIN_MS); bin * BIN_MS <= endMs + AROUND_MS; bin++) words.add(bin);
        for (const [bin, isLoud] of loud[side].entries()) {
          if (!isLoud) continue;
          all += 1;
          if (words.has(bin)) covered += 1;
        }
      }
      return all < LOUD_MIN_BINS ? 1 : covered / all;
    },
  };
}
