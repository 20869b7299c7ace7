import { expect, test } from 'vitest';
import { isSilent } from '../../shared/capture/frames.ts';
import { script } from '../cast.ts';
import { type SampleSide, sampleCall } from './read.ts';

const call = sampleCall();
const turns = (['rep', 'customer'] as const).flatMap((side) => call.tracks[side].turns.map(({ words }) => ({ side, words })));
turns.sort((one, other) => one.words[0]!.startMs - other.words[0]!.startMs);

test('says the script, word for word and in order', () => {
  expect(turns.map(({ side, words }) => ({ who: side, text: words.map(({ text }) => text).join(' ') }))).toEqual(script);
});

test('lasts 60 to 90 seconds in at most 1.5 MB', () => {
  const bytes = call.tracks.rep.audio.length + call.tracks.customer.audio.length;
  expect([call.durationMs >= 60_000, call.durationMs <= 90_000, bytes <= 1_500_000, bytes / 16]).toEqual([
    true,
    true,
    true,
    call.durationMs,
  ]);
});

test('leaves a quarter to half a second between people', () => {
  const gaps = turns.slice(1).map(({ words }, at) => words[0]!.startMs - turns[at]!.words.at(-1)!.endMs);
  expect(gaps.filter((gap) => gap < 250 || gap > 500)).toEqual([]);
});

test('is silent on one side while the other speaks', () => {
  const other = (side: SampleSide) => call.tracks[side === 'rep' ? 'customer' : 'rep'].audio;
  const loud = turns.filter(({ side, words }) => !isSilent(other(side).subarray(words[0]!.startMs * 8, words.at(-1)!.endMs * 8)));
  expect(loud).toEqual([]);
});

test('has sound under every word, and words that follow one another', () => {
  const words = turns.flatMap(({ side, words }) => words.map((word) => ({ side, ...word })));
  expect(words.filter(({ side, startMs, endMs }) => isSilent(call.tracks[side].audio.subarray(startMs * 8, endMs * 8)))).toEqual([]);
  expect(
    turns.flatMap(({ words }) => words.filter((word, at) => word.endMs <= word.startMs || word.startMs < (words[at - 1]?.endMs ?? 0))),
  ).toEqual([]);
});

test('is misheard once, surely enough to show a card', () => {
  const misheard = turns.flatMap(({ words }) => words.filter(({ first }) => first));
  expect(misheard.map(({ text, first }) => [text, first])).toEqual([['prize', { text: 'price', confidence: 0.91, partials: 2 }]]);
});
