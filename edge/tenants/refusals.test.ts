import { expect, test } from 'vitest';
import { holdRefusals } from './refusals.ts';

test('three requests within five minutes tell that a door is shut, each door for itself', () => {
  let nowMs = 0;
  const refusals = holdRefusals(() => nowMs);
  expect([refusals.isTold('a'), refusals.isTold('a'), refusals.isTold('b'), refusals.isTold('a')]).toEqual([false, false, false, true]);
  nowMs = 5 * 60_000;
  expect(refusals.isTold('a')).toBe(false);
});
