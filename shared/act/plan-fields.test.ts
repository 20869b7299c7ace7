import { expect, test } from 'vitest';
import { quietInsight } from '../contracts/quiet-insight.ts';
import type { Evidence } from '../contracts/transcript.ts';
import { dealFields } from './fields.ts';
import { planFields } from './plan-fields.ts';

const call = { customerName: 'Maya Lindqvist', startedAt: '2026-11-18T19:00:00Z', timeZone: 'America/New_York' };
const names = dealFields.salesforce;
const standing = ['NextStep', 'Amount', 'CloseDate'].map((field) => ({ field, label: field, value: null as string | null }));
const said = (quote: string, role: Evidence['role'] = 'customer'): Evidence => ({
  quote,
  seq: 1,
  role,
  speaker: 'Maya Lindqvist',
  startMs: 0,
  endMs: 1,
});
const amount = (quote: string, role: Evidence['role'] = 'customer', now: string | null = null) => {
  const signal = { type: 'budget', confidence: 0.9, evidence: said(quote, role) } as const;
  const fields = standing.map((one) => (one.field === 'Amount' ? { ...one, value: now } : one));
  return planFields(quietInsight({ buyingSignals: [signal] }), call, names, fields)[0]?.body.to;
};

test.each([
  ['Our budget is $60,000.', '60000'],
  ['We have sixty thousand dollars set aside.', '60000'],
  ['The budget is 60k euros.', '60000'],
])('takes the one sum of %s', (quote, value) => {
  expect(amount(quote)).toBe(value);
});

test.each([
  ['no sum', 'We have a budget for this.'],
  ['a number that is no money', 'We have budget for sixty people.'],
  ['two sums', 'Our budget is $60,000, maximum $70,000.'],
  ['a price of a part', 'We have $60 per seat.'],
  ['a condition', 'If legal agrees we have $60,000.'],
  ['a question', 'Would $60,000 be enough?'],
])('is silent about %s', (_, quote) => {
  expect(amount(quote)).toBeUndefined();
});

test('is silent about what the rep said, and about what stands there already', () => {
  expect(amount('Your budget is $60,000.', 'rep')).toBeUndefined();
  expect(amount('Our budget is $60,000.', 'customer', '60000.00')).toBeUndefined();
});

const understood = (quote: string, more: object = {}) => {
  const budget = { state: 'available' as const, amount: 60_000, confidence: 0.9, evidence: said(quote), ...more };
  return planFields(quietInsight({ budget }), call, names, standing)[0]?.body.to;
};

test('the budget as it was understood is the amount, unless it is a range, of a part or a month, in doubt, or one of two sums', () => {
  expect(understood('Our budget is $60,000.')).toBe('60000');
  expect(understood('It is $60,000.', { amountTo: 70_000 })).toBeUndefined();
  expect(understood('It is $60,000.', { per: 'seat' })).toBeUndefined();
  expect(understood('It is $60,000.', { period: 'month' })).toBeUndefined();
  expect(understood('It is $60,000.', { state: 'unsure' })).toBeUndefined();
  expect(understood('It is $60,000.', { confidence: 0.6 })).toBeUndefined();
  expect(understood('If legal agrees we have $60,000.')).toBeUndefined();
  expect(understood('Our budget is $60,000, maximum $70,000.')).toBeUndefined();
});

const closes = (quote: string) => {
  const signal = { type: 'commit', confidence: 0.9, evidence: said(quote) } as const;
  return planFields(quietInsight({ buyingSignals: [signal] }), call, names, standing)[0]?.body.to;
};

test('a day on which they want to sign is the close date, in their own calendar; another day is not', () => {
  expect(closes('We will sign by December 15th.')).toBe('2026-12-15');
  expect(closes('We are happy to meet by December 15th.')).toBeUndefined();
  expect(closes('We might sign by December 15th.')).toBeUndefined();
});

test('a field that the CRM does not have, and a step too long for it, are left out', () => {
  const step = {
    text: 'Send the plan',
    owner: 'rep',
    hedged: false,
    confidence: 0.9,
    evidence: said('I will send the plan', 'rep'),
  } as const;
  const of = (text: string, fields = standing) => planFields(quietInsight({ nextSteps: [{ ...step, text }] }), call, names, fields);
  expect(of('Send the plan')).toHaveLength(1);
  expect(of('Send the plan', [])).toEqual([]);
  expect(of(`Send ${'the plan '.repeat(40)}`)).toEqual([]);
});
