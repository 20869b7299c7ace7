import { expect, test } from 'vitest';
import { startOf } from './align.ts';
import { toMulaw } from './mulaw.ts';

/** Words and pauses of uneven length and loudness, the same for the same seed. */
function talk(seconds: number, seed: number): Uint8Array {
  let state = seed;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const pcm = new Int16Array(seconds * 8_000);
  for (let at = 0; at < pcm.length; ) {
    const length = Math.round((0.1 + next() * 0.4) * 8_000);
    const level = next() < 0.4 ? 0 : 1_000 + next() * 8_000;
    for (let n = 0; n < length && at < pcm.length; n++, at++) pcm[at] = Math.round((next() * 2 - 1) * level);
  }
  return Uint8Array.from(toMulaw(pcm));
}
const inPieces = (audio: Uint8Array, fromMs: number, toMs: number) =>
  Array.from({ length: Math.floor((toMs - fromMs) / 500) }, (_, n) => {
    const atMs = fromMs + n * 500;
    return { atMs, bytes: audio.slice(atMs * 8, (atMs + 500) * 8) };
  });

test('finds to the sample where another recording of the same talk begins, through losses', () => {
  const whole = talk(40, 7);
  const startMs = 5_317.125;
  const ours = inPieces(whole, 5_000, 35_000).filter((_, n) => n % 9 !== 4);
  expect(startOf(whole.slice(startMs * 8), ours, 4_000, 13_000)).toBe(startMs);
});

test('says nothing about another talk', () => {
  expect(startOf(talk(40, 3), inPieces(talk(40, 7), 5_000, 35_000), 4_000, 13_000)).toBeUndefined();
});

test('says nothing where hardly anything was heard', () => {
  const whole = talk(40, 7);
  expect(startOf(whole.slice(5_000 * 8), inPieces(whole, 5_000, 5_500), 4_000, 13_000)).toBeUndefined();
});
