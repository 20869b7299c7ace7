import { expect, test } from 'vitest';
import { allowance, readUp } from './read-up.ts';

test('reads what a screen may say', () => {
  expect([readUp('{"type":"resume","after":7}', 9), readUp('{"type":"pong","cardId":"c","paintedMs":12}', 9)]).toEqual([
    { up: { type: 'resume', after: 7 } },
    { up: { type: 'pong', cardId: 'c', paintedMs: 12 } },
  ]);
});

test.each([
  ['bytes', new ArrayBuffer(4), { code: 1003, reason: 'text frames only' }],
  ['what is too large', `{"type":"resume","after":1,"x":"${'y'.repeat(20_000)}"}`, { code: 1009, reason: 'frame too large' }],
  ['what is no JSON', '{"type":', { code: 1007, reason: 'not a frame of ours' }],
  ['an unknown type', '{"type":"shout"}', { code: 1007, reason: 'not a frame of ours' }],
  ['a frame with a part missing', '{"type":"resume"}', { code: 1007, reason: 'not a frame of ours' }],
  ['a frame from down', '{"type":"ended","seq":1}', { code: 1007, reason: 'not a frame of ours' }],
  ['a resume from the future', '{"type":"resume","after":10}', { code: 1008, reason: 'resume is ahead of the call' }],
])('refuses %s with its code and reason', (_, message, refusal) => {
  expect(readUp(message, 9)).toEqual(refusal);
});

test('a screen may press often, but not without end', () => {
  const { take } = allowance();
  const burst = Array.from({ length: 45 }, () => take(0)).filter(Boolean).length;
  const later = Array.from({ length: 30 }, () => take(1_000)).filter(Boolean).length;
  expect([burst, later]).toEqual([40, 20]);
});
