import { expect, test } from 'vitest';
import type { Role } from '../../contracts/transcript.ts';
import { isPricing } from '../pricing.ts';
import { readCall } from '../read-call.ts';
import { sayings } from '../said.ts';
import { isSelling } from './is-selling.ts';

const call = (...texts: string[]) =>
  texts.map((text, seq) => ({
    seq,
    role: (seq % 2 === 0 ? 'rep' : 'customer') as Role,
    speaker: 'x',
    text,
    startMs: seq,
    endMs: seq + 1,
    confidence: 1,
  }));

const friends = call(
  'Hi, it is me. Did you get home all right last night?',
  'We did, but the bus took forever and the little one fell asleep on my arm.',
  'Poor thing. Is your sister coming for the holidays this year?',
  'She wants to, but the train is so expensive now that she is not sure she can come.',
  'My mother said the same. Shall I bring the salad or the cake on Sunday?',
  'Bring the cake, the kids will not eat salad, you know how they are.',
  'All right. And how is your knee, did the doctor say anything?',
  'He wants to wait another month. I am worried it will never be what it was.',
);

const sale = call(
  'Our platform sends the reminders for you. Would you be interested in a demo?',
  'Maybe. What is the price, and is there a contract?',
  'Pricing is four dollars per user, and the contract is monthly.',
  'That is too expensive for our budget, to be honest.',
  'Other customers started with a trial. Shall I send you a proposal?',
  'You can send the proposal, but your competitors quoted us less.',
);

const bargain = call(
  'It is the small one, and the legs are still good.',
  'I like the color. Would you take forty?',
  'Forty is low. I was thinking of sixty dollars.',
  'Sixty is what a new one costs. Fifty, in cash.',
  'Make it fifty five and it is yours.',
  'Fifty five dollars, then, but you help me carry it.',
);

const hear = (utterances: typeof sale): boolean => {
  const said = sayings(utterances);
  return isSelling(
    said,
    said.filter((one) => isPricing(one)),
  );
};

test('hears whether anything is sold', () => {
  expect([hear(friends), hear(sale)]).toEqual([false, true]);
});

test('two who bargain are a sale without a word of trade', () => {
  expect(hear(bargain)).toBe(true);
});

test('a call too short to tell is taken for a sale', () => {
  expect(hear(friends.slice(0, 1))).toBe(true);
});

test('where nothing is sold nobody objects', () => {
  const read = (utterances: typeof sale) => {
    const { objections, buying } = readCall({ utterances, repName: '', customerName: '', competitors: [] });
    return [objections.length > 0, buying.length > 0];
  };
  expect(read(friends)).toEqual([false, false]);
  expect(read(sale)[0]).toBe(true);
});
