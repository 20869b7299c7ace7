import { expect, test } from 'vitest';
import { type Admitted, admit, newFeed, onNewSocket } from './browser-feed.ts';
import { BROWSER_FRAME_MS } from './browser-frames.ts';

const bytes = new Uint8Array(640);
const frame = (seq: number, channel: 0 | 1 = 0, atMs = Math.floor(seq / 2) * BROWSER_FRAME_MS) => ({ seq, channel, atMs, bytes });
const at = (ms: number) => ({ nowMs: ms, elapsedMs: ms });
const verdict = (seen: Admitted) => (seen.is === 'refused' ? seen.code : seen.is);
const feedOf = (seen: Admitted) => {
  if (seen.is === 'refused') throw new Error(seen.reason);
  return seen.feed;
};

test('both channels go on frame by frame, each in its own time', () => {
  let feed = newFeed(0);
  for (let seq = 0; seq < 100; seq++) feed = feedOf(admit(feed, frame(seq, seq % 2 === 0 ? 0 : 1), at(seq * 40)));
  expect(feed).toMatchObject({ nextSeq: 100, toMs: [4_000, 4_000], isUnderWay: true });
});

test('a frame that was left out, came again or goes back in time is told apart', () => {
  const feed = feedOf(admit(newFeed(0), frame(0), at(0)));
  expect(verdict(admit(feed, frame(2), at(100)))).toBe(4410);
  expect(verdict(admit(feed, frame(0), at(100)))).toBe('again');
  expect(verdict(admit(feed, frame(1, 0, 0), at(100)))).toBe(4410);
  expect(verdict(admit(feed, frame(1, 1, 0), at(100)))).toBe('new');
  // A microphone that was away: time goes on without it.
  expect(verdict(admit(feed, frame(1, 0, 60_000), at(60_100)))).toBe('new');
});

test('only a new socket may leave out what its page could not keep', () => {
  const feed = feedOf(admit(newFeed(0), frame(0), at(0)));
  const again = onNewSocket(feed);
  expect(verdict(admit(again, frame(90), at(30_000)))).toBe('new');
  expect(verdict(admit(feedOf(admit(again, frame(90), at(30_000))), frame(95), at(30_000)))).toBe(4410);
});

test('ten seconds that waited come at once; what keeps coming faster than speech is refused', () => {
  let feed = newFeed(10_000);
  for (let seq = 0; seq < 250; seq++) feed = feedOf(admit(feed, frame(seq, seq % 2 === 0 ? 0 : 1), at(10_000)));
  let seq = 250;
  let seen: Admitted = { is: 'again', feed };
  // Twice as fast as life.
  for (; seq < 4_000 && seen.is !== 'refused'; seq++)
    seen = admit(feedOf(seen), frame(seq, seq % 2 === 0 ? 0 : 1, seq * 40), at(10_000 + seq * 20));
  expect(verdict(seen)).toBe(4429);
});

test('repeating what was heard is no way around the pace', () => {
  let seen: Admitted = admit(newFeed(0), frame(0), at(0));
  for (let n = 0; n < 1_000 && seen.is !== 'refused'; n++) seen = admit(feedOf(seen), frame(0), at(0));
  expect(verdict(seen)).toBe(4429);
});

test('audio from a time that has not come yet is refused', () => {
  expect(verdict(admit(newFeed(0), frame(0, 0, 20_000), at(1_000)))).toBe(4429);
});
