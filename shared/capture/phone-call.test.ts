import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hearPhone, isOver, type LegStatus, type PhoneHeard, type PhoneState, sayWhy } from './phone-call.ts';

const out: PhoneState = { direction: 'out', phase: 'asked', why: null };
const rings: PhoneState = { direction: 'in', phase: 'ringing-rep', why: null };
const leg = (leg: 'rep' | 'customer', status: LegStatus): PhoneHeard => ({ is: 'leg', leg, status });
const told = (from: PhoneState, ...heard: PhoneHeard[]) => heard.reduce(hearPhone, from);
const placed: PhoneHeard = { is: 'placed' };

test('a call out goes from the press to both talking to its end', () => {
  const steps = [
    placed,
    leg('rep', 'ringing'),
    leg('rep', 'answered'),
    { is: 'accepted' } as const,
    leg('customer', 'ringing'),
    leg('customer', 'answered'),
    leg('customer', 'completed'),
    leg('rep', 'completed'),
  ];
  const phases = steps.map((_, n) => told(out, ...steps.slice(0, n + 1)).phase);
  expect(phases).toEqual([
    'ringing-rep',
    'ringing-rep',
    'ringing-rep',
    'ringing-customer',
    'ringing-customer',
    'talking',
    'ended',
    'ended',
  ]);
});

test('a call in is the rep’s to take', () => {
  expect(told(rings, leg('rep', 'ringing'), leg('rep', 'answered')).phase).toBe('ringing-rep');
  expect(told(rings, leg('rep', 'answered'), { is: 'accepted' }).phase).toBe('talking');
  expect(told(rings, leg('rep', 'canceled'))).toEqual({ ...rings, phase: 'ended', why: 'hung-up' });
  expect(told(rings, leg('rep', 'no-answer'))).toEqual({ ...rings, phase: 'failed', why: 'rep-no-answer' });
  expect(told(rings, leg('customer', 'completed'))).toEqual({ ...rings, phase: 'ended', why: 'hung-up' });
});

test.each([out, rings])('a phone that was picked up and laid down without a key was nobody’s: %o', (from) => {
  expect(told(from, placed, leg('rep', 'answered'), leg('rep', 'completed'))).toMatchObject({ phase: 'failed', why: 'rep-no-answer' });
});

describe('what comes to nothing says why', () => {
  test.each([
    ['rep', 'busy', 'rep-busy'],
    ['rep', 'no-answer', 'rep-no-answer'],
    ['rep', 'failed', 'rep-unreachable'],
    ['customer', 'busy', 'customer-busy'],
    ['customer', 'no-answer', 'customer-no-answer'],
    ['customer', 'failed', 'customer-unreachable'],
  ] as const)('%s %s', (who, status, why) => {
    expect(told(out, placed, leg(who, status))).toEqual({ direction: 'out', phase: 'failed', why });
    expect(sayWhy({ direction: 'out', why }, 'Maya')).toMatch(/Maya/);
  });

  test('also when the rep’s phone says goodbye before the customer’s says why', () => {
    const rung: PhoneHeard[] = [placed, leg('rep', 'answered'), { is: 'accepted' }, leg('rep', 'completed'), leg('customer', 'busy')];
    expect(told(out, ...rung)).toEqual({ direction: 'out', phase: 'failed', why: 'customer-busy' });
  });

  test('a network that refuses is heard before it rings, and not afterwards', () => {
    expect(told(out, { is: 'refused', why: 'no-funds' })).toEqual({ direction: 'out', phase: 'failed', why: 'no-funds' });
    expect(told(out, placed, { is: 'refused', why: 'no-funds' }).phase).toBe('ringing-rep');
  });
});

test('whatever comes, twice or in any order: never back, and what is over stays over', () => {
  const statuses: LegStatus[] = ['ringing', 'answered', 'completed', 'busy', 'no-answer', 'failed', 'canceled'];
  const anything = fc.array(
    fc.oneof(
      fc.constant<PhoneHeard>(placed),
      fc.constant<PhoneHeard>({ is: 'hung-up' }),
      fc.constant<PhoneHeard>({ is: 'accepted' }),
      fc.tuple(fc.constantFrom('rep' as const, 'customer' as const), fc.constantFrom(...statuses)).map(([who, status]) => leg(who, status)),
    ),
    { maxLength: 20 },
  );
  const rank = ['asked', 'ringing-rep', 'ringing-customer', 'talking', 'ended', 'failed'];
  fc.assert(
    fc.property(fc.constantFrom(out, rings), anything, (from, heard) => {
      let call = from;
      for (const one of heard) {
        const next = hearPhone(call, one);
        expect(rank.indexOf(next.phase)).toBeGreaterThanOrEqual(rank.indexOf(call.phase));
        expect(isOver(call) && !isOver(next)).toBe(false);
        expect(hearPhone(next, one)).toEqual(next);
        call = next;
      }
    }),
  );
});
