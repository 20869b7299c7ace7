import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addTouch, foldTouches, momentumAt, responseAt, stranger, type Tie, turn } from './tie.ts';
import type { Touch, Way } from './touch.ts';
import { tierAt, trustAt, trustOf } from './trust.ts';

const dayMs = 86_400_000;
const nowMs = Date.parse('2026-11-20T15:00:00.000Z');
const ago = (days: number, way: Way = 'in', over: Partial<Touch> = {}): Touch => ({
  at: new Date(nowMs - Math.round(days * dayMs)).toISOString(),
  minutes: 15,
  channel: 'email',
  way,
  ...over,
});
const R = (tie: Tie, atMs = nowMs) => {
  const { fast, slow } = responseAt(tie, atMs);
  return fast + slow;
};
const folded = (touches: readonly Touch[], prior = 0) => foldTouches(touches, nowMs, prior);
const each = (days: readonly number[], way: Way) => days.map((day) => ago(day, way));

const touch = fc
  .record({
    days: fc.double({ min: 0, max: 900, noNaN: true }),
    way: fc.constantFrom<Way>('in', 'out', 'both'),
    minutes: fc.integer({ min: 0, max: 90 }),
    channel: fc.constantFrom('call', 'meeting', 'email', 'message', 'sms', 'intro', 'other'),
    others: fc.integer({ min: 1, max: 25 }),
    bulk: fc.boolean(),
  })
  .map(({ days, way, ...over }) => ago(days, way, over));
const touches = fc.array(touch, { maxLength: 25 });
const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(b)));

test('one more contact never lowers R, in either direction', () => {
  fc.assert(
    fc.property(touches, touch, (some, more) => {
      const [before, after] = [folded(some), folded([...some, more])];
      expect(R(after)).toBeGreaterThanOrEqual(R(before) * (1 - 1e-12));
      expect(R(turn(after))).toBeGreaterThanOrEqual(R(turn(before)) * (1 - 1e-12));
    }),
  );
});

test('without contact R falls every day, towards what was told', () => {
  fc.assert(
    fc.property(touches, fc.double({ min: 0, max: 2, noNaN: true }), fc.integer({ min: 1, max: 900 }), (some, prior, days) => {
      const tie = folded(some, prior);
      const later = R(tie, nowMs + days * dayMs);
      if (R(tie) > prior) expect(later).toBeLessThan(R(tie));
      expect(later).toBeGreaterThanOrEqual(prior);
      close(R(tie, nowMs + 80_000 * dayMs), prior);
    }),
  );
});

test('moving everything by whole days, and the order the evidence comes in, change nothing', () => {
  fc.assert(
    fc.property(touches, fc.integer({ min: -500, max: 500 }), (some, days) => {
      const moved = some.map((one) => ({ ...one, at: new Date(Date.parse(one.at) + days * dayMs).toISOString() }));
      close(R(foldTouches(moved, nowMs + days * dayMs), nowMs + days * dayMs), R(folded(some)));
      close(R(folded([...some].reverse())), R(folded(some)));
    }),
  );
});

test('adding touch by touch equals folding the evidence, in any order within a day; a late one is told apart', () => {
  fc.assert(
    fc.property(touches, fc.integer(), (some, seed) => {
      const byDay = [...some].sort(
        (a, b) =>
          Math.floor(Date.parse(a.at) / dayMs) - Math.floor(Date.parse(b.at) / dayMs) ||
          ((Date.parse(a.at) ^ seed) >>> 0) - ((Date.parse(b.at) ^ seed) >>> 0),
      );
      let tie: Tie = stranger;
      for (const one of byDay) tie = addTouch(tie, one)!;
      close(R(tie), R(folded(some)));
    }),
  );
  expect(addTouch(folded([ago(1)]), ago(3))).toBeNull();
  expect(addTouch(folded([ago(1)]), ago(3, 'out'))).not.toBeNull();
});

test('a busy day is worth less than the same on as many days', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 20 }), (times) => {
      const spread = Array.from({ length: times }, (_, day) => ago(day));
      const burst = Array.from({ length: times }, () => ago(0));
      expect(R(folded(burst))).toBeLessThan(R(folded(spread)));
    }),
  );
});

test('a larger group is never worth more, and beyond twenty nothing; machine mail never', () => {
  const gains = Array.from({ length: 25 }, (_, i) => R(folded([ago(0, 'in', { others: i + 1 })])));
  for (const [i, gain] of gains.entries()) if (i > 0) expect(gain).toBeLessThanOrEqual(gains[i - 1]!);
  expect([gains[19]! > 0, gains[20]]).toEqual([true, 0]);
  expect(R(folded([ago(0, 'in', { bulk: true }), ago(0, 'in', { others: Number.NaN })]))).toBe(0);
});

test('directed: turning every contact around turns the tie around, and equal evidence is equal', () => {
  fc.assert(
    fc.property(touches, (some) => {
      const around = { in: 'out', out: 'in', both: 'both' } as const;
      const turned = some.map((one) => ({ ...one, way: around[one.way ?? 'both'] }));
      expect(folded(turned)).toEqual(turn(folded(some)));
      const both = folded(some.map((one) => ({ ...one, way: 'both' as const })));
      expect(turn(both)).toEqual(both);
    }),
  );
});

test('one way is never worth more than the same contacts shared between both', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 20 }), (theirs) => {
      const days = theirs.map((_, day) => day);
      const [ins, outs] = [days.filter((day) => theirs[day]), days.filter((day) => !theirs[day])];
      const sum = (tie: Tie) => R(tie) + R(turn(tie));
      expect(sum(folded(each(days, 'in')))).toBeLessThanOrEqual(sum(folded([...each(ins, 'in'), ...each(outs, 'out')])) + 1e-12);
      const even = days.map((day) => ago(day, day % 2 === 0 ? 'in' : 'out'));
      expect(R(folded(each(days, 'in')))).toBeLessThanOrEqual(R(folded(even)) + 1e-12);
    }),
  );
});

test('trust lies between nothing and one; R = 2 is a half', () => {
  fc.assert(
    fc.property(touches, (some) => {
      const known = trustAt(folded(some), nowMs);
      expect(known).toBeGreaterThanOrEqual(0);
      expect(known).toBeLessThan(1);
    }),
  );
  expect([trustOf(0), trustOf(2)]).toEqual([0, 0.5]);
});

test('a hundred mails never answered, either way, stay weak; one answer is what lifts them', () => {
  const days = Array.from({ length: 100 }, (_, day) => day);
  const unanswered = each(days, 'out');
  const tier = (some: readonly Touch[], prior = 0) => tierAt(folded(some, prior), nowMs);
  expect([tier(unanswered), tier(each(days, 'in')), tier([...unanswered, ago(5)])]).toEqual(['weak', 'weak', 'strong']);
  expect([tier([]), tier([ago(0), ago(0, 'out')]), tier([], 2)]).toEqual(['dormant', 'warm', 'strong']);
});

test('a time that is none, or that is still to come, does not count', () => {
  expect(folded([{ ...ago(0), at: 'soon' }, ago(-2)])).toEqual(stranger);
  expect(addTouch(stranger, { ...ago(0), at: 'soon' })).toEqual(stranger);
});

test('who is next: a conversation of this week comes before an older, larger one', () => {
  const [talking, known] = [folded([ago(0), ago(0, 'out')]), folded(each([20, 21, 22, 23, 24, 25], 'both'))];
  expect([R(talking) < R(known), momentumAt(talking, nowMs) > momentumAt(known, nowMs)]).toEqual([true, true]);
});
