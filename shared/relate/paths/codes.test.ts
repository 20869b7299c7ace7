import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factorCode, factors } from './factor.ts';
import { fastAt, personAt, placeFor, slowAt, writeArc } from './lists.ts';
import { boundOf, codeOf, marks, peopleOf, putCode, putMark } from './people.ts';
import { reachCode, reaches } from './reach.ts';
import { strengthCode, strengths } from './strength.ts';

test('twelve bits keep a strength to three in a thousand', () => {
  fc.assert(
    fc.property(fc.double({ min: -19.9, max: 11.9, noNaN: true }), (octave) => {
      const strength = 2 ** octave;
      expect(Math.abs((strengths[strengthCode(strength)] ?? 0) / strength - 1)).toBeLessThan(0.003);
    }),
  );
  expect([0, -1, Number.NaN, 1e-9, 1e9, Number.POSITIVE_INFINITY].map(strengthCode)).toEqual([0, 0, 0, 0, 4_095, 4_095]);
});

test('a bound never promises less than it was made of, and at most a step more', () => {
  fc.assert(
    fc.property(fc.double({ min: 2 ** -15.8, max: 1, noNaN: true }), (score) => {
      const bound = reaches[reachCode(score)] ?? 0;
      expect(bound).toBeGreaterThanOrEqual(score);
      expect(bound / score).toBeLessThan(2 ** (1.01 / 16));
    }),
  );
  expect([reachCode(0), reachCode(-1), reachCode(1e-30), reachCode(1)]).toEqual([255, 255, 254, 0]);
});

test('the quiet pass things on at a quarter, the busy nearly whole; who refuses counts less', () => {
  expect([0, 2, 1e9].map((days) => factors[factorCode(days)]?.toFixed(2))).toEqual(['0.25', '0.65', '1.00']);
  expect(factorCode(1e9, 0.5)).toBeLessThan(factorCode(1e9));
  expect(factorCode(1, 0)).toBe(0);
});

test('an arc keeps 24 bits of person and both codes; a word keeps mark and bounds apart', () => {
  fc.assert(
    fc.property(fc.nat(0xffffff), fc.nat(4_095), fc.nat(4_095), fc.nat(2), (person, fast, slow, at) => {
      const arcs = new Uint16Array(9);
      writeArc(arcs, at * 3, person, fast, slow);
      expect([personAt(arcs, at * 3), fastAt(arcs, at * 3), slowAt(arcs, at * 3)]).toEqual([person, fast, slow]);
    }),
  );
  fc.assert(
    fc.property(fc.nat(255), fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)), (mark, codes) => {
      const people = peopleOf(Uint8Array.of(15));
      for (const [at, code] of codes.entries()) putCode(people, 0, at + 1, code);
      putMark(people, 0, mark);
      expect([(people[0] ?? 0) & 255, ...[1, 2, 3].map((hops) => codeOf(people[0] ?? 0, hops))]).toEqual([mark, ...codes]);
    }),
  );
  expect([boundOf(peopleOf(Uint8Array.of(3))[0] ?? 0, 3), (peopleOf(Uint8Array.of(0xff))[0] ?? 0) & marks.member]).toEqual([0, 0]);
});

test('the place for a strength is before the first arc that is weaker', () => {
  const strength = fc.nat(4_095).map((code) => strengths[code] ?? 0);
  fc.assert(
    fc.property(fc.array(strength, { maxLength: 20 }), strength, (some, wanted) => {
      const sorted = [...some].sort((a, b) => b - a);
      const arcs = new Uint16Array(sorted.length * 3);
      for (const [at, one] of sorted.entries()) writeArc(arcs, at * 3, at, strengthCode(one), 0);
      const first = sorted.findIndex((one) => one < wanted);
      expect(placeFor(arcs, wanted)).toBe(3 * (first < 0 ? sorted.length : first));
      if (sorted[0] !== undefined) expect(placeFor(arcs, sorted[0])).toBe(3 * sorted.filter((one) => one === sorted[0]).length);
    }),
  );
});
