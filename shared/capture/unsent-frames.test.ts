import { expect, test } from 'vitest';
import { unsentFrames } from './unsent-frames.ts';

const frame = (atMs = 0) => ({ channel: 0, atMs, bytes: new Uint8Array(640) }) as const;
const taken = (frames: ReturnType<typeof unsentFrames>) => {
  const seqs: number[] = [];
  for (let next = frames.take(); next; next = frames.take()) seqs.push(next.seq);
  return seqs;
};

test('every frame is sent once on a socket, and again on the next one until it is acknowledged', () => {
  const frames = unsentFrames();
  for (let n = 0; n < 5; n++) frames.add(frame());
  expect(taken(frames)).toEqual([0, 1, 2, 3, 4]);
  frames.acked(2);
  frames.add(frame());
  expect(taken(frames)).toEqual([5]);
  frames.rewind(3);
  expect(taken(frames)).toEqual([3, 4, 5]);
});

test('ten seconds of both channels are kept, the oldest go', () => {
  const frames = unsentFrames();
  const fits = Array.from({ length: 300 }, () => frames.add(frame()));
  expect(fits.indexOf(false)).toBe(250);
  expect(taken(frames)).toEqual(Array.from({ length: 250 }, (_, n) => n + 50));
});

test('what was sent but never acknowledged goes without a gap', () => {
  const frames = unsentFrames();
  const fits = Array.from({ length: 300 }, () => [frames.add(frame()), frames.take()?.seq]);
  expect(fits.every(([isWhole]) => isWhole)).toBe(true);
  expect(fits.at(-1)).toEqual([true, 299]);
});

test('a page loaded anew counts on from where the server is', () => {
  const frames = unsentFrames();
  frames.rewind(70);
  frames.add(frame());
  expect(taken(frames)).toEqual([70]);
});

test('what consent took away leaves no gap in the numbers', () => {
  const frames = unsentFrames();
  for (let n = 0; n < 3; n++) frames.add(frame());
  frames.take();
  frames.clear();
  frames.add(frame());
  expect(taken(frames)).toEqual([1]);
});
