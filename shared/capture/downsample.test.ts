import { expect, test } from 'vitest';
import { downsampler } from './downsample.ts';

const tone = (hz: number, rate: number, seconds: number) =>
  Float32Array.from({ length: rate * seconds }, (_, at) => 0.5 * Math.sin((2 * Math.PI * hz * at) / rate));

/** In pieces, as a browser gives them. */
function slower(samples: Float32Array, fromHz: number, piece = 128): number[] {
  const to = downsampler(fromHz, 8_000);
  const out: number[] = [];
  for (let at = 0; at < samples.length; at += piece) out.push(...to.push(samples.subarray(at, at + piece)));
  return out;
}
const loudness = (samples: readonly number[]) => Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length) / 32_767;

test.each([48_000, 44_100, 16_000])('at %i Hz speech stays as loud and as long as it was', (rate) => {
  const out = slower(tone(1_000, rate, 2), rate);
  expect(Math.abs(out.length - 16_000)).toBeLessThan(40);
  expect(loudness(out.slice(200))).toBeCloseTo(0.5 / Math.SQRT2, 2);
});

test('a tone stays where it was in time', () => {
  const out = slower(tone(500, 48_000, 1), 48_000);
  const errors = out
    .slice(100, 4_000)
    .map((sample, at) => Math.abs(sample / 32_767 - 0.5 * Math.sin((2 * Math.PI * 500 * (at + 100)) / 8_000)));
  expect(Math.max(...errors)).toBeLessThan(0.01);
});

test('what 8 kHz cannot hold is taken out, not folded back as noise', () => {
  for (const hz of [4_800, 6_000, 9_000, 15_000]) expect(loudness(slower(tone(hz, 48_000, 1), 48_000).slice(200))).toBeLessThan(0.003);
});

test('the size of the pieces changes nothing', () => {
  const sound = tone(700, 44_100, 1);
  expect(slower(sound, 44_100, 128)).toEqual(slower(sound, 44_100, 4_410).slice(0, slower(sound, 44_100, 128).length));
});
