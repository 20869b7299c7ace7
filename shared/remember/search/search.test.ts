import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Utterance } from '../../contracts/transcript.ts';
import { excerpt } from './excerpt.ts';
import { indexCall } from './index-call.ts';
import { type Found, rankHits } from './rank-hits.ts';
import { readQuery } from './read-query.ts';
import { OWN_STRANGERS, signsOfText, signsOfVector } from './signs.ts';
import { numberOf, wordsOf } from './words.ts';

const nowMs = Date.parse('2026-11-20T12:00:00Z');
const found = (text: string, over: Partial<Found> = {}): Found => ({
  callId: 'a',
  seq: 0,
  text,
  atMs: nowMs,
  weight: 1,
  alike: null,
  ...over,
});
const alike = (a: string, b: string) => [...a].filter((sign, at) => sign === b[at]).length / a.length;
const texts = (query: string, ...all: Found[]) =>
  rankHits(readQuery(query), all, { nowMs, strangers: OWN_STRANGERS }).map(({ text }) => text);

test.each([
  ['The prices of onboarding', 'Pricing? The price of on-boarding', ['pric', 'onboard'], ['pric', 'pric', 'board']],
  ['40k a year', 'It is 40,000 per year', ['40000', 'year'], ['40000', 'per', 'year']],
  ['Müller’s policies', 'muller policy', ['muller', 'policy'], ['muller', 'policy']],
  ['価格は高い', '', ['価格', '格は', 'は高', '高い'], []],
])('%s', (one, other, ones, others) => {
  expect([wordsOf(one), wordsOf(other)]).toEqual([ones, others]);
});

test('a word is 32 bits, the same each time', () => {
  expect(numberOf('budget')).toBe(numberOf('budget'));
  fc.assert(fc.property(fc.string(), (word) => Number.isInteger(numberOf(word)) && Math.abs(numberOf(word)) <= 2 ** 31));
});

test('a call is indexed by word and turn; a turn that says little has no meaning of its own', () => {
  const said = ['Okay.', 'Our budget is forty thousand.', 'The budget, yes.'].map((text, seq) => ({ seq, text }) as Utterance);
  const index = indexCall(said);
  expect(index.words.find(({ word }) => word === numberOf('budget'))).toEqual({ word: numberOf('budget'), seqs: [1, 2] });
  expect(index.telling).toEqual([{ seq: 1, text: 'Our budget is forty thousand.' }]);
});

test('who says the same stands near, who speaks of something else does not', () => {
  const said = signsOfText('We worry about the onboarding of forty drivers');
  expect(alike(said, signsOfText('What worries us is onboarding forty drivers'))).toBeGreaterThan(OWN_STRANGERS);
  expect(alike(said, signsOfText('Security has to sign off on the data centre'))).toBeLessThan(OWN_STRANGERS);
  expect(signsOfText('')).toBe('0'.repeat(256));
  expect(alike(signsOfVector([1.3, 2, -4]), signsOfVector([1.4, 2, -3.9]))).toBeGreaterThan(0.8);
  expect(alike(signsOfVector([1.3, 2, -4]), signsOfVector([-1.3, -2, 4]))).toBeLessThan(0.1);
});

test('what holds all words comes first, then what is newer; another word with the same number is none', () => {
  const [all, some, old] = ['budget for onboarding', 'the budget is a topic', 'budget for onboarding'];
  expect(texts('onboarding budget', found(some, { weight: 0.4 }), found(old, { callId: 'old', atMs: nowMs - 4e10 }), found(all))).toEqual([
    all,
    old,
    some,
  ]);
  expect(texts('budget', found('nothing of it'))).toEqual([]);
});

test('what stands in quotation marks has to be said like that', () => {
  expect(texts('"forty thousand"', found('thousand times forty'), found('It is Forty Thousand.'))).toEqual(['It is Forty Thousand.']);
});

test('what is only said alike is found where it is alike enough', () => {
  expect(texts('onboarding', found('on boarding them', { weight: 0, alike: 0.9 }), found('x', { weight: 0, alike: 0.5 }))).toEqual([
    'on boarding them',
  ]);
});

test('an excerpt stands in the text word for word, and holds the word', () => {
  const long = `${'well then '.repeat(60)}the budget is small ${'and so on '.repeat(60)}`;
  const part = excerpt(long, ['budget'], 120);
  expect([long.includes(part), part.includes('budget'), part.length <= 120]).toEqual([true, true, true]);
  fc.assert(
    fc.property(fc.string({ maxLength: 900 }), (text) => text.includes(excerpt(text, ['x'], 50)) && excerpt(text, ['x'], 50).length <= 50),
  );
});
