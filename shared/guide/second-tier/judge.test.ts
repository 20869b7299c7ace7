import { describe, expect, test } from 'vitest';
import type { Utterance } from '../../contracts/transcript.ts';
import { hidePeople } from '../../understand/hide-people.ts';
import type { Play } from '../play.ts';
import type { Whole } from './answer.ts';
import { judgeHead, judgeWhole, openBench } from './judge.ts';

const names = ['Sam Okafor', 'Maya Lindqvist'];
const said: Utterance[] = (
  [
    ['customer', 'We looked at the old quote in spring and liked the reports a lot', 10],
    ['rep', 'Right, and Sam here is happy to explain what the security review covers', 150],
    ['customer', 'Honestly Maya said it is twice what we pay today, so the price is hard to defend', 160],
    ['customer', 'And our IT team has no time for a long integration before the holidays', 170],
  ] as const
).map(([role, text, atS], seq) => ({
  seq,
  role,
  speaker: role,
  text,
  startMs: atS * 1_000,
  endMs: atS * 1_000 + 5_000,
  confidence: 1,
}));
const play = (over: Partial<Play>): Play => ({
  id: 'price',
  kind: 'price',
  name: 'Price is too high',
  headline: 'Price objection',
  say: 'Most teams earn it back in 3 months. Put the price next to what the problem costs today.',
  heardFrom: 'customer',
  phrases: [],
  not: [],
  once: true,
  ...over,
});
const plays = new Map(
  [play({}), play({ id: 'law', kind: 'compliance' }), play({ id: 'rival', kind: 'competitor', say: 'Ask about {competitor}.' })].map(
    (one) => [one.id, one] as const,
  ),
);
const hidden = hidePeople(said, names);
const bench = openBench(hidden, hidden.utterances, names, plays);

const answer = (over: Partial<Whole> = {}): Whole => ({
  show: true,
  kind: 'price',
  card_id: 'price',
  evidence_quote: 'the price is hard to defend',
  confidence: 0.9,
  headline: 'Price is hard to defend',
  say: 'You said it is hard to defend. What does the problem cost today?',
  ask: 'Who else has to be convinced?',
  expires_s: 15,
  ...over,
});
const sayOf = (over: Partial<Whole>) => judgeWhole(bench, answer(over), 'c.1')?.card.say ?? null;
const own = plays.get('price')?.say;

test('a card has the customer’s own words as its proof, names back in their place', () => {
  expect(judgeWhole(bench, answer({ evidence_quote: 'Honestly [P2] said it is twice what we pay' }), 'c.1')).toEqual({
    subject: 'price',
    playId: 'price',
    card: {
      id: 'c.1',
      playId: 'price',
      kind: 'price',
      headline: 'Price is hard to defend',
      say: 'You said it is hard to defend. What does the problem cost today?',
      ask: 'Who else has to be convinced?',
      why: {
        quote: 'Honestly Maya said it is twice what we pay',
        role: 'customer',
        startMs: 160_000,
        endMs: expect.any(Number),
        rule: 'Price is too high',
      },
      confidence: 0.9,
    },
  });
});

test('with the headline alone the card speaks with its play’s sentence', () => {
  expect(judgeHead(bench, answer(), 'c.1')?.card.say).toBe(own);
});

describe('nothing is shown', () => {
  test.each([
    ['without a quote from the call', { evidence_quote: 'we will never pay that much' }],
    ['for words with another figure', { evidence_quote: 'it is three times what we pay today' }],
    ['for the rep’s words', { evidence_quote: 'happy to explain what the security review covers' }],
    ['for what was said more than a minute and a half ago', { evidence_quote: 'looked at the old quote in spring' }],
    ['for a card that is not in the playbook', { card_id: 'made-up' }],
    ['for compliance, which is the rules’ alone', { card_id: 'law' }],
    ['when it is not sure', { confidence: 0.8 }],
    ['for a sign that was never given', { headline: 'Ask [P9] about it' }],
    ['for a headline that does not fit', { headline: 'Price '.repeat(12) }],
    ['for a headline with a figure of its own', { headline: 'Offer 20% off' }],
    ['for a card whose name has to be filled in by a rule', { card_id: 'rival', say: 'It costs less.' }],
  ])('%s', (_, over) => {
    expect(judgeWhole(bench, answer(over), 'c.1')).toBeNull();
  });
});

describe('what it claims', () => {
  const alone = {
    headline: 'Rollout before the holidays',
    card_id: null,
    kind: 'objection',
    evidence_quote: 'no time for a long integration before the holidays',
  } as const;

  test.each([
    'What would have to be ready before the holidays?',
    'Makes sense. Which part of it worries your IT team most?',
    'I hear you: no time for a long integration before the holidays. What would help?',
    'How did you compare the price so far?',
  ])('without a card it may ask and reflect back: %s', (say) => {
    expect(sayOf({ ...alone, say })).toBe(say);
  });

  test.each([
    'Our integration takes two days.',
    'We support single sign-on out of the box.',
    'It does the integration before the holidays and includes your IT team.',
    'Would a discount help you decide?',
    'What if we gave you 30 days free?',
    'It is SOC 2 certified.',
    'Customers like you save a lot with it.',
    'It costs less than what you have.',
    'The price includes onboarding.',
    'Have you seen that we integrate with Salesforce?',
    'Ask how Gong compares.',
    'It will reduce their work by ninety percent.',
    'Have a look at https://example.com, it cuts costs.',
  ])('without a card it may not say: %s', (say) => {
    expect(sayOf({ ...alone, say })).toBeNull();
  });

  test.each(['Teams earn it back in 3 months, next to what the problem costs today.', 'You pay twice today. What does the problem cost?'])(
    'with a card it may say what the card says: %s',
    (say) => {
      expect(sayOf({ say, evidence_quote: 'it is twice what we pay today' })).toBe(say);
    },
  );

  test.each(['They earn it back in 6 weeks.', 'We guarantee a lower price.', 'It includes premium support.', 'x'.repeat(141)])(
    'more than the card says leaves the card’s own words: %s',
    (say) => {
      expect(sayOf({ say })).toBe(own);
    },
  );

  test('a question that claims something, or is none, is left out', () => {
    const askOf = (ask: string) => judgeWhole(bench, answer({ ask }), 'c.1')?.card.ask;
    expect([askOf('Should we offer a discount?'), askOf('Tell them more'), askOf('Who decides with you?')]).toEqual([
      undefined,
      undefined,
      'Who decides with you?',
    ]);
  });
});
