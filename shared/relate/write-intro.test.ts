import { expect, test } from 'vitest';
import { forwardable, type IntroAsk, writeIntro } from './write-intro.ts';

const base: IntroAsk = {
  repName: 'Sam Okafor',
  connector: 'Ana Brandt',
  isColleague: true,
  target: 'Maya Lindqvist',
  through: null,
  theirTie: ['1–5 contacts', 'within a month', 'both ways'],
  about: 'quieter mornings for support.',
  link: 'https://ros.example/intro/t',
};
/** Says nothing of anybody. */
const wordless = [
  /^Hi \S+,$/,
  /^Would you introduce us\?$/,
  /^Would you ask .* introduce us\?$/,
  /^Yes, no or not now, with one press: \S+$/,
  /^If you would, here is a note to forward as it is:$/,
  /^---$/,
  /^Would 20 minutes this week or next suit you\?$/,
  /^A no is fine, too\.$/,
  /^Ana$/,
  /^Thank you,$/,
  /^Sam Okafor$/,
];

test.each([
  ['a colleague', base],
  ['somebody outside', { ...base, isColleague: false, about: '' }],
  ['two steps', { ...base, through: 'Dana Roe' }],
  ['a tie that was told', { ...base, theirTie: ['says they know them well'] }],
  ['a listed one', { ...base, theirTie: ['on their contact list'] }],
])('every factual sentence has a source that stands in the note: %s', (_, ask) => {
  const { body, cites } = writeIntro(ask);
  for (const { text, source } of cites) expect([body.includes(text), source.length > 0]).toEqual([true, true]);
  let rest = body;
  for (const { text } of cites) rest = rest.replace(text, '');
  const left = rest
    .split('\n')
    .flatMap((line) => line.split(/(?<=[?.]) /))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
  expect(left.filter((sentence) => !wordless.some((known) => known.test(sentence)))).toEqual([]);
});

test('the block to the target stands alone and holds neither the link nor what is between us', () => {
  const { subject, body } = writeIntro(base);
  expect(subject).toBe('Could you introduce me to Maya Lindqvist?');
  expect(forwardable(body)).toBe(
    'Hi Maya,\n\nSam Okafor and I work together. They would like to talk with you about quieter mornings for support. Would 20 minutes this week or next suit you? A no is fine, too.\n\nAna',
  );
  expect(forwardable('no lines')).toBeNull();
});
