import { expect, test } from 'vitest';
import { personalIn } from './personal.ts';

const found = (text: string) => personalIn(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

test.each<[string, string, string[][]]>([
  ['an email', 'write to maya.l+x@bright-loop.co.uk, please', [['email', 'maya.l+x@bright-loop.co.uk']]],
  ['a spoken email', "it's maya dot lindqvist at brightloop dot com okay", [['email', 'maya dot lindqvist at brightloop dot com']]],
  ['an American number', 'call (312) 555-0142 today', [['phone', '312) 555-0142']]],
  ['dots', '312.555.0142', [['phone', '312.555.0142']]],
  ['a country code', 'it is +44 20 7946 0958.', [['phone', '+44 20 7946 0958']]],
  ['plus in words', 'plus four nine thirty one two three four five six', [['phone', 'plus four nine thirty one two three four five six']]],
  ['a national zero', 'unter 030 1234567 erreichbar', [['phone', '030 1234567']]],
  ['spoken digits', 'my cell is five five five oh one four two', [['phone', 'five five five oh one four two']]],
  ['double', 'seven double seven, nine hundred', []],
  [
    'double in a number',
    'ring me on oh seven seven double oh nine oh oh one two three',
    [['phone', 'oh seven seven double oh nine oh oh one two three']],
  ],
  ['a card', '4111 1111 1111 1111', [['card', '4111 1111 1111 1111']]],
  ['a card in words', `four ${'one '.repeat(15).trim()}`, [['card', `four ${'one '.repeat(15).trim()}`]]],
  ['an IBAN', 'pay to DE89 3704 0044 0532 0130 00 soon', [['iban', 'DE89 3704 0044 0532 0130 00']]],
  ['a social security number', 'it is 219-09-9999', [['ssn', '219-09-9999']]],
  ['the same said with its name', 'my social is 219 099 999', [['ssn', '219 099 999']]],
  ['a key', 'use sk-ant-api03-abcdefghijkl to test', [['secret', 'sk-ant-api03-abcdefghijkl']]],
  ['a password that is told', 'the password is swordfish.', [['secret', 'swordfish']]],
  ['a pin', 'the pin is 4421', [['secret', '4421']]],
])('finds %s', (_, text, expected) => {
  expect(found(text)).toEqual(expected);
});

test.each([
  'It is $1,250,000 a year for 2,500 seats.',
  'We need it by 2026-11-20, or 11/20/2026.',
  'the password is not the problem',
  'Twenty five thousand or two hundred and fifty.',
  'In twenty twenty six we had 1200 people and 350 licences.',
  'ten thirty on the fourth, one or two of us',
  'order 44521 has 3 items at 19.99',
  'We grew 12% from 3400 to 3808.',
])('leaves %j alone', (text) => {
  expect(found(text)).toEqual([]);
});

test('an account number that fails its check is still a long number', () => {
  expect(found('4111 1111 1111 1112')).toEqual([['number', '4111 1111 1111 1112']]);
  expect(found('DE89 3704 0044 0532 0130 01').map(([kind]) => kind)).not.toContain('iban');
});

test('a megabyte costs no time worth naming', () => {
  const startedAt = performance.now();
  for (const piece of ['1 ', 'a', 'a.', 'a@', 'de12 ', 'one ', 'eyJ', 'dot ', 'a at ']) personalIn(piece.repeat(1_000_000 / piece.length));
  expect(performance.now() - startedAt).toBeLessThan(20_000);
});
