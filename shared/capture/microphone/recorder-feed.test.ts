import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeChunk, type RecordedChunk } from '../../contracts/microphone.ts';
import { readChunk } from './read-chunk.ts';
import { type AdmittedChunk, admitChunk, newRecorderFeed, type RecorderFeed } from './recorder-feed.ts';

const recording = new Uint8Array(readFileSync(join(import.meta.dirname, 'chromium.webm')));
const SIZE = 1_246;
const chunks = (beganAtMs: number, fromSeq = 0): RecordedChunk[] =>
  Array.from({ length: Math.ceil(recording.length / SIZE) }, (_, n) => ({
    seq: fromSeq + n,
    isBeginning: n === 0,
    beganAtMs,
    bytes: recording.subarray(n * SIZE, (n + 1) * SIZE),
  }));
const at = (ms: number, isAgreed = true) => ({ nowMs: ms, elapsedMs: ms, isAgreed });
const verdict = (seen: AdmittedChunk) => (seen.is === 'refused' ? seen.code : seen.is);

/** All of them in turn, a third of a second apart: what was heard, and how it stands. */
function hear(all: readonly RecordedChunk[], from: RecorderFeed = newRecorderFeed(0), isAgreed = true) {
  let feed = from;
  const starts: number[] = [];
  for (const [n, chunk] of all.entries()) {
    const seen = admitChunk(feed, chunk, at(chunk.beganAtMs + (n + 1) * 330, isAgreed));
    if (seen.is === 'refused') throw new Error(seen.reason);
    feed = seen.feed;
    starts.push(...seen.packets.map(({ atMs }) => atMs));
  }
  return { feed, starts };
}

test('what is heard stands where it was spoken, one packet behind the other', () => {
  const { feed, starts } = hear(chunks(2_000));
  expect(starts).toEqual(Array.from({ length: 83 }, (_, n) => 2_000 + n * 60));
  expect({ nextSeq: feed.nextSeq, toMs: feed.toMs }).toEqual({ nextSeq: 15, toMs: 6_980 });
});

test('an eviction in between changes nothing: the feed is plain data', () => {
  const all = chunks(0);
  const half = hear(all.slice(0, 7));
  const woken = structuredClone(half.feed);
  let feed = woken;
  const starts = [...half.starts];
  for (const chunk of all.slice(5)) {
    const seen = admitChunk(feed, chunk, at(5_000));
    if (seen.is === 'refused') throw new Error(seen.reason);
    feed = seen.feed;
    starts.push(...seen.packets.map(({ atMs }) => atMs));
  }
  expect(starts).toEqual(hear(all).starts);
});

test('nothing is read before the yes, and what began before it is heard no more', () => {
  const all = chunks(0);
  const { feed, starts } = hear(all.slice(0, 3), newRecorderFeed(0), false);
  expect({ starts, recording: feed.recording, nextSeq: feed.nextSeq }).toEqual({ starts: [], recording: null, nextSeq: 3 });
  expect(verdict(admitChunk(feed, { ...(all[3] as RecordedChunk) }, at(1_000)))).toBe(4410);
  expect(hear(chunks(1_000, 3), feed).starts[0]).toBe(1_000);
});

test('a chunk that was left out, came again or goes back in time is told apart', () => {
  const all = chunks(0);
  const [first, second, third] = all as [RecordedChunk, RecordedChunk, RecordedChunk];
  const { feed } = hear([first]);
  expect(verdict(admitChunk(feed, third, at(700)))).toBe(4410);
  expect(verdict(admitChunk(feed, first, at(700)))).toBe('again');
  expect(verdict(admitChunk(feed, second, at(700)))).toBe('new');
  const late = hear(all).feed;
  expect(verdict(admitChunk(late, { ...first, seq: 40, beganAtMs: 1_000 }, at(6_000)))).toBe(4410);
  // Another device, and what could not be kept while the line was cut: a recording of its own may leave numbers out.
  expect(verdict(admitChunk(late, { ...first, seq: 40, beganAtMs: 60_000 }, at(61_000)))).toBe('new');
});

test('ten seconds that waited come at once; what keeps coming faster than speech is refused', () => {
  let feed = newRecorderFeed(0);
  const verdicts: (number | string)[] = [];
  for (let round = 0; round < 4; round++) {
    for (const chunk of chunks(round * 5_000, round * 15)) {
      const seen = admitChunk(feed, chunk, at(10_000));
      verdicts.push(verdict(seen));
      if (seen.is !== 'refused') feed = seen.feed;
    }
  }
  expect(verdicts.slice(0, 30)).toEqual(Array(30).fill('new'));
  expect(verdicts).toContain(4429);
  const ahead = chunks(30_000)[0] as RecordedChunk;
  const far = { ...ahead, bytes: recording };
  expect(verdict(admitChunk(newRecorderFeed(0), far, at(10_000)))).toBe(4429);
});

test('a chunk reads back as it was written, and nonsense is none', () => {
  const chunk = { seq: 70_000, isBeginning: true, beganAtMs: 123_456, bytes: Uint8Array.of(1, 2, 3) };
  expect(readChunk(encodeChunk(chunk).buffer)).toEqual(chunk);
  const codes = [
    new Uint8Array(12),
    new Uint8Array(16_397),
    Uint8Array.from({ length: 20 }, () => 9),
    Uint8Array.from([1, 1, ...Array(20).fill(0)]),
  ];
  expect(codes.map(({ buffer }) => readChunk(buffer)).map((read) => ('code' in read ? read.code : null))).toEqual([4400, 4413, 4406, 4406]);
});
