import { expect, test } from 'vitest';
import type { Role } from '../contracts/transcript.ts';
import { verifyQuote } from './verify-quote.ts';

const heard = (...turns: [Role, string][]) =>
  turns.map(([role, text], seq) => ({
    seq,
    role,
    speaker: role === 'rep' ? 'Sam' : 'Maya',
    text,
    startMs: seq * 10_000,
    endMs: seq * 10_000 + 8_000,
    confidence: 1,
  }));
const verdict = (quote: string, utterances: ReturnType<typeof heard>, role?: Role) => {
  const result = verifyQuote({ quote, ...(role ? { role } : {}) }, utterances);
  return result.ok ? (result.caution.length > 0 ? result.caution : 'ok') : result.why;
};

test('gives back the transcript’s own words and times, not the quoter’s', () => {
  const calls = heard(
    ['rep', 'So how many would you take?'],
    ['customer', 'Right. We plan around sixty licences for the spring, I believe.'],
  );
  expect(verifyQuote({ quote: 'we plan about 60 licences for the spring i believe so', role: 'customer' }, calls)).toEqual({
    ok: false,
    why: 'absent',
  });
  expect(verifyQuote({ quote: 'WE PLAN AROUND 60 LICENCES FOR THE SPRING', role: 'customer', seq: 0 }, calls)).toEqual({
    ok: true,
    evidence: {
      quote: 'We plan around sixty licences for the spring',
      seq: 1,
      role: 'customer',
      speaker: 'Maya',
      startMs: 10_889,
      endMs: 16_476,
    },
    caution: [],
  });
});

test('lets one small slip in a long quote pass', () => {
  expect(
    verdict(
      'our finance lead wants the figures around the end of each month',
      heard(['customer', 'Our finance lead wants the figures about the end of each month.']),
    ),
  ).toBe('ok');
});

test.each([
  ['another number', 'numbers', 'We can spend fourteen thousand on this', 'We can spend forty thousand on this.'],
  ['a number left out', 'numbers', 'there are four hundred of us here now', 'There are four hundred and ten of us here now.'],
  ['a number of another kind', 'numbers', 'it grew by 5 in a year or so', 'It grew by 5% in a year or so.'],
  ['a "not" taken away', 'negation', 'we have signed with anyone else so far', "We haven't signed with anyone else so far, we have not."],
  ['a "not" put in', 'negation', 'the team is not ready to start with you', 'The team is ready to start with you.'],
  [
    'another name',
    'name',
    'I will bring in Peter from purchasing before we agree on the order',
    'I will bring in Petra from purchasing before we agree on the order.',
  ],
  [
    'another name in lower case',
    'name',
    'i will bring in peter from purchasing before we agree on the order',
    'I will bring in Petra from purchasing before we agree on the order.',
  ],
  ['words nobody said', 'absent', 'The director signs everything above that', 'Good. It all runs well over here.'],
  ['a single word', 'absent', 'Good', 'Good. It all runs well over here.'],
])('refuses %s', (_, why, quote, text) => {
  expect(verdict(quote, heard(['customer', text]))).toBe(why);
});

test('takes one amount in any spelling', () => {
  const calls = heard(['customer', 'Above $18,000 it goes to the board, and we pay one thousand two hundred a month.']);
  expect(verdict('above eighteen thousand it goes to the board', calls)).toBe('ok');
  expect(verdict('Above 18k it goes to the board', calls)).toBe('ok');
  expect(verdict('we pay 1,200 a month', calls)).toBe('ok');
});

test('refuses words of two people, and of the wrong one', () => {
  const calls = heard(['rep', 'so you would have the money for'], ['customer', 'next spring perhaps']);
  expect(verdict('you would have the money for next spring', calls)).toBe('speaker');
  const asked = heard(['rep', 'So your budget is thirty thousand, right?'], ['customer', 'Yes.']);
  expect(verdict('your budget is thirty thousand', asked, 'customer')).toBe('speaker');
  expect(verdict('your budget is thirty thousand', asked, 'rep')).toEqual(['question']);
});

test.each([
  ['a condition cut off', ['if'], 'If legal is happy we will start in two weeks.', 'we will start in two weeks'],
  ['a hedge inside', ['might'], 'We might start in two weeks with the pilot.', 'We might start in two weeks with the pilot'],
  ['a word taken back', ['taken back'], 'We start on the first. Actually, scratch that.', 'We start on the first'],
])('warns of %s', (_, caution, text, quote) => {
  expect(verdict(quote, heard(['customer', text]))).toEqual(caution);
});

test('does not warn of a "no" that is another sentence', () => {
  expect(verdict('We have the sign-off for spring', heard(['customer', 'No. We have the sign-off for spring.']))).toBe('ok');
});

test('finds the right place when the words fall twice', () => {
  const calls = heard(['rep', 'We will start on the first of May.'], ['customer', 'We will start on the first of May.']);
  expect(verifyQuote({ quote: 'We will start on the first of May', role: 'customer' }, calls)).toMatchObject({
    ok: true,
    evidence: { seq: 1 },
  });
});
