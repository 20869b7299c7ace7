import { expect, test } from 'vitest';
import type { Utterance } from '../contracts/transcript.ts';
import { interleave, wavHeader } from './interleave.ts';
import { wavReader } from './read-wav.ts';
import { speechMeter } from './speech-meter.ts';

const LOUD = 0x10;
const QUIET = 0xff;
const seconds = (...parts: [number, number][]) => Uint8Array.from(parts.flatMap(([byte, s]) => Array<number>(s * 8_000).fill(byte)));
const said = (role: 'rep' | 'customer', startMs: number, endMs: number): Utterance => ({
  seq: 0,
  role,
  speaker: '',
  text: 'words',
  startMs,
  endMs,
  confidence: 1,
});
function meter(rep: Uint8Array, customer: Uint8Array) {
  const one = speechMeter(wavReader());
  const file = new Uint8Array([...wavHeader({ channels: 2, audioBytes: rep.length * 2 }), ...interleave(rep, customer)]);
  for (let at = 0; at < file.length; at += 999) expect(one.push(file.subarray(at, at + 999))).toBe(true);
  return (words: Utterance[]) => Math.round(one.coverage(words, ['rep', 'customer']) * 100) / 100;
}

test('counts the sounding time of each side that words cover, silence apart', () => {
  const coverage = meter(seconds([LOUD, 4], [QUIET, 4]), seconds([QUIET, 4], [LOUD, 4]));
  expect(coverage([said('rep', 0, 4_000), said('customer', 4_000, 8_000)])).toBe(1);
  expect(coverage([said('rep', 0, 4_000)])).toBe(0.5);
  // Words of the other side are no cover.
  expect(coverage([said('customer', 0, 4_000)])).toBe(0.06);
  expect(coverage([])).toBe(0);
});

test('a call with hardly a sound is covered', () => {
  expect(meter(seconds([QUIET, 5]), seconds([LOUD, 2], [QUIET, 3]))([])).toBe(1);
});

test('on one track anybody’s words cover its sound', () => {
  const audio = seconds([LOUD, 8]);
  const one = speechMeter(wavReader());
  one.push(new Uint8Array([...wavHeader({ channels: 1, audioBytes: audio.length }), ...audio]));
  expect(one.coverage([said('rep', 0, 4_000), said('customer', 4_000, 8_000)], ['other'])).toBe(1);
  expect(one.coverage([said('rep', 0, 4_000)], ['other'])).toBe(0.5625);
});

test('another kind of file is not metered', () => {
  expect(speechMeter(wavReader()).push(new TextEncoder().encode('ID3 something that is no WAV file'))).toBe(false);
});
