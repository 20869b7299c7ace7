import { BROWSER_FRAME_BYTES, BROWSER_FRAME_MS } from '../../shared/capture/browser-frames.ts';
import { downsampler } from '../../shared/capture/downsample.ts';
import { cutter } from '../../shared/capture/frames.ts';
import { toMulaw } from '../../shared/capture/mulaw.ts';

// The audio thread's own globals; TypeScript's DOM does not know them.
declare const sampleRate: number;
declare const currentFrame: number;
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, of: new () => AudioWorkletProcessor): void;

/** One speaker's sound, 80 ms of it. */
export interface HeardFrame {
  /** By the audio clock, of the first sample. */
  atMs: number;
  /** Root mean square, 0..1. */
  level: number;
  bytes: Uint8Array<ArrayBuffer>;
}

const QUIET = new Float32Array(128);

class Frames extends AudioWorkletProcessor {
  readonly #slower = downsampler(sampleRate, 8_000);
  readonly #cut = cutter(BROWSER_FRAME_BYTES);
  #beganMs: number | undefined;
  #made = 0;
  #squares = 0;
  #counted = 0;

  process([input]: Float32Array[][]): boolean {
    this.#beganMs ??= (currentFrame / sampleRate) * 1_000;
    // A device that is being changed gives nothing: time goes on in silence.
    const heard = input?.[0] ?? QUIET;
    for (const sample of heard) this.#squares += sample * sample;
    this.#counted += heard.length;
    for (const piece of this.#cut.push(toMulaw(this.#slower.push(heard)))) {
      const bytes = new Uint8Array(piece);
      const frame: HeardFrame = {
        atMs: this.#beganMs + this.#made * BROWSER_FRAME_MS,
        level: Math.sqrt(this.#squares / Math.max(1, this.#counted)),
        bytes,
      };
      this.#made += 1;
      this.#squares = 0;
      this.#counted = 0;
      this.port.postMessage(frame, [bytes.buffer]);
    }
    return true;
  }
}

registerProcessor('frames', Frames);
