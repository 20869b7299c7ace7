import { expect, test } from 'vitest';
import { toE164 } from './phone-number.ts';

test.each([
  ['+1 (415) 555-0142', '+14155550142'],
  ['(415) 555-0142', '+14155550142'],
  ['1-415-555-0142', '+14155550142'],
  ['415.555.0142 x12', '+14155550142'],
  ['011 49 30 901820', '+4930901820'],
  ['+49 (0)30 901820', '+4930901820'],
  ['tel:+14155550142', '+14155550142'],
])('%s is read as an American writes it', (typed, number) => {
  expect(toE164(typed, '+14155550111')).toBe(number);
});

test.each([
  ['555-0142'],
  ['+1 115 555 0142'],
  ['+1 415 055 0142'],
  ['maya'],
  [''],
  ['+0 123 456 789'],
  ['+12'],
  ['0'],
  ['+1234567890123456'],
])('%s is nobody’s number', (typed) => {
  expect(toE164(typed, '+14155550111')).toBeNull();
});

test('elsewhere a number carries its country, and is never guessed', () => {
  expect([toE164('0049 30 901820', '+4930123456'), toE164('030 901820', '+4930123456')]).toEqual(['+4930901820', null]);
});
