import { expect, test } from 'vitest';
import type { Utterance } from '../contracts/transcript.ts';
import { lendVoices } from './lend-voices.ts';

const said = (speaker: string, startMs: number, endMs: number): Utterance => ({
  seq: 0,
  role: 'other',
  speaker,
  text: 'words',
  startMs,
  endMs,
  confidence: 1,
});

test('words take the voice that was heard longest at their time, else the nearest', () => {
  const voiced = [said('Speaker 1', 0, 4_000), said('Speaker 2', 4_000, 8_000)];
  const words = [said('', 0, 4_100), said('', 3_800, 6_000), said('', 8_500, 9_000)];
  expect(lendVoices(words, voiced).map(({ speaker }) => speaker)).toEqual(['Speaker 1', 'Speaker 2', 'Speaker 2']);
  expect(lendVoices(words, [])).toEqual(words);
});
