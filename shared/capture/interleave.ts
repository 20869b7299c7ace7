import { FRAME_BYTES, FRAME_MS } from './frames.ts';
import { SILENCE } from './mulaw.ts';

/** The two sides of a call: 0 is the rep, 1 the customer. */
export type Side = 0 | 1;

/**
 * Puts two mono mu-law tracks side by side in time: byte-wise interleaved stereo comes out, silence where nothing came.
 * A frame that is late by more than `waitMs`, or that came before, is dropped: what left cannot be changed.
 */
export interface Interleaver {
  /** `atMs` counts from the start of the stream. Gives the stereo audio that became certain, possibly none. */
  push(side: Side, atMs: number, audio: Uint8Array): Uint8Array;
  /** Everything still held, to the end of the longer track. */
  flush(): Uint8Array;
}

/** A clock so far ahead of all audio so far is nonsense; filling the gap would cost memory for nothing. */
const GAP_MAX_MS = 600_000;

export function interleaver(options: { waitMs?: number; fromMs?: number } = {}): Interleaver {
  const waitFrames = Math.ceil((options.waitMs ?? 60) / FRAME_MS);
  const held: [Map<number, Uint8Array>, Map<number, Uint8Array>] = [new Map(), new Map()];
  let head = Math.round((options.fromMs ?? 0) / FRAME_MS);
  const next: [number, number] = [head, head];

  const take = (until: number): Uint8Array => {
    const out = new Uint8Array(Math.max(0, until - head) * FRAME_BYTES * 2).fill(SILENCE);
    for (let at = 0; head < until; at++, head++) {
      for (const side of [0, 1] as const) {
        const frame = held[side].get(head);
        frame?.forEach((byte, index) => {
          out[(at * FRAME_BYTES + index) * 2 + side] = byte;
        });
        held[side].delete(head);
      }
    }
    return out;
  };

  return {
    push(side, atMs, audio) {
      // Vendors' clocks wobble by a few ms; less than a frame away from the expected place is the expected place.
      const expected = next[side];
      let slot = Math.abs(atMs - expected * FRAME_MS) < FRAME_MS ? expected : Math.round(atMs / FRAME_MS);
      if (!Number.isFinite(atMs) || (slot - Math.max(...next)) * FRAME_MS > GAP_MAX_MS) return new Uint8Array(0);
      for (let from = 0; from < audio.length; from += FRAME_BYTES, slot++) {
        if (slot >= head && !held[side].has(slot)) held[side].set(slot, audio.slice(from, from + FRAME_BYTES));
      }
      next[side] = Math.max(next[side], slot);
      const both = Math.min(next[0], next[1]);
      const patience = Math.max(next[0], next[1]) - waitFrames;
      return take(Math.max(both, patience));
    },
    flush: () => take(Math.max(next[0], next[1])),
  };
}

/** Two whole tracks that start together, byte-wise; the shorter one ends in silence. */
export function interleave(rep: Uint8Array, customer: Uint8Array): Uint8Array {
  const both = new Uint8Array(Math.max(rep.length, customer.length) * 2).fill(SILENCE);
  rep.forEach((byte, at) => {
    both[at * 2] = byte;
  });
  customer.forEach((byte, at) => {
    both[at * 2 + 1] = byte;
  });
  return both;
}

/**
 * The 58 bytes before mu-law samples in a WAV file (format 7). `audioBytes` may be left out while the length is not known;
 * readers then take the file to its end.
 */
export function wavHeader(format: { channels: 1 | 2; sampleRate?: number; audioBytes?: number }): Uint8Array {
  const { channels, sampleRate = 8_000, audioBytes = 0xffff_ffff - 50 } = format;
  const header = new Uint8Array(58);
  const view = new DataView(header.buffer);
  const say = (at: number, word: string) => {
    for (let index = 0; index < word.length; index++) header[at + index] = word.charCodeAt(index);
  };
  say(0, 'RIFF');
  view.setUint32(4, audioBytes + 50, true);
  say(8, 'WAVEfmt ');
  view.setUint32(16, 18, true);
  view.setUint16(20, 7, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels, true);
  view.setUint16(32, channels, true);
  view.setUint16(34, 8, true);
  say(38, 'fact');
  view.setUint32(42, 4, true);
  view.setUint32(46, Math.floor(audioBytes / channels), true);
  say(50, 'data');
  view.setUint32(54, audioBytes, true);
  return header;
}
