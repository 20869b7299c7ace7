import { expect, test } from 'vitest';
import { whoSpeaks } from './who-speaks.ts';

const sells = [
  'Thanks for taking the time today, this is Sam from Brightloop, calling about your trial.',
  'How many people on your team answer tickets today? Would you like me to walk you through it?',
  'I will send you the rollout plan, and our onboarding is included for you.',
];
const buys = [
  'Sure. My team is tired, and honestly we have been burned before.',
  'My boss will ask how much it costs, and I do not think we need all of it.',
  'We use something else now, and I am not sure about your pricing.',
];
const call = (one: string, other: string) =>
  sells.flatMap((text, at) => [
    { voice: one, text },
    { voice: other, text: buys[at] ?? '' },
  ]);
const sides = (turns: { voice: string; text: string }[], ...more: [object?, string?]) => {
  const { roles, isSure } = whoSpeaks(turns, ...more);
  return [Object.fromEntries(roles), isSure];
};

test('whoever introduces a company, asks and offers is the rep, whatever number the voice has', () => {
  expect(sides(call('A', 'B'))).toEqual([{ A: 'rep', B: 'customer' }, true]);
  expect(sides(call('B', 'A'))).toEqual([{ B: 'rep', A: 'customer' }, true]);
});

test('is not sure where neither side says anything that tells', () => {
  const turns = ['Hello?', 'Yes, good morning.', 'It rains again.', 'All day.'].map((text, at) => ({ voice: String(at % 2), text }));
  expect(whoSpeaks(turns)).toMatchObject({ isSure: false });
});

test('one voice alone has no side', () => {
  expect(sides(sells.map((text) => ({ voice: 'A', text })))).toEqual([{ A: 'other' }, false]);
  expect(sides([])).toEqual([{}, false]);
});

test('a name says who is who: as one’s own, or as what one is called', () => {
  const turns = [
    { voice: 'A', text: 'Good morning, Maya speaking.' },
    { voice: 'B', text: 'Hi Maya, it rains again.' },
    { voice: 'A', text: 'It does. Thanks Sam.' },
  ];
  const known = { repName: 'sam.okafor', customerName: 'Maya Lindqvist' };
  expect(sides(turns, known)).toEqual([{ A: 'customer', B: 'rep' }, true]);
  expect(sides(turns)[1]).toBe(false);
});

test('a name out of a CRM is a word and no pattern', () => {
  expect(() => whoSpeaks(call('A', 'B'), { repName: '(.*+', customerName: '[a-' })).not.toThrow();
  expect(sides(call('A', 'B'), { repName: '(((', customerName: '$^' })).toEqual([{ A: 'rep', B: 'customer' }, true]);
});

test('a voice that was taken for two is on one side with itself: people talk across the table', () => {
  const turns = [...call('A', 'B'), ...call('C', 'B')];
  expect(sides(turns)).toEqual([{ A: 'rep', B: 'customer', C: 'rep' }, true]);
});

test('two customers are two customers', () => {
  const turns = [...call('A', 'B'), ...call('A', 'C')];
  expect(sides(turns)).toEqual([{ A: 'rep', B: 'customer', C: 'customer' }, true]);
});

test('whom somebody named as the rep is it, against everything that was said', () => {
  expect(sides(call('A', 'B'), {}, 'B')[0]).toEqual({ A: 'customer', B: 'rep' });
});

test('many voices cost no more than a few: the small ones are customers', () => {
  const crowd = Array.from({ length: 40 }, (_, at) => ({ voice: `X${at}`, text: 'Hello.' }));
  const { roles } = whoSpeaks([...call('A', 'B'), ...crowd]);
  expect([roles.size, roles.get('A'), roles.get('X39')]).toEqual([42, 'rep', 'customer']);
});
