import { expect, test } from 'vitest';
import { acceptRate, isUnwanted, learn, nothingLearned, rateOf, type Seen } from './learn.ts';

const nowMs = Date.UTC(2026, 10, 22);
const day = 86_400_000;
const seen = (outcome: Seen['outcome'], count: number, daysAgo = 0, topic: Seen['topic'] = 'price'): Seen => ({
  topic,
  outcome,
  count,
  atMs: nowMs - daysAgo * day,
});

test('a rate is used against not used; an ignored card counts half', () => {
  expect(acceptRate([], nowMs)).toBe(0.5);
  expect(acceptRate([seen('used', 3)], nowMs)).toBe(0.8);
  expect(acceptRate([seen('dismissed', 2)], nowMs)).toBe(0.25);
  expect(acceptRate([seen('ignored', 4)], nowMs)).toBe(0.25);
  expect(acceptRate([seen('used', 3), seen('snoozed', 9), seen('retracted', 9), seen('held', 9)], nowMs)).toBe(0.8);
});

test('what is thirty days old counts half, sixty a quarter', () => {
  expect(acceptRate([seen('used', 6, 30)], nowMs)).toBe(acceptRate([seen('used', 3)], nowMs));
  expect(acceptRate([seen('used', 12, 60)], nowMs)).toBe(acceptRate([seen('used', 3)], nowMs));
});

test('the threshold moves by no more than twenty, and a topic has a rate of its own', () => {
  expect(learn([], nowMs)).toEqual({ threshold: 70, rates: {} });
  expect(learn([seen('used', 1e9)], nowMs).threshold).toBeCloseTo(50);
  expect(learn([seen('dismissed', 1e9)], nowMs).threshold).toBeCloseTo(90);
  const { rates, threshold } = learn([seen('used', 3), seen('dismissed', 2, 0, 'competitor')], nowMs);
  expect(rates).toEqual({ price: 0.8, competitor: 0.25 });
  expect(threshold).toBeCloseTo(70 + 40 * (0.5 - 4 / 7));
  expect(rateOf({ ...nothingLearned, rates }, 'objection')).toBe(0.5);
});

test('compliance teaches nothing', () => {
  expect(learn([seen('dismissed', 500, 0, 'compliance')], nowMs)).toEqual({ threshold: 70, rates: {} });
});

test('a rule is unwanted when more than six of ten cards are put away, of twenty at least; compliance never is', () => {
  const rule = (shown: number, dismissed: number, topic: Seen['topic'] = 'price') => isUnwanted({ topic, shown, dismissed });
  expect([rule(19, 19), rule(20, 12), rule(20, 13), rule(100, 60), rule(100, 61), rule(100, 100, 'compliance')]).toEqual([
    false,
    false,
    true,
    false,
    true,
    false,
  ]);
});
