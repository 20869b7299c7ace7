import { expect, test } from 'vitest';
import { paintedOf } from './painted-query.ts';

test('a poll says once which card it painted, and how long ago', () => {
  expect(paintedOf({ since: '4', painted: 'c.price.c0.3', paintedAgoMs: '640' })).toEqual({ cardId: 'c.price.c0.3', agoMs: 640 });
});

test.each([
  {},
  { painted: 'a' },
  { paintedAgoMs: '5' },
  { painted: 'a', paintedAgoMs: '' },
  { painted: 'a', paintedAgoMs: '-1' },
  { painted: 'a', paintedAgoMs: 'soon' },
  { painted: 'a', paintedAgoMs: '60001' },
  { painted: 'a'.repeat(81), paintedAgoMs: '5' },
])('%o says nothing', (query) => {
  expect(paintedOf(query)).toBeUndefined();
});
