import { expect, test } from 'vitest';
import { markWords } from './mark-words.ts';

const marked = (text: string, ...quotes: string[]) =>
  markWords(text, quotes)
    .map((piece) => (piece.isMarked ? `[${piece.text}]` : piece.text))
    .join('');

test.each([
  ['It is twice what we pay today, so no.', ['twice what we pay'], 'It is [twice what we pay] today, so no.'],
  ['It is TWICE, what we pay!', ['twice what we pay'], 'It is [TWICE, what we pay!]'],
  ['Price? The price.', ['price'], '[Price?] The price.'],
  ['We are with Northstar and the price is high', ['northstar', 'price is high'], 'We are with [Northstar] and the [price is high]'],
  ['too dear for us', ['too dear', 'dear for'], '[too dear for] us'],
  ["We can't do that", ['can not'], "We [can't] do that"],
  ['Nothing of it here', ['twice what we pay', ''], 'Nothing of it here'],
  ['twice what', ['twice what we pay'], 'twice what'],
  ['', ['price'], ''],
])('%j with %j marked', (text, quotes, as) => {
  expect(marked(text, ...quotes)).toBe(as);
});

test('put together again it is the line, to the letter', () => {
  const text = '  It is —  twice,  what we pay  ';
  expect(
    markWords(text, ['what we', 'it is'])
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});
