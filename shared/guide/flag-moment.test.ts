import { expect, test } from 'vitest';
import { compilePlays } from './compile-plays.ts';
import { flagMoment, marksOf } from './flag-moment.ts';
import { newSession, type Session } from './session.ts';
import { step } from './step.ts';

const line = { role: 'customer', turn: 3, text: 'It is twice what we pay.', final: false } as const;
const running: Session = { ...newSession({ callId: 'c' }), consent: 'granted', seq: 4, nowMs: 12_300.4, lines: [line] };
const by = { id: 'm1', by: '71' };
const mark = { id: 'm1', atMs: 12_300, role: 'customer', turn: 3 };

test('a flag stands at this moment and at the line that was said last; screens hear of it, not of who', () => {
  const [flagged, told] = flagMoment(running, by);
  expect(told).toEqual([{ type: 'mark', seq: 5, mark }]);
  expect(flagged.flags).toEqual([{ ...mark, by: '71' }]);
  expect(marksOf(flagged)).toEqual([mark]);
});

test('the same flag twice is one, and a hundred are enough', () => {
  const [once] = flagMoment(running, by);
  expect(flagMoment(once, by)).toEqual([once, []]);
  let many = running;
  for (let n = 0; n < 120; n++) [many] = flagMoment(many, { id: `m${n}`, by: '71' });
  expect(many.flags).toHaveLength(100);
});

test('before anybody spoke there is a time and no line; without consent there is nothing to come back to', () => {
  expect(marksOf(flagMoment({ ...running, lines: [] }, by)[0])).toEqual([{ id: 'm1', atMs: 12_300 }]);
  const asked = { ...running, consent: 'announced' } as const;
  expect(flagMoment(asked, by)).toEqual([asked, []]);
});

test('a no takes the flags with the words', () => {
  const plays = compilePlays([], []);
  const open: Session = { ...newSession({ callId: 'c' }), lines: [line] };
  const [agreed] = step(open, { type: 'consent', consent: 'granted', by: '71', atMs: 0 }, plays);
  const [flagged] = step(agreed, { type: 'mark', ...by, atMs: 900 }, plays);
  expect(flagged.flags).toHaveLength(1);
  const [refused] = step(flagged, { type: 'consent', consent: 'refused', by: '71', atMs: 1_000 }, plays);
  expect('flags' in refused).toBe(false);
});
