import { expect, test } from 'vitest';
import { foldTouches, responseAt } from '../tie.ts';
import type { Way } from '../touch.ts';
import { trustAt, trustOf } from '../trust.ts';
import { linkStrength } from './link-strength.ts';

const dayMs = 86_400_000;
const nowMs = Date.parse('2026-11-20T15:00:00.000Z');
const tieOf = (way: Way, prior = 0) =>
  foldTouches(
    Array.from({ length: 60 }, (_, day) => ({ at: new Date(nowMs - day * dayMs).toISOString(), minutes: 0, channel: 'email', way })),
    nowMs,
    prior,
  );

test('fading from the epoch gives R now', () => {
  const tie = tieOf('both');
  const { fast, slow } = linkStrength(tie, nowMs, nowMs - 7 * dayMs);
  const right = responseAt(tie, nowMs);
  expect([fast * 2 ** (-7 / 14), slow * 2 ** (-7 / 180)].map((it) => it.toFixed(9))).toEqual([
    right.fast.toFixed(9),
    right.slow.toFixed(9),
  ]);
  expect(linkStrength(tie, nowMs, nowMs + dayMs)).toEqual(right);
});

test('what nobody answers is no way in, unless somebody said they know each other', () => {
  const trust = (prior: number) => {
    const { fast, slow } = linkStrength(tieOf('out', prior), nowMs, nowMs);
    return trustOf(fast + slow);
  };
  expect([trustAt(tieOf('out'), nowMs) > 0.5, trust(0).toFixed(6), trust(2) > 0.5]).toEqual([true, '0.200000', true]);
  expect(linkStrength(foldTouches([], nowMs), nowMs, nowMs)).toEqual({ fast: 0, slow: 0 });
});
