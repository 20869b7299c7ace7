import { expect, test } from 'vitest';
import { activityAt, neverSeen, rankFactor, see } from './activity.ts';

const dayMs = 86_400_000;

test('days count, not messages, and a fortnight halves them', () => {
  const busy = [0, 1, 2, 3].reduce((seen, hour) => see(seen, hour * 3_600_000), neverSeen);
  expect(activityAt(busy, 0)).toBe(1);
  expect(activityAt(see(busy, dayMs), dayMs)).toBeCloseTo(1 + 2 ** (-1 / 14), 12);
  expect(activityAt(busy, 14 * dayMs)).toBeCloseTo(0.5, 12);
  expect(see(see(busy, dayMs), 0)).toEqual(see(busy, dayMs));
});

test('nobody is ranked by silence alone, and the busy come first', () => {
  expect([rankFactor(activityAt(neverSeen, 0)), rankFactor(2)]).toEqual([0.05, 0.525]);
});
