import { expect, test } from 'vitest';
import { scoreReplay } from './score.ts';

const beganAt = 1_000_000;
const price = { id: 'p', types: ['pricing'], ch: 0, cue_start: 10, cue_end: 11 };
const step = { id: 's', types: ['next_step'], ch: 1, cue_start: 20, cue_end: 21 };
const told = {
  beganAt,
  durationMs: 1_800_000,
  triggers: [price, step],
  emitted: [
    { at: beganAt + 10_600, ch: 0, startsMs: [10_000], toMs: 10_400 },
    { at: beganAt + 11_300, ch: 0, startsMs: [10_000, 10_500], toMs: 11_000 },
    { at: beganAt + 11_300, ch: 1, startsMs: [10_100], toMs: 11_200 },
  ],
  moments: [{ at: beganAt + 21_400, types: ['next_step'] }],
  cards: [{ at: beganAt + 11_310, types: ['pricing'] }],
};

test('a trigger is fired by its moment or its card, and shown by its card alone', () => {
  expect(scoreReplay(told).figures).toEqual({
    triggers: 2,
    fired: 2,
    shown: 1,
    asrToCardMs: { p50: 10, p95: 10 },
    speechToCardMs: { p50: 310, p95: 310 },
    cards: 1,
    strayPerHour: 0,
  });
});

test('a card of another kind, too early, too late, or a second one for the same trigger is stray', () => {
  const cards = [
    { at: beganAt + 9_900, types: ['pricing'] },
    { at: beganAt + 11_300, types: ['competitor'] },
    { at: beganAt + 11_310, types: ['pricing'] },
    { at: beganAt + 11_400, types: ['pricing'] },
    { at: beganAt + 17_100, types: ['pricing'] },
  ];
  const { shown, strayPerHour } = scoreReplay({ ...told, cards }).figures;
  expect([shown, strayPerHour]).toEqual([1, 8]);
});

test('a card on the first words of its cue answers the message that brought those', () => {
  const cards = [{ at: beganAt + 10_605, types: ['pricing'] }];
  expect(scoreReplay({ ...told, cards }).figures).toMatchObject({ asrToCardMs: { p50: 5 }, speechToCardMs: { p50: -395 } });
});

test('nothing noticed is nothing measured', () => {
  expect(scoreReplay({ ...told, moments: [], cards: [] }).figures).toMatchObject({ fired: 0, shown: 0, asrToCardMs: { p50: 0, p95: 0 } });
});
