import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Demux, demux, newDemux, type OpusPacket } from './demux-webm.ts';
import { packetMs } from './opus-packet.ts';

// Five seconds of our sample call's rep, through Chromium 147's MediaRecorder in pieces of 250 ms.
const recording = new Uint8Array(readFileSync(join(import.meta.dirname, 'chromium.webm')));

type Read = { state: Demux; packets: OpusPacket[] } | { code: number };
function readAll(pieces: Iterable<Uint8Array>): Read {
  let state = newDemux();
  const packets: OpusPacket[] = [];
  for (const piece of pieces) {
    const read = demux(state, piece);
    if ('code' in read) return { code: read.code };
    state = read.demux;
    packets.push(...read.packets);
  }
  return { state, packets };
}
const packetsOf = (read: Read) => ('code' in read ? [] : read.packets);
const whole = packetsOf(readAll([recording]));

function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let at = 0;
  for (let n = 0; at < bytes.length; n++) {
    const size = sizes[n % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

test('a browser’s recording is packets of 60 ms, one behind the other', () => {
  expect(whole.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 83 }, (_, n) => n * 60));
  expect(new Set(whole.map(({ bytes }) => packetMs(bytes)))).toEqual(new Set([60]));
});

test('wherever it is cut, the packets are the same', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 40 }), (sizes) => {
      expect(packetsOf(readAll(cut(recording, sizes)))).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

test('byte by byte too, and never more than one part is held', () => {
  let state = newDemux();
  let heldMax = 0;
  for (const piece of cut(recording, [1])) {
    const read = demux(state, piece);
    if ('code' in read) throw new Error(read.reason);
    state = read.demux;
    heldMax = Math.max(heldMax, state.held.length);
  }
  expect(heldMax).toBeLessThan(300);
});

test('whatever comes, it answers, and holds little', () => {
  fc.assert(
    fc.property(fc.nat(recording.length - 1), fc.uint8Array({ minLength: 1, maxLength: 200 }), (at, noise) => {
      const damaged = recording.slice();
      damaged.set(noise.subarray(0, damaged.length - at), at);
      const read = readAll(cut(damaged, [1_246]));
      if ('code' in read) expect([4400, 4406, 4413]).toContain(read.code);
      else expect(read.state.held.length).toBeLessThan(8_300);
    }),
    { numRuns: 300 },
  );
});

/** An element with a known size. */
const element = (id: number[], ...content: (number | number[])[]): number[] => {
  const bytes = content.flat();
  return [...id, 0x40 | (bytes.length >> 8), bytes.length & 0xff, ...bytes];
};
const ebml = element([0x1a, 0x45, 0xdf, 0xa3], 0x42, 0x82, 0x84, 0x77, 0x65, 0x62, 0x6d);
const codec = (name: string) =>
  element(
    [0x86],
    [...name].map((one) => one.charCodeAt(0)),
  );
const track = (name = 'A_OPUS', ...more: number[]) => element([0xae], element([0xd7], 1), codec(name), more);
const tracks = (...all: number[][]) => element([0x16, 0x54, 0xae, 0x6b], all.flat());
const segment = [0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const cluster = (...all: number[][]) => element([0x1f, 0x43, 0xb6, 0x75], element([0xe7], 0x03, 0xe8), all.flat());
const block = (flags = 0x80, number = 0x81) => element([0xa3], number, 0xff, 0xf6, flags, 0xfb, 0x03, 1, 2);
const said = (...parts: number[][]) => readAll([Uint8Array.from(parts.flat())]);
const begun = [...ebml, ...segment, ...tracks(track())];

describe('other writers', () => {
  test('sizes may be known, blocks may stand in groups, and what says nothing is passed over', () => {
    const group = element([0xa0], element([0xa1], 0x81, 0x00, 0x14, 0, 0xfb, 0x03, 3), element([0x9b], 60));
    expect(packetsOf(said(begun, element([0xec], 0, 0, 0), cluster(block(), group)))).toEqual([
      { atMs: 990, bytes: Uint8Array.of(0xfb, 0x03, 1, 2) },
      { atMs: 1_020, bytes: Uint8Array.of(0xfb, 0x03, 3) },
    ]);
  });

  test('times may be counted in other units', () => {
    const info = element([0x15, 0x49, 0xa9, 0x66], element([0x2a, 0xd7, 0xb1], 0x07, 0xa1, 0x20));
    expect(packetsOf(said(ebml, segment, info, tracks(track()), cluster(block()))).map(({ atMs }) => atMs)).toEqual([495]);
  });
});

test.each<[string, number, number[]]>([
  ['what is no WebM at all', 4406, [...'OggS'].map((one) => one.charCodeAt(0))],
  ['another codec', 4406, [...ebml, ...segment, ...tracks(track('A_VORBIS'))]],
  ['a second track', 4406, [...ebml, ...segment, ...tracks(track(), track())]],
  ['packed packets', 4406, [...ebml, ...segment, ...tracks(track('A_OPUS', ...element([0x6d, 0x80], 0)))]],
  ['laced blocks', 4406, [...begun, ...cluster(block(0x86))]],
  ['a block of another track', 4406, [...begun, ...cluster(block(0x80, 0x82))]],
  ['a block before its cluster', 4400, [...begun, ...block()]],
  ['a block before its track', 4400, [...ebml, ...segment, ...cluster(block())]],
  ['a second beginning', 4400, [...begun, ...ebml]],
  ['a block without an end', 4400, [...begun, ...[0xa3, 0xff]]],
  ['a head that is none', 4400, [...begun, 0x00, 0x00]],
  ['a block of a megabyte', 4413, [...begun, 0xa3, 0x10, 0x10, 0x00, 0x00]],
  ['a gap of a megabyte', 4413, [...begun, 0xec, 0x10, 0x10, 0x00, 0x00]],
])('%s is refused with %i', (_, code, bytes) => {
  expect(said(bytes)).toEqual({ code });
});
