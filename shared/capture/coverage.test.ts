import { expect, test } from 'vitest';
import { caughtOr, type KnownCall } from './coverage.ts';

const call: KnownCall = { status: 'understood', consent: 'granted', missed: null, isErased: false, hasWords: true };
const of = (over: Partial<KnownCall>) => caughtOr({ ...call, ...over });

test('a call is caught when its words are kept', () => {
  expect([of({}), of({ status: 'transcribed' }), of({ status: 'failed' })]).toEqual(['caught', 'caught', 'caught']);
});

test('nobody can say yet of a call that runs or is being heard', () => {
  expect([of({ status: 'live', hasWords: false }), of({ status: 'ended', hasWords: false })]).toEqual([null, null]);
});

test('every other call has its reason, the one that was decided before all others', () => {
  const silent = { hasWords: false } as const;
  expect(of({ ...silent, consent: 'refused' })).toBe('refused');
  for (const consent of ['unknown', 'announced', 'expired'] as const) expect(of({ ...silent, consent })).toBe('no-consent');
  expect(of(silent)).toBe('no-words');
  expect(of({ ...silent, status: 'failed' })).toBe('failed');
  expect(of({ ...silent, status: 'failed', isErased: true })).toBe('erased');
  for (const missed of ['never-record', 'over-plan', 'destroyed'] as const)
    expect(of({ ...silent, status: 'failed', isErased: true, missed })).toBe(missed);
});
