import { expect, test } from 'vitest';
import { dueAt } from './due.ts';
import { dueText } from './due-text.ts';

// A Wednesday, 10:00 in New York.
const at = (text: string, zone = 'America/New_York') => dueAt(text, '2026-11-18T15:00:00Z', zone);

test.each([
  ['by Thursday', '2026-11-19T17:00:00-05:00'],
  ['by Wednesday', '2026-11-25T17:00:00-05:00'],
  ['next Tuesday at ten', '2026-11-24T10:00:00-05:00'],
  ['on Friday afternoon', '2026-11-20T15:00:00-05:00'],
  ['tomorrow morning', '2026-11-19T09:00:00-05:00'],
  ['by EOD', '2026-11-18T17:00:00-05:00'],
  ['by EOD Friday', '2026-11-20T17:00:00-05:00'],
  ['by the end of the week', '2026-11-20T17:00:00-05:00'],
  ['before the end of the month', '2026-11-30T17:00:00-05:00'],
  ['next week', '2026-11-27T17:00:00-05:00'],
  ['the same day', '2026-11-18T17:00:00-05:00'],
  ['right away', '2026-11-18T17:00:00-05:00'],
  ['in a couple of weeks', '2026-12-02T17:00:00-05:00'],
  ['within two business days', '2026-11-20T17:00:00-05:00'],
  ['in Q1', '2027-03-31T17:00:00-04:00'],
  ['by the end of Q4', '2026-12-31T17:00:00-05:00'],
  ['on the 15th', '2026-12-15T17:00:00-05:00'],
  ['on March 3rd', '2027-03-03T17:00:00-05:00'],
  ['by 12/4', '2026-12-04T17:00:00-05:00'],
  ['in 20 minutes', '2026-11-18T10:20:00-05:00'],
])('"%s" is %s', (text, iso) => {
  expect(at(text)).toBe(iso);
});

test('is told by the call’s zone, not the machine’s', () => {
  expect(at('tomorrow at noon', 'Asia/Tokyo')).toBe('2026-11-20T12:00:00+09:00');
  expect(at('in three days', 'Europe/Berlin')).toBe('2026-11-21T17:00:00+01:00');
  expect(at('tomorrow', 'No/Such')).toBe('2026-11-19T17:00:00+00:00');
});

test('keeps the wall clock over a clock change', () => {
  expect(dueAt('on Monday at nine', '2026-03-06T15:00:00Z', 'America/New_York')).toBe('2026-03-09T09:00:00-04:00');
});

test.each(['two weeks ago', 'last Friday', 'yesterday', 'every Monday', 'after the review', 'soon', ''])('has no date for "%s"', (text) => {
  expect(at(text)).toBeUndefined();
});

test('has no date for a call that does not say when it was', () => {
  expect(dueAt('tomorrow', '', 'UTC')).toBeUndefined();
});

test.each([
  ["I'll have it by Thursday, promised.", 'by Thursday'],
  ['Shall we say next Tuesday at ten to walk through it?', 'next Tuesday at ten'],
  ['You get it first thing tomorrow morning.', 'first thing tomorrow morning'],
  ['We decide after the board meeting.', 'after the board meeting'],
])('finds the words in "%s"', (text, due) => {
  expect(dueText(text)?.text).toBe(due);
});

test.each(['It takes two days.', 'We meet every Friday.', 'We spoke two weeks ago.', 'It was slow last week.', 'That may be so.'])(
  'finds none in "%s"',
  (text) => {
    expect(dueText(text)).toBeUndefined();
  },
);

test('who names a zone means the clock and the day there, told in the call’s own; never a time before the call', () => {
  expect(dueAt('today by 3 pm Eastern', '2026-11-18T16:00:00Z', 'Europe/London')).toBe('2026-11-18T20:00:00+00:00');
  expect(dueAt('today at 3 pm London time', '2026-11-18T19:00:00Z', 'America/New_York')).toBe('2026-11-18T18:59:00-05:00');
});
