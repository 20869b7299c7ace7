import { expect, test } from 'vitest';
import type { Role, Word } from '../contracts/transcript.ts';
import { compilePlays } from './compile-plays.ts';
import { isSure, matchPlays } from './match-plays.ts';
import { pack } from './pack.ts';
import { plainWords, stemOf } from './tokens.ts';

const plays = compilePlays(pack, ['Zendara', 'Helpwise', 'Front Desk Pro', 'AT&T']);
const said = (text: string, confidence = 0.95): Word[] =>
  text.split(' ').map((word, i) => ({ text: word, startMs: i * 300, endMs: i * 300 + 250, confidence }));
const found = (text: string, role: Role = 'customer') => [...new Set(matchPlays(said(text), role, plays).map((match) => match.subject))];

test('says which play, where in the turn, and how sure', () => {
  const words = said('Honestly, it is twice what we pay today');
  words[4] = { ...words[4]!, confidence: 0.82 };
  expect(matchPlays(words, 'customer', plays)).toEqual([
    {
      playId: 'price-objection',
      kind: 'price',
      subject: 'price-objection',
      firstToken: 3,
      lastToken: 6,
      slots: {},
      confidence: 0.82,
      single: false,
    },
  ]);
});

test.each([
  ['That is way too expensive.', ['price-objection']],
  ['Your pricing model, how does it work?', ['price-objection', 'pricing-question']],
  ['How much would it be for all of us?', ['pricing-question']],
  ['We don’t have the budget this year', ['budget']],
  ['Maybe come back to this next quarter?', ['timing']],
  ["I'd have to run it by my boss", ['authority']],
  ["We're already using something", ['already-use']],
  ['My other worry is the roll-out.', ['implementation']],
  ['Are you SOC 2 certified?', ['security']],
  ['We got burned before.', ['proof']],
  ['Could we cancel anytime?', ['terms']],
  ["We're looking at Zendara's plan", ['competitor:Zendara']],
  ['Front Desk Pro is on the list', ['competitor:Front Desk Pro']],
  ['and AT&T too', ['competitor:AT&T']],
  ['Let me think about it.', ['no-decision']],
  ["Let's do it.", ['buying-signal']],
  ["I'm not comfortable being recorded", ['recording-doubt']],
])('hears in “%s”: %s', (text, subjects) => {
  expect(found(text)).toEqual(subjects);
});

test.each([
  ['the price is fine for us'],
  ['it is not too expensive'],
  ['how much time does that take'],
  ['we want to go live next quarter'],
  ['the prize for us would be quiet mornings'],
  ['that reprices nothing'],
  ['we zendarad it'],
  ['I am not ready to move forward with anything'],
  ["we're on Salesforce"],
  ['I have a meeting on Tuesday, talk soon'],
])('stays silent at “%s”', (text) => {
  expect(found(text)).toEqual([]);
});

test('lets a phrase far from the words that take it back stand', () => {
  const far = 'that would be one thing and then there is another one that I have to name too';
  expect(found(`too expensive ${far} and the price is fine`)).toEqual(['price-objection']);
});

test('hears only the side a play is for', () => {
  expect(found('that is too expensive', 'rep')).toEqual([]);
  expect(found('I guarantee it', 'rep')).toEqual(['risky-promise']);
  expect(found('have a great day', 'other')).toEqual(['next-step-missing']);
});

test.each([
  ['Zendara', 0.95, false, true],
  ['Zendara', 0.85, false, false],
  ['Zendara', 0.85, true, true],
  ['Zendara', 0.7, true, false],
  ['too expensive', 0.8, false, true],
  ['too expensive', 0.79, true, false],
])('“%s” at %s, heard before: %s → sure: %s', (text, confidence, before, sure) => {
  const [match] = matchPlays(said(text, confidence), 'customer', plays);
  expect(isSure(match!, before)).toBe(sure);
});

test('spells contractions out and takes endings off', () => {
  expect(plainWords("They’re SURE we can't; it's Maya's roll-out.")).toEqual([
    'they',
    'are',
    'sure',
    'we',
    'can',
    'not',
    'it',
    'is',
    'maya',
    'roll',
    'out',
  ]);
  expect(['price', 'prices', 'pricing', 'priced'].map(stemOf)).toEqual(['pric', 'pric', 'pric', 'pric']);
  expect(['prize', 'use', 'us', 'this', 'companies', 'company', 'planned', 'plan'].map(stemOf)).toEqual([
    'priz',
    'use',
    'us',
    'thi',
    'compani',
    'compani',
    'plan',
    'plan',
  ]);
});
