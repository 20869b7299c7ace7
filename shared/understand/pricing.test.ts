import { expect, test } from 'vitest';
import { isPricing } from './pricing.ts';
import { sayings } from './said.ts';
import { talkShare } from './talk-share.ts';

const one = (text: string) => ({ seq: 0, role: 'rep' as const, speaker: 'X', text, startMs: 0, endMs: 1000, confidence: 1 });
const priced = (text: string) => sayings([one(text)]).some(isPricing);

test.each([
  'It is $40 a seat.',
  'Is there a discount?',
  'That is over our budget.',
  'They promised a lower rate.',
  'You pay per month.',
  'forty dollars',
  'It is a big investment up front.',
  'Would you take 300 for it?',
])('hears price in "%s"', (text) => {
  expect(priced(text)).toBe(true);
});

test.each([
  'We grew revenue by $2,000,000.',
  'Our conversion rate is low.',
  'Pay attention to this.',
  'We spend three hours on it.',
  'Who is in charge?',
  'It saves time.',
  'We lose 6% per month.',
  'You leave money on the table.',
  'It brings down our operating costs.',
  'Would you take 30 minutes for it?',
])('hears none in "%s"', (text) => {
  expect(priced(text)).toBe(false);
});

test('hears a bare number only as the answer to a question of price', () => {
  const answer = (question: string) =>
    sayings([one(question), { ...one('Around 290 for ten people.'), role: 'customer', seq: 1 }]).filter(
      ({ utterance }) => utterance.seq === 1,
    );
  expect(answer('What does the team plan cost?').some(isPricing)).toBe(true);
  expect(answer('Where do you park?').some(isPricing)).toBe(false);
});

test('measures talk by time, or by words where there are no times', () => {
  expect(talkShare([one('a'), { ...one('b'), role: 'customer', endMs: 3000 }])).toBe(0.25);
  expect(
    talkShare([
      { ...one('a b c'), endMs: 0 },
      { ...one('d'), role: 'customer', endMs: 0 },
    ]),
  ).toBe(0.75);
  expect(talkShare([])).toBe(0);
});
