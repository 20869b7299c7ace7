import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainTouch } from './explain-touch.ts';
import type { Touch } from './touch.ts';
import { trust } from './trust.ts';

const dayMs = 86_400_000;
const now = '2026-11-20T15:00:00.000Z';
const nowMs = Date.parse(now);
const ago = (days: number, minutes = 15, channel = 'call'): Touch => ({
  at: new Date(nowMs - days * dayMs).toISOString(),
  minutes,
  channel,
});

const touch = fc
  .record({
    days: fc.double({ min: 0, max: 900, noNaN: true }),
    minutes: fc.integer({ min: 0, max: 180 }),
    channel: fc.constantFrom('call', 'meeting', 'email', 'other'),
  })
  .map(({ days, minutes, channel }) => ago(days, minutes, channel));
const touches = fc.array(touch, { maxLength: 25 });
const just = 1e-12;

test('nobody is trusted unseen, and R = 2 is a half', () => {
  expect(trust([], now)).toBe(0);
  // One full call: log2(1 + 3) = 2, both memories, both ways.
  expect(trust([ago(0)], now)).toBeCloseTo((1.3 * 2 * 1.147) / (1.3 * 2 * 1.147 + 2), 12);
});

test('more contact never lowers it', () => {
  fc.assert(
    fc.property(touches, touch, (some, more) => {
      expect(trust([...some, more], now)).toBeGreaterThanOrEqual(trust(some, now) - just);
    }),
  );
});

test('a busy day is not lowered by an earlier contact on it', () => {
  const busy = Array.from({ length: 20 }, () => ago(0));
  expect(trust([...busy, ago(0.6)], now)).toBeGreaterThan(trust(busy, now));
});

test('time alone never raises it', () => {
  fc.assert(
    fc.property(touches, fc.integer({ min: 1, max: 1_000 }), (some, days) => {
      const later = new Date(nowMs + days * dayMs).toISOString();
      expect(trust(some, later)).toBeLessThanOrEqual(trust(some, now) + just);
    }),
  );
});

test('stays below one, and does not care for order or for moving everything by whole days', () => {
  fc.assert(
    fc.property(touches, fc.integer({ min: -500, max: 500 }), (some, days) => {
      const moved = (iso: string) => new Date(Date.parse(iso) + days * dayMs).toISOString();
      const at = trust(some, now);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(at).toBeLessThan(1);
      expect(trust([...some].reverse(), now)).toBeCloseTo(at, 12);
      expect(
        trust(
          some.map((one) => ({ ...one, at: moved(one.at) })),
          moved(now),
        ),
      ).toBeCloseTo(at, 12);
    }),
  );
});

test('ten contacts on one day are worth less than on ten days', () => {
  const burst = Array.from({ length: 10 }, () => ago(0));
  const spread = Array.from({ length: 10 }, (_, i) => ago(i));
  expect(trust(burst, now)).toBeLessThan(trust(spread, now));
  expect(trust(burst, now) / trust([ago(0)], now)).toBeLessThan(2);
});

test('a real conversation counts more than a missed one, and tomorrow’s does not count', () => {
  expect(trust([ago(1, 15)], now)).toBeGreaterThan(trust([ago(1, 0)], now));
  expect(trust([ago(-1)], now)).toBe(0);
});

test.each([
  [[], 'You never spoke'],
  [[ago(0)], 'You spoke once, today'],
  [[ago(9), ago(1)], 'You spoke twice, last yesterday'],
  [[ago(3), ago(9), ago(30)], 'You spoke 3 times, last on Tuesday'],
  [[ago(9)], 'You spoke once, on November 11'],
])('says why: %#', (some, said) => {
  expect(explainTouch(some, now, 'America/New_York')).toBe(said);
});
