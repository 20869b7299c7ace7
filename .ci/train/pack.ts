import type { Head } from '../../shared/understand/heads/score.ts';
import type { Calibration } from './calibrate.ts';

export interface Packed {
  at: number;
  size: number;
  scale: number;
  bias: number;
  isPlain: boolean;
  slope: number;
  shift: number;
  threshold: number;
}

/** Heads as signed bytes, one behind the other; `scale` undoes the rounding. */
export class Packer {
  readonly #bytes: number[] = [];

  add({ weights, bias, isPlain }: Head, { slope, shift, threshold }: Calibration): Packed {
    const at = this.#bytes.length;
    let top = 0;
    for (let nth = 0; nth < weights.length; nth++) top = Math.max(top, Math.abs(weights[nth] ?? 0));
    // Rounded before use, so that the stored scale is the one the bytes were made with.
    const scale = Number(((top || 1) / 127).toPrecision(6));
    for (let nth = 0; nth < weights.length; nth++) this.#bytes.push(Math.max(-127, Math.min(127, Math.round((weights[nth] ?? 0) / scale))));
    return { at, size: weights.length, scale, bias: Math.round(bias * 10_000) / 10_000, isPlain, slope, shift, threshold };
  }

  base64(): string {
    return Buffer.from(Int8Array.from(this.#bytes).buffer).toString('base64');
  }
}
