import { SILENCE } from './mulaw.ts';

/** Telephony audio: 8,000 samples a second, one byte each, a frame every 20 ms. */
export const FRAME_MS = 20;
export const FRAME_BYTES = 160;

export const msOfBytes = (bytes: number): number => bytes / 8;
export const bytesOfMs = (ms: number): number => Math.round(ms * 8);

export const isSilent = (audio: Uint8Array): boolean => audio.every((byte) => byte === SILENCE || byte === 0x7f);

/** Cuts a stream of any-sized pieces into pieces of `size` bytes. Holds back at most `size - 1` bytes. */
export interface Cutter {
  push(audio: Uint8Array): Uint8Array[];
  /** What is left when no more comes; possibly empty. */
  rest(): Uint8Array;
}

export function cutter(size: number): Cutter {
  let held = new Uint8Array(0);
  return {
    push(audio) {
      const all = join(held, audio);
      const whole = Math.floor(all.length / size) * size;
      held = all.slice(whole);
      return Array.from({ length: whole / size }, (_, at) => all.slice(at * size, (at + 1) * size));
    },
    rest() {
      const left = held;
      held = new Uint8Array(0);
      return left;
    },
  };
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
