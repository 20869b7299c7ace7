import { expect, test } from 'vitest';
import type { IntroEvent, IntroState } from './introduction.ts';
import { type EarlierAsk, whyNotAsk } from './may-ask.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 10, 20);
const ask = (target: string, state: IntroState, ...steps: [IntroEvent, number][]): EarlierAsk => ({
  target,
  state,
  trail: steps.map(([what, daysAgo]) => ({ what, by: 'rep', at: new Date(nowMs - daysAgo * dayMs).toISOString() })),
});
const why = (...earlier: EarlierAsk[]) => whyNotAsk(earlier, 'contact/1', 'Ana', nowMs);

test('nobody is asked twice for the same, soon after a no, or more than three times a month', () => {
  expect(why()).toBeNull();
  expect(why(ask('contact/1', 'requested', ['approve', 1]))).toBe('Ana is already asked about this.');
  expect(why(ask('contact/1', 'declined', ['approve', 80], ['decline', 79]))).toBe('Ana said no to this within three months.');
  expect(why(ask('contact/2', 'declined', ['approve', 14], ['not-now', 13]))).toBe('Ana said no to another request within two weeks.');
  expect(why(ask('contact/2', 'declined', ['approve', 20], ['decline', 15]))).toBeNull();
  const thrice = ['2', '3', '4'].map((id) => ask(`contact/${id}`, 'accepted', ['approve', 29]));
  expect(why(...thrice)).toBe('Ana was asked 3 times within a month. Give them a rest.');
  expect(why(...thrice.slice(1), ask('contact/5', 'withdrawn', ['approve', 1], ['withdraw', 1]), ask('contact/6', 'draft'))).toBeNull();
});
