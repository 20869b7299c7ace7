import { expect, test } from 'vitest';
import { newSession } from '../../shared/guide/session.ts';
import { type Cost, Pulse } from './pulse.ts';

const session = (nowMs: number, rep: number) => ({
  ...newSession({ callId: 'c' }),
  nowMs,
  speechMs: { rep, customer: 1_000, other: 0 },
});
const pulse = (cost: Cost = {}) => {
  const told: object[] = [];
  return {
    told,
    cost,
    it: new Pulse(
      (frame) => told.push(frame),
      () => cost,
    ),
  };
};
const stat = (talkShareRep: number) => ({ type: 'stat', talkShareRep, monologueMs: 0, wordsPerMinute: null });

test('says how the talk stands at most once a second, and only what changed', () => {
  const { told, it } = pulse();
  it.heard(session(1_000, 1_000), 100);
  it.heard(session(1_500, 3_000), 100);
  it.heard(session(2_000, 3_000), 100);
  it.heard(session(4_000, 3_000), 100);
  expect(told).toEqual([stat(0.5), stat(0.75)]);
});

test('says once that nobody listens, and that somebody does again, late or in time', () => {
  const { told, it } = pulse();
  it.heard(session(0, 1_000), 0);
  it.lost();
  it.lost();
  it.heard(session(100, 1_000), 6_000.4);
  it.heard(session(200, 1_000), 200);
  expect(told.slice(1)).toEqual([
    { type: 'health', speech: 'away', lagMs: 0 },
    { type: 'health', speech: 'behind', lagMs: 6_000 },
    { type: 'health', speech: 'listening', lagMs: 200 },
  ]);
});

test('says what the call costs, and why nobody guides it any more', () => {
  const { told, cost, it } = pulse({ spend: { speechSeconds: 60, usd: 0.006 } });
  it.heard(session(1_000, 1_000), 0);
  cost.unguided = 'This month is used up.';
  it.stand(session(2_000, 1_000));
  it.stand(session(3_000, 1_000));
  expect(told).toEqual([
    { ...stat(0.5), spend: { speechSeconds: 60, usd: 0.006 } },
    { ...stat(0.5), spend: { speechSeconds: 60, usd: 0.006 }, unguided: 'This month is used up.' },
  ]);
});
