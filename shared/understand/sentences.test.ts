import { expect, test } from 'vitest';
import { QUOTE_WORDS_MAX, sentences } from './sentences.ts';

test('cuts at full stops, and every span is the text itself', () => {
  const text = 'That is fine. Is it $4.50 a seat? Yes!';
  const spans = sentences(text);
  expect(spans.map((one) => one.text)).toEqual(['That is fine.', 'Is it $4.50 a seat?', 'Yes!']);
  for (const one of spans) expect(text.slice(one.start, one.end)).toBe(one.text);
});

test('cuts speech without punctuation where a new clause begins', () => {
  const spans = sentences(
    "we had a look at it with the team and i think they liked it but the price is too high for us so let's talk in spring",
  );
  expect(spans.map((one) => one.text)).toEqual([
    'we had a look at it with the team',
    'and i think they liked it',
    'but the price is too high for us',
    "so let's talk in spring",
  ]);
});

test('never gives a span longer than a quote may be', () => {
  for (const one of sentences(`${'word '.repeat(300)}.`)) expect(one.text.split(' ').length).toBeLessThanOrEqual(QUOTE_WORDS_MAX);
});
