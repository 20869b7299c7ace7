import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clock, instantIn, isoIn, nextBusinessDay, partsIn, sayDate, sayFullDate, sayTime } from './time.ts';

const newYork = 'America/New_York';

test('reads the clock on the wall of a time zone', () => {
  expect(partsIn(Date.parse('2026-11-20T03:04:05Z'), newYork)).toEqual({
    year: 2026,
    month: 11,
    day: 19,
    hour: 22,
    minute: 4,
    second: 5,
    weekday: 4,
  });
  expect(partsIn(Date.parse('2026-11-20T00:00:00Z'), 'UTC')).toMatchObject({ day: 20, hour: 0 });
});

test.each([
  ['2026-11-20T14:00:00Z', newYork, '2026-11-20T09:00:00-05:00'],
  ['2026-07-01T14:00:00Z', newYork, '2026-07-01T10:00:00-04:00'],
  ['2026-07-01T14:00:00Z', 'Asia/Kolkata', '2026-07-01T19:30:00+05:30'],
  ['2026-07-01T14:00:00Z', 'UTC', '2026-07-01T14:00:00+00:00'],
])('says %s in %s with its offset', (instant, zone, said) => {
  expect(isoIn(Date.parse(instant), zone)).toBe(said);
});

test('moves a time that the clock change skips forward', () => {
  expect(isoIn(instantIn({ year: 2026, month: 3, day: 8, hour: 2, minute: 30 }, newYork), newYork)).toBe('2026-03-08T03:30:00-04:00');
});

test('finds back the instant of any wall clock it read', () => {
  const zones = fc.constantFrom(newYork, 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Auckland', 'America/Sao_Paulo', 'UTC');
  const minutes = fc.integer({ min: 27_000_000, max: 31_000_000 });
  fc.assert(
    fc.property(zones, minutes, (zone, minute) => {
      const local = partsIn(minute * 60_000, zone);
      expect(partsIn(instantIn(local, zone), zone)).toEqual(local);
      expect(Date.parse(isoIn(minute * 60_000, zone))).toBe(minute * 60_000);
    }),
  );
});

test.each([
  ['a Friday evening', '2026-11-20T23:30:00Z', '2026-11-23T09:00:00-05:00'],
  ['a Saturday', '2026-11-21T15:00:00Z', '2026-11-23T09:00:00-05:00'],
  ['a weekday', '2026-11-18T15:00:00Z', '2026-11-19T09:00:00-05:00'],
  ['the Friday before the clocks change', '2026-10-30T15:00:00Z', '2026-11-02T09:00:00-05:00'],
])('the next business day after %s', (_, from, to) => {
  expect(nextBusinessDay(from, newYork)).toBe(to);
});

test.each([
  ['2026-11-18T01:00:00Z', 'yesterday'],
  ['2026-11-19T01:00:00Z', 'today'],
  ['2026-11-20T01:00:00Z', 'tomorrow'],
  ['2026-11-21T15:00:00Z', 'Saturday'],
  ['2026-11-13T15:00:00Z', 'Friday'],
  ['2026-11-30T15:00:00Z', 'November 30'],
  ['2027-01-04T15:00:00Z', 'January 4, 2027'],
])('says %s as people would on the evening of November 18: %s', (then, said) => {
  expect(sayDate(then, '2026-11-19T01:00:00Z', newYork)).toBe(said);
});

test('says a full date and a time of day', () => {
  expect(sayFullDate('2026-11-20T03:00:00Z', newYork)).toBe('Thursday, November 19');
  expect([sayTime('2026-11-20T15:00:00Z', newYork), sayTime('2026-11-20T17:05:00Z', newYork)]).toEqual(['10 AM', '12:05 PM']);
});

test.each([
  [0, '00:00'],
  [761_999, '12:41'],
  [3_727_000, '1:02:07'],
  [-5, '00:00'],
])('%s ms into the call is %s', (ms, said) => {
  expect(clock(ms)).toBe(said);
});
