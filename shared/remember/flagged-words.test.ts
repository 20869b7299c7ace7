import { expect, test } from 'vitest';
import type { Utterance } from '../contracts/transcript.ts';
import { flaggedWords } from './flagged-words.ts';

const said = (seq: number, text: string, startMs: number, endMs: number): Utterance => ({
  seq,
  role: seq % 2 ? 'customer' : 'rep',
  speaker: seq % 2 ? 'Maya' : 'Sam',
  text,
  startMs,
  endMs,
  confidence: 0.9,
});
const call = [
  said(0, 'How is the rollout?', 1_000, 2_500),
  said(1, 'It is twice what we pay today.', 3_000, 6_000),
  said(2, 'I see.', 6_400, 7_000),
];
const quotes = (...atMs: number[]) =>
  flaggedWords(
    atMs.map((at) => ({ id: `m${at}`, atMs: at })),
    call,
  ).map((one) => one.evidence?.quote);

test('a flag stands with the words that it was set at, not with those that had only just begun', () => {
  expect(quotes(2_200, 5_000, 6_900, 90_000)).toEqual([
    'How is the rollout?',
    'It is twice what we pay today.',
    'It is twice what we pay today.',
    'I see.',
  ]);
});

test('before anybody spoke there is a time and no words', () => {
  expect(flaggedWords([{ id: 'm', atMs: 400 }], call)).toEqual([{ id: 'm', atMs: 400 }]);
});

test('what was just begun is better than nothing, and says who and when', () => {
  expect(flaggedWords([{ id: 'm', atMs: 1_500 }], call)).toEqual([
    { id: 'm', atMs: 1_500, evidence: { quote: 'How is the rollout?', seq: 0, role: 'rep', speaker: 'Sam', startMs: 1_000, endMs: 2_500 } },
  ]);
});
