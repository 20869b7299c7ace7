import { expect, test } from 'vitest';
import { wordsFrom } from './meeting-words.ts';

const MIN = 60_000;
const meeting = { hasTranscript: false, tracks: 0, hasAudio: true, durationMs: 30 * MIN };
const ears = { canHear: true, ageMs: 0 };

test('voices apart are surest, then the transcript', () => {
  expect(wordsFrom({ ...meeting, hasTranscript: true, tracks: 2 }, ears)).toEqual({ from: 'tracks' });
  expect(wordsFrom({ ...meeting, hasTranscript: true, tracks: 1 }, ears)).toEqual({ from: 'transcript' });
  expect(wordsFrom({ ...meeting, hasTranscript: true, tracks: 13 }, ears)).toEqual({ from: 'transcript' });
  expect(wordsFrom({ ...meeting, hasTranscript: true, tracks: 2 }, { ...ears, canHear: false })).toEqual({ from: 'transcript' });
});

test('waits for the transcript twice the meeting’s time before it listens to everybody at once', () => {
  expect(wordsFrom(meeting, ears)).toEqual({ from: 'later', inMs: 10 * MIN });
  expect(wordsFrom(meeting, { ...ears, ageMs: 55 * MIN })).toEqual({ from: 'later', inMs: 5 * MIN });
  expect(wordsFrom(meeting, { ...ears, ageMs: 60 * MIN })).toEqual({ from: 'audio' });
  expect(wordsFrom({ ...meeting, durationMs: MIN }, { ...ears, ageMs: 19 * MIN })).toMatchObject({ from: 'later' });
});

test('without a key to hear with it waits a day for the transcript, and then there is nothing', () => {
  const deaf = { canHear: false, ageMs: 23 * 60 * MIN };
  expect(wordsFrom({ ...meeting, tracks: 2 }, deaf)).toMatchObject({ from: 'later' });
  expect(wordsFrom({ ...meeting, tracks: 2 }, { ...deaf, ageMs: 24 * 60 * MIN })).toEqual({ from: 'nowhere' });
});
