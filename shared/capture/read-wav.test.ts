import { expect, test } from 'vitest';
import { interleave, wavHeader } from './interleave.ts';
import { toPcm16 } from './mulaw.ts';
import { wavReader } from './read-wav.ts';

const tracks = [
  Uint8Array.from({ length: 700 }, (_, at) => (at * 7) % 127),
  Uint8Array.from({ length: 700 }, (_, at) => 128 + ((at * 5) % 127)),
] as const;

/** A plain PCM file, with a chunk before its sound that nobody needs. */
function pcmFile(channels = 2, rate = 8_000, bits = 16): Uint8Array {
  const [left, right] = [toPcm16(tracks[0]), toPcm16(tracks[1])];
  const file = new Uint8Array(60 + left.length * 4 + 6);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode('RIFF....WAVEfmt '));
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint16(34, bits, true);
  file.set(new TextEncoder().encode('LIST'), 36);
  view.setUint32(40, 7, true);
  file.set(new TextEncoder().encode('data'), 52);
  view.setUint32(56, left.length * 4, true);
  left.forEach((sample, at) => {
    view.setInt16(60 + at * 4, sample, true);
    view.setInt16(62 + at * 4, right[at] ?? 0, true);
  });
  return file;
}
function read(file: Uint8Array, piece: number) {
  const reader = wavReader();
  const out: [number[], number[]] = [[], []];
  for (let at = 0; at < file.length; at += piece) {
    const both = reader.push(file.slice(at, at + piece));
    if (!both) return undefined;
    out[0].push(...both[0]);
    out[1].push(...both[1]);
  }
  return out;
}

test.each([1, 3, 61, 4_096])('16-bit sound becomes two tracks, in pieces of %i bytes, and what stands behind it is none', (piece) => {
  expect(read(pcmFile(), piece)).toEqual([[...tracks[0]], [...tracks[1]]]);
});

test('our own mu-law files are read too', () => {
  const file = new Uint8Array([...wavHeader({ channels: 2, audioBytes: 1_400 }), ...interleave(...tracks)]);
  expect(read(file, 100)).toEqual([[...tracks[0]], [...tracks[1]]]);
});

test('one channel is one track', () => {
  const file = new Uint8Array([...wavHeader({ channels: 1, audioBytes: 700 }), ...tracks[0]]);
  expect(read(file, 33)).toEqual([[...tracks[0]], []]);
});

test.each([
  ['more than two channels', pcmFile(3)],
  ['another rate', pcmFile(2, 16_000)],
  ['another width', pcmFile(2, 8_000, 8)],
  ['no WAV', new TextEncoder().encode('this is a page that says no')],
  [
    'a header without an end',
    new Uint8Array([...new TextEncoder().encode('RIFF....WAVEjunk'), 255, 255, 255, 0, ...new Uint8Array(70_000)]),
  ],
])('refuses %s', (_, file) => {
  expect(read(file, 10_000)).toBeUndefined();
});
