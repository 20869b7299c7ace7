import { expect, test } from 'vitest';
import { type LoggedCall, sameCall } from './same-call.ts';

const startMs = Date.parse('2026-11-20T15:00:00Z');
const ours = { startedAt: '2026-11-20T15:00:00Z', durationMs: 600_000, fromNumber: '+14155550100', toNumber: '+14155550142' };
const logged = (id: string, more: Partial<LoggedCall> & { skewMs?: number } = {}): LoggedCall => ({
  id,
  startsMs: [startMs + (more.skewMs ?? 0)],
  durationMs: 600_000,
  numbers: [],
  ...more,
});

test.each([
  ['as long, within five minutes', [logged('a', { skewMs: 300_000 })], 'a'],
  ['later than five minutes', [logged('a', { skewMs: 300_001 })], null],
  ['much shorter, numbers unknown', [logged('a', { durationMs: 60_000 })], null],
  ['between the same numbers, without a length', [logged('a', { durationMs: null, numbers: ['(415) 555-0142', '415 555 0100'] })], 'a'],
  ['as long, but between others', [logged('a', { numbers: ['+14155550100', '+14155550999'] })], null],
  ['two as likely', [logged('a'), logged('b')], null],
  ['two, one between the same numbers', [logged('a'), logged('b', { numbers: ['+14155550142', '+14155550100'] })], 'b'],
  ['none', [], null],
] as const)('%s', (_, calls, expected) => {
  expect(sameCall(ours, calls)).toBe(expected);
});
