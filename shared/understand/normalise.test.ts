import { expect, test } from 'vitest';
import { normalise } from './normalise.ts';
import { tokens } from './tokenise.ts';

const folded = (text: string) =>
  tokens(text)
    .map((one) => one.text)
    .join(' ');

test('reads one amount in every way it is said', () => {
  for (const text of ['$25,000', '25k', 'twenty five thousand', 'twenty-five thousand', '25 thousand']) expect(folded(text)).toBe('#25000');
  expect(folded('one hundred and twenty')).toBe('#120');
  expect(folded('two hundred and fifty seats at a hundred each')).toBe('#250 seats at #100 each');
  expect(folded('twelve percent, 12%')).toBe('#12% #12%');
});

test('keeps neighbouring numbers apart', () => {
  expect(folded('at ten thirty')).toBe('at #10 #30');
  expect(folded('forty and fifty')).toBe('#40 and #50');
});

test('spells contractions out, straightens quotes, drops fillers and emphasis', () => {
  expect(normalise('Um, it\u2019s really $25k, and we can\u2019t do that!')).toBe('it is $25000 and we can not do that');
  expect(normalise("Let's go, I'll gonna, won't")).toBe('lets go i will going to will not');
});

test('says where each word stands in the text as it was written', () => {
  const text = 'We \u201cneed\u201d one hundred and twenty seats';
  expect(tokens(text).map((one) => text.slice(one.start, one.end))).toEqual(['We', 'need', 'one hundred and twenty', 'seats']);
});
