import { expect, test } from 'vitest';
import { isThin, sayDelay, sayFill, sayShare } from './guidance-words.ts';

test.each([
  ['money', '40000 USD', '40,000 USD'],
  ['money', '1250000.5 EUR', '1,250,000.5 EUR'],
  ['seats', '1200', '1,200'],
  ['date', '2026-12-01', 'Dec 1, 2026'],
  ['date', 'soon', 'soon'],
  ['phone', '+14155550142', '+14155550142'],
])('a %s that was heard as %s reads %s', (field, value, words) => {
  expect(sayFill({ field, value })).toBe(words);
});

test('a share is said only where there are enough cards', () => {
  expect([sayShare(3, { shown: 19 }), sayShare(9, { shown: 22 }), isThin({ shown: 19 }), isThin({ shown: 20 })]).toEqual([
    '3',
    '9 (41 %)',
    true,
    false,
  ]);
});

test('how long it took is said in seconds, or not at all', () => {
  expect([sayDelay(412), sayDelay(1_250), sayDelay(null), sayDelay(undefined)]).toEqual(['0.4 s', '1.3 s', '–', '–']);
});
