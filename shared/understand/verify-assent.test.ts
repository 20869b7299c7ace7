import { expect, test } from 'vitest';
import { callOf } from './quotes/cases/call-of.ts';
import { verifyAssent } from './verify-assent.ts';
import { indexTranscript } from './verify-quote.ts';

const verdict = (call: string, question: string, answer?: string) => {
  const result = verifyAssent(indexTranscript(callOf(call)), { question, ...(answer === undefined ? {} : { answer }) });
  return result.ok ? [result.question.quote, result.answer.quote, ...result.caution] : result.why;
};

test('takes a rep’s question and the customer’s yes as two parts of one proof', () => {
  expect(
    verdict('R: Good. So your budget is thirty thousand, right? | C: Yes. We set it in May.', 'your budget is thirty thousand'),
  ).toEqual(['So your budget is thirty thousand, right?', 'Yes.']);
  expect(
    verdict('R: You decide together with Dana. Correct? | C: Exactly, the two of us.', 'You decide together with Dana', 'exactly'),
  ).toEqual(['You decide together with Dana. Correct?', 'Exactly, the two of us.']);
  expect(verdict('R: do you start in june | C: yes we do', 'do you start in june')).toEqual(['do you start in june', 'yes we do']);
});

test.each([
  ['a rep’s words alone', 'no answer', 'R: So your budget is thirty thousand, right?'],
  ['a rep who goes on', 'no answer', 'R: So your budget is thirty thousand, right? | R: Good to know.'],
  ['an answer two turns later', 'no answer', 'R: So your budget is thirty thousand, right? | R: Or so I heard. | C: Yes.'],
  ['a customer’s own question', 'not asked', 'C: So your budget is thirty thousand, right? | R: Yes.'],
  ['a statement nobody was asked about', 'not asked', 'R: So your budget is thirty thousand. I like that. | C: Yes.'],
  ['a yes to another question', 'not asked', 'R: So your budget is thirty thousand, right? And you start in May? | C: Yes.'],
  ['a no', 'denied', 'R: So your budget is thirty thousand, right? | C: No, it is not.'],
  ['a yes that is a no', 'denied', 'R: So your budget is thirty thousand, right? | C: Yes, well, not really.'],
  ['another number', 'numbers', 'R: So your budget is thirty thousand, right? | C: Yes, thirty five.'],
  ['listening noises', 'no answer', 'R: So your budget is thirty thousand, right? | C: Mm-hm.'],
  ['another topic', 'no answer', 'R: So your budget is thirty thousand, right? | C: Who told you?'],
])('does not take %s for a yes', (_, why, call) => {
  expect(verdict(call, 'your budget is thirty thousand')).toBe(why);
});

test('warns of a yes with a but, and of a question nobody can answer with yes', () => {
  expect(verdict('R: So you start in May, right? | C: Yes, if legal is happy.', 'you start in May')).toEqual([
    'So you start in May, right?',
    'Yes, if legal is happy.',
    'if',
  ]);
  expect(verdict('R: So you have no budget? | C: Yes.', 'you have no budget')).toEqual([
    'So you have no budget?',
    'Yes.',
    'asked with a not',
  ]);
});
