import { expect, test } from 'vitest';
import type { Moment } from '../../contracts/playbook.ts';
import { refuseMoment, sameId } from './refuse-moment.ts';

const phrases = (...all: string[]): Moment['rule'] => ({
  is: 'phrase',
  phrases: all,
  said: 'customer',
  relatedForms: true,
  asQuestion: false,
  not: [],
});
const why = (rule: Moment['rule']) => refuseMoment({ name: 'Rule', rule });

test.each([
  ['…', '“Rule”: “…” holds no word.'],
  ['the', '“Rule”: “the” is said in every conversation. Add the words that make it special.'],
  ['good', '“Rule”: “good” is said in every conversation. Add the words that make it special.'],
  ['hr', '“Rule”: “hr” is too short to be told from others. Say it with the words around it.'],
  ['what do you', '“Rule”: “what do you” holds only words that stand in every sentence. Add the one that matters.'],
  ['good point', '“Rule”: “good point” is said in every conversation. Add the words that make it special.'],
  ['{competitor} or {competitor}', '“Rule”: “{competitor} or {competitor}” names the competitor twice; once is enough.'],
])('refuses “%s”', (phrase, said) => {
  expect(why(phrases('too expensive', phrase))).toBe(said);
});

test.each(['too expensive', 'procurement', 'let me ask my manager', '{competitor}', 'SOC 2', 'a good price'])('takes “%s”', (phrase) => {
  expect(why(phrases(phrase))).toBe(null);
});

test('is milder where words are only noted', () => {
  const step = (phrase: string): Moment['rule'] => ({ is: 'step', phrases: [phrase], said: 'rep', relatedForms: true, stage: 'Opening' });
  expect(why(step('how would that'))).toBe(null);
  expect(why(step('the'))).not.toBe(null);
  expect(why({ is: 'slot', slot: 'date', said: 'customer', near: ['need'] })).toBe(null);
  expect(why({ is: 'slot', slot: 'date', said: 'customer', near: ['?'] })).toBe('“Rule”: “?” holds no word.');
});

test('rules without words have nothing to refuse', () => {
  expect(why({ is: 'elapsed', afterSeconds: 60 })).toBe(null);
});

test('names two moments with one id', () => {
  expect(
    sameId([
      { id: 'a', name: 'One' },
      { id: 'b', name: 'Two' },
    ]),
  ).toBe(null);
  expect(
    sameId([
      { id: 'a', name: 'One' },
      { id: 'a', name: 'Two' },
    ]),
  ).toBe('“Two” has the same id as “One”: a. Each moment needs its own.');
});
