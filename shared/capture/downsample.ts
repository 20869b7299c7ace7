/** Half the width of the filter, in samples of the output. */
const REACH = 16;
/** Just under half of 8 kHz, as a share of it: what lies above would come back as noise. */
const CUTOFF = 0.9;
const PHASES = 64;

/** Takes audio at `fromHz` in pieces of any size, gives it at `toHz` (lower) through a low-pass filter, 16-bit. Holds back a few ms. */
export interface Downsampler {
  push(samples: Float32Array): Int16Array;
}

export function downsampler(fromHz: number, toHz: number): Downsampler {
  const ratio = fromHz / toHz;
  const half = Math.ceil(REACH * ratio);
  const kernels = Array.from({ length: PHASES }, (_, phase) => kernel(phase / PHASES, half, ratio));
  /** Input from `firstAt` on, that still matters. Silence comes before the first sample. */
  let held = new Float32Array(half);
  let firstAt = -half;
  let made = 0;
  return {
    push(samples) {
      const all = new Float32Array(held.length + samples.length);
      all.set(held);
      all.set(samples, held.length);
      const out: number[] = [];
      for (;;) {
        const at = made * ratio;
        // The nearest of the prepared phases; less than a hundredth of a sample is nothing to an ear on a telephone.
        const steps = Math.round(at * PHASES);
        const whole = Math.floor(steps / PHASES);
        const from = whole - half + 1 - firstAt;
        const taps = kernels[steps % PHASES];
        if (!taps || from + taps.length > all.length) break;
        let sum = 0;
        for (let tap = 0; tap < taps.length; tap++) sum += (all[from + tap] ?? 0) * (taps[tap] ?? 0);
        out.push(Math.max(-32_768, Math.min(32_767, Math.round(sum * 32_767))));
        made++;
      }
      const keepFrom = Math.max(0, Math.floor(made * ratio) - half - firstAt);
      held = all.slice(keepFrom);
      firstAt += keepFrom;
      return Int16Array.from(out);
    },
  };
}

/** A windowed sinc around a point `offset` (0..1) behind a sample; the taps run from `half - 1` samples before it. */
function kernel(offset: number, half: number, ratio: number): Float32Array {
  const taps = Float32Array.from({ length: half * 2 }, (_, tap) => {
    const x = (tap - half + 1 - offset) / ratio;
    const window = Math.abs(x) < REACH ? 0.5 + 0.5 * Math.cos((Math.PI * x) / REACH) : 0;
    return x === 0 ? CUTOFF * window : (Math.sin(Math.PI * CUTOFF * x) / (Math.PI * x)) * window;
  });
  const sum = taps.reduce((all, tap) => all + tap, 0);
  return taps.map((tap) => tap / sum);
}
