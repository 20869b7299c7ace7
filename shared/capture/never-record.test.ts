import { expect, test } from 'vitest';
import { type ComingCall, recordsAll, waitsForCrm, whyNotRecorded } from './never-record.ts';

const call: ComingCall = {
  rep: { userId: '71', email: 'sam@brightloop.example' },
  numbers: ['+493012345678'],
  emails: ['maya@eu.northwind.example'],
  title: 'Budget talk: HR & Northwind',
};
const why = (policy: Partial<typeof recordsAll>, over: Partial<ComingCall> = {}) =>
  whyNotRecorded({ ...recordsAll, ...policy }, { ...call, ...over });

test('a call that no list names is heard', () => {
  expect(why({})).toBeNull();
  expect(why({ domains: ['wind.example'], numbers: ['+4930123456789', '+43*'], words: ['three', 'hr talk'], reps: ['7', ''] })).toBeNull();
});

test('is kept from being heard by domain and what lies below it', () => {
  expect(why({ domains: ['northwind.example'] })).toBe('Not recorded, because your admin wants no calls heard with northwind.example.');
  expect(why({ domains: ['eu.northwind.example'] }, { emails: ['a@other.example', 'MAYA@EU.Northwind.Example'] })).not.toBeNull();
  expect(why({ domains: ['eu.northwind.example'] }, { emails: ['maya@northwind.example', 'northwind.example'] })).toBeNull();
});

test('is kept from being heard by a number or the beginning of one', () => {
  for (const number of ['+493012345678', '+4930*', '+49*']) expect(why({ numbers: [number] })).toMatch(/with this number\.$/);
  // The card says no number: not everybody who sees the call has to know it.
  expect(why({ numbers: ['+49*'] })).not.toContain('49');
});

test('is kept from being heard by a whole word of its title', () => {
  expect(why({ words: ['hr'] })).toBe('Not recorded, because your admin wants no calls heard with “hr” in their title.');
  expect(why({ words: ['Talk: HR'] })).not.toBeNull();
  expect(why({ words: ['hr'] }, { title: 'Three threads' })).toBeNull();
});

test('is kept from being heard by its rep, by id or address', () => {
  expect([why({ reps: ['71'] }), why({ reps: ['SAM@brightloop.example'] })]).toEqual(
    Array(2).fill('Not recorded, because your admin wants no calls heard of this rep.'),
  );
});

test('waits for a CRM that is away only where a list might name the call', () => {
  const waits = (policy: Partial<typeof recordsAll>, lacks: ('domains' | 'words')[]) => waitsForCrm({ ...recordsAll, ...policy }, lacks);
  expect(waits({ numbers: ['+49*'], reps: ['71'], words: ['hr'] }, ['domains'])).toBe(false);
  expect(waits({ domains: ['acme.example'] }, ['domains'])).toBe(true);
  expect(waits({ words: ['hr'] }, ['domains', 'words'])).toBe(true);
});
