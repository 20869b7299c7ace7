import { expect, test } from 'vitest';
import { readWords } from './quotes/read-words.ts';
import { tokens } from './tokenise.ts';

const folded = (text: string) =>
  tokens(text)
    .map((one) => one.text)
    .join(' ');
const spoken = (text: string) =>
  readWords(text)
    .map((one) => one.text + (one.money ? ` ${one.money}` : '') + (one.half ?? ''))
    .join(' ');

test.each([
  ['two hundred and fifty', '#250'],
  ['two hundred fifty five', '#255'],
  ['twenty-five thousand five hundred', '#25500'],
  ['one point five million', '#1500000'],
  ['three point two five percent', '#3.25%'],
  ['1.5 million', '#1500000'],
  ['half a million', '#500000'],
  ['two and a half million', '#2500000'],
  ['fifty grand', '#50000'],
  ['5 per cent', '#5%'],
  ['one thousand two thousand', '#1000 #2000'],
  ['two hundred and a dog', '#200 and a dog'],
  ['fifteen hundred', '#1500'],
  ['a hundred thousand', '#100000'],
  ['twenty and a quarter of them', '#20 and a quarter of them'],
  ['one point I want to make', '#1 point i want to make'],
])('reads "%s" as %s', (text, want) => {
  expect(folded(text)).toBe(want);
});

test.each([
  ['ten thirty am', '10:30 AM', '#1030am'],
  ["ten o'clock", '10:00', '#10'],
  ['the third of March', 'the 3rd of march', 'the #3 of march'],
  ['March third', 'March 3', 'march #3'],
  ['the third one', 'the 3rd one', 'the #3th #1'],
  ['twenty first', '21st', '#21th'],
  ['twenty twenty six', '2026', '#2026'],
  ['fifty thousand dollars', '$50k', '#50000 dollar'],
  ['two dollars and fifty cents', '$2.50', '#2.5 dollar'],
  ['twenty to thirty', '20-30', '#20 to #30'],
  ['five five five one two three four', '555-1234', '#5551234'],
  ['q three', 'Q3', 'q3'],
])('reads "%s" and "%s" as one', (said, shown, want) => {
  expect([spoken(said), spoken(shown)]).toEqual([want, want]);
});
