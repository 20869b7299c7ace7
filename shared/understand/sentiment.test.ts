import { expect, test } from 'vitest';
import { intentOf } from './intent.ts';
import { sayings } from './said.ts';
import { sentimentOf } from './sentiment.ts';

const utterance = (text: string, role: 'rep' | 'customer' = 'customer', seq = 0) => ({
  seq,
  role,
  speaker: role,
  text,
  startMs: 0,
  endMs: 1,
  confidence: 1,
});
const mood = (text: string) => sentimentOf(sayings([utterance(text)]));

test.each(['This is fantastic, I love it.', 'Perfect, that was really helpful.'])('"%s" is positive', (text) => {
  expect(mood(text)).toBeGreaterThan(0.6);
});

test.each([
  'We lose whole days to this, it is a nightmare.',
  "I'm not happy with it.",
  'Everything is done by hand and we can not keep up.',
])('"%s" is negative', (text) => {
  expect(mood(text)).toBeLessThan(0.4);
});

test.each(['We have forty people in two offices.', 'Nobody ever had a problem.', ''])('"%s" is neither', (text) => {
  expect(mood(text)).toBeGreaterThanOrEqual(0.4);
  expect(mood(text)).toBeLessThan(0.65);
});

test('names a call by what most of it does', () => {
  const none = { objections: 0, commits: 0, brushoffs: 0 };
  const call = (...texts: string[]) => sayings(texts.map((text, seq) => utterance(text, seq % 2 === 0 ? 'rep' : 'customer', seq)));
  expect(intentOf(call('What tools do you use?', 'Two.', 'How do you decide?', 'Together.'), none)).toBe('discovery');
  expect(intentOf(call('Let me share my screen.', 'Okay.', 'As you can see, this is the dashboard.', 'Yes.'), none)).toBe('demo');
  expect(intentOf(call('Your contract is up in May.', 'Yes.', 'Would you like to renew?', 'Perhaps.'), none)).toBe('renewal');
  expect(
    intentOf(call('Shall I send the contract?', 'Yes, send the order form.', 'And the start date?', 'In May.'), { ...none, commits: 2 }),
  ).toBe('close');
  expect(intentOf(call('Hello.', 'No.', 'Really?', 'No.'), { ...none, objections: 2 })).toBe('objection');
});
