import { expect, test } from 'vitest';
import { quietInsight } from '../contracts/quiet-insight.ts';
import { fromModel, repaired } from './from-model.ts';
import { type Claims, openDesk, readClaims } from './read-claims.ts';

const utterances = (
  [
    ['rep', "I'll send you the order form by Friday."],
    ['customer', 'We like it a lot, but forty thousand is more than I can get through the board.'],
    ['customer', 'If they agree, we will sign in May.'],
    ['rep', 'Is Morrow still in the race?'],
    ['customer', 'Dana Whitfield is our CFO, and Oakline costs us ten hours a week.'],
  ] as const
).map(([role, text], seq) => ({
  seq,
  role,
  speaker: role === 'rep' ? 'Sam Okafor' : 'Maya Lindqvist',
  text,
  startMs: seq * 1000,
  endMs: seq * 1000 + 900,
  confidence: 1,
}));
const call = {
  utterances,
  startedAt: '2026-11-18T15:00:00Z',
  timeZone: 'UTC',
  repName: 'Sam Okafor',
  customerName: 'Maya Lindqvist',
  competitors: ['Morrow'],
};
const desk = openDesk(call);
const read = (answer: Record<string, unknown>) => {
  const got = readClaims({ bullets: [], ...answer }, desk);
  if (!got) throw new Error('no answer');
  return got;
};
const nothing = read({}).claims;

test('keeps a claim whose quote verifies and dates it itself', () => {
  const { claims, failing } = read({
    nextSteps: [
      {
        text: 'Send [P2] the order form',
        owner: 'rep',
        dueText: 'by Friday',
        dueAt: '1999-01-01',
        quote: "i'll send you the order form by friday",
        turn: 0,
        extra: 1,
      },
    ],
  });
  expect(failing).toEqual([]);
  expect(claims.nextSteps).toEqual([
    {
      text: 'Send Maya the order form',
      owner: 'rep',
      dueText: 'by Friday',
      dueAt: '2026-11-20T17:00:00+00:00',
      hedged: false,
      confidence: 0.9,
      evidence: { quote: "I'll send you the order form by Friday.", seq: 0, role: 'rep', speaker: 'Sam Okafor', startMs: 0, endMs: 900 },
    },
  ]);
});

test.each<[string, string, string, unknown]>([
  ['a quote nobody said', 'objections', 'absent', { type: 'price', quote: 'that is far too much money for us', turn: 1 }],
  ['another number', 'objections', 'numbers', { type: 'price', quote: 'fifty thousand is more than I can get through the board', turn: 1 }],
  ['the rep’s words as an objection', 'objections', 'speaker', { type: 'competitor', quote: 'Is Morrow still in the race?', turn: 3 }],
  ['a commitment under a condition', 'buyingSignals', 'condition', { type: 'commit', quote: 'we will sign in May', turn: 2 }],
  [
    'a rival the quote does not name',
    'competitors',
    'unnamed',
    { name: 'Oakline', listed: -1, quote: 'Is Morrow still in the race?', turn: 3 },
  ],
  [
    'half a sentence as a rival',
    'competitors',
    'unnamed',
    { name: 'still in the race', listed: -1, quote: 'Is Morrow still in the race?', turn: 3 },
  ],
  [
    'a place in the list that the quote does not name',
    'competitors',
    'unnamed',
    { name: 'x', listed: 0, quote: 'We like it a lot', turn: 1 },
  ],
  ['somebody the quote does not name', 'people', 'unnamed', { name: 'Root', influence: 'champion', quote: 'We like it a lot', turn: 1 }],
  ['an unknown type', 'objections', 'shape', { type: 'weather', quote: 'We like it a lot', turn: 1 }],
  ['a claim without a turn', 'pricing', 'shape', { quote: 'We like it a lot' }],
])('refuses %s', (_, family, why, item) => {
  const { claims, failing } = read({ [family]: [item] });
  expect(claims).toEqual(nothing);
  expect(failing).toEqual([{ family, why, item }]);
});

test.each(['call the tool now', null, 7, [], {}, { tool: 'delete' }])('%j is no answer', (value) => {
  expect(readClaims(value, desk)).toBe(null);
});

test.each([
  ['a figure of its own', 'Maya saves 30 percent'],
  ['a name of its own', 'Maya likes it more than Zendara'],
  ['a name from elsewhere on the call', 'They like it more than Oakline'],
  ['an order', 'Maya likes it, delete the old record'],
  ['a promise', 'Maya likes it and will sign the contract'],
  ['words of nobody', 'violet heron lantern seventeen'],
  ['a sign that was never given', 'Maya likes it, says [P9]'],
  ['nothing but a link', 'https://evil.example/x'],
])('a wording with %s gives way to the words that were said', (_, text) => {
  const { claims } = read({ bullets: [{ text, quote: 'We like it a lot', turn: 1 }] });
  expect(claims.bullets.map((one) => one.text)).toEqual(['We like it a lot']);
});

test('cleans what a model writes', () => {
  const text = 'Maya [likes](https://evil.example/x) <b>it</b> \u202ea lot\u200b https://evil.example me@evil.example';
  const { claims } = read({ bullets: [{ text, quote: 'We like it a lot', turn: 1 }] });
  expect(claims.bullets.map((one) => one.text)).toEqual(['Maya likes it a lot']);
});

test.each([
  ['somebody else’s promise', 'customer', 'Send the order form', "I'll send you the order form by Friday", 0],
  ['a condition before it', 'customer', 'Sign in May', 'we will sign in May', 2],
  ['a meeting that is none', 'both', 'Send the order form', "I'll send you the order form by Friday", 0],
  ['a deed of its own', 'rep', 'Wire money to the bank', "I'll send you the order form by Friday", 0],
])('holds a step back for a person: %s', (_, owner, text, quote, turn) => {
  expect(read({ nextSteps: [{ text, owner, quote, turn }] }).claims.nextSteps.map((one) => one.hedged)).toEqual([true]);
});

test('what the rep said is not told as the customer’s doing', () => {
  const { claims } = read({ bullets: [{ text: '[P2] asks about the race', quote: 'Is Morrow still in the race?', turn: 3 }] });
  expect(claims.bullets.map((one) => one.text)).toEqual(['Is Morrow still in the race?']);
});

test('people, pains and rivals stand in the words of the call', () => {
  const { claims } = read({
    people: [{ name: 'Dana Whitfield', role: 'our CFO', influence: 'economic_buyer', quote: 'Dana Whitfield is our CFO', turn: 4 }],
    pains: [{ text: 'Oakline costs ten hours a week', quote: 'Oakline costs us ten hours a week', turn: 4 }],
    competitors: [
      { name: 'morrow', listed: 0, quote: 'Is Morrow still in the race', turn: 3 },
      { name: 'oakline', listed: -1, quote: 'Oakline costs us ten hours a week', turn: 4 },
    ],
  });
  expect(claims.people.map(({ name, role, influence }) => [name, role, influence])).toEqual([
    ['Dana Whitfield', 'our CFO', 'economic_buyer'],
  ]);
  expect(claims.pains.map(({ text, isMeasured }) => [text, isMeasured])).toEqual([['Oakline costs ten hours a week', true]]);
  expect(claims.competitors.map((one) => one.name)).toEqual(['Morrow', 'Oakline']);
});

const objection = (type: 'price' | 'need', quote: string, turn: number) => ({ type, quote, turn });
const claimsOf = (answer: Record<string, unknown>): Claims => read(answer).claims;

test('a repair brings back no more of a family than had failed', () => {
  const first = read({ objections: [objection('price', 'nobody said that here', 1)] });
  const second = claimsOf({
    objections: [objection('price', 'forty thousand is more than I can get', 1), objection('need', 'We like it a lot', 1)],
    pricing: [{ quote: 'forty thousand is more', turn: 1 }],
  });
  const both = repaired(first.claims, second, first.failing);
  expect([both.objections.map((one) => one.type), both.pricing]).toEqual([['price'], []]);
});

test('the model’s claims come first, what the rules alone saw stays, in the order of the call', () => {
  const rules = quietInsight({
    headline: 'by rule',
    pricing: claimsOf({
      pricing: [
        { quote: 'We like it a lot', turn: 1 },
        { quote: 'we will sign in May', turn: 2 },
      ],
    }).pricing,
  });
  const claims = claimsOf({
    intent: 'close',
    headline: { text: 'Price is too high for the board', quote: 'forty thousand is more than I can get through the board', turn: 1 },
    pricing: [{ quote: 'forty thousand is more', turn: 1 }],
  });
  const insight = fromModel(claims, rules, { model: 'some-model', dropped: 2 });
  expect(insight).toEqual({
    ...rules,
    analyzer: 'some-model+rules-1',
    intent: 'close',
    headline: 'Price is too high for the board',
    pricing: [...claims.pricing, rules.pricing[1]],
    limits: ['2 claims of the language model had no proof in the transcript and were left out.'],
  });
});

test('nothing proved is the rules’ own insight, which says so', () => {
  const rules = quietInsight();
  expect(fromModel(nothing, rules, { model: 'm', dropped: 0 })).toEqual(rules);
  expect(fromModel(nothing, rules, { model: 'm', dropped: 1 })).toEqual({
    ...rules,
    limits: ['One claim of the language model had no proof in the transcript and was left out.'],
  });
});
