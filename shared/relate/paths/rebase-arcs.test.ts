import { expect, test } from 'vitest';
import { fastAt, personAt, slowAt, strengthAt, wordsPerArc, writeArc } from './lists.ts';
import { rebaseArcs } from './rebase-arcs.ts';
import { strengthCode, strengths } from './strength.ts';

const arcsOf = (rows: readonly (readonly [number, number, number])[]) => {
  const arcs = new Uint16Array(rows.length * wordsPerArc);
  for (const [at, [person, fast, slow]] of rows.entries()) writeArc(arcs, at * wordsPerArc, person, strengthCode(fast), strengthCode(slow));
  return arcs;
};

test('a later epoch fades each scale by its own half-life, and puts first who is strongest then', () => {
  const rebased = rebaseArcs(
    arcsOf([
      [7, 4, 0],
      [70_000, 0, 3],
    ]),
    28,
  );
  const seen = [0, wordsPerArc].map((at) => [personAt(rebased, at), strengths[fastAt(rebased, at)], strengths[slowAt(rebased, at)]]);
  expect(seen).toEqual([
    [70_000, 0, expect.closeTo(3 * 2 ** (-28 / 180), 1)],
    [7, 1, 0],
  ]);
});

test('nothing is stronger at a later epoch, after any number of moves, and nothing is left of what is too weak to write', () => {
  const arcs = arcsOf([
    [1, 900, 2],
    [2, 3, 0.2],
    [3, 2 ** -20, 2 ** -20],
  ]);
  for (let days = 1; days <= 60; days++) {
    const [at, before] = [rebaseArcs(arcs, days), rebaseArcs(arcs, days - 1)];
    for (const place of [0, 3, 6]) {
      const here = [0, 3, 6].find((one) => personAt(before, one) === personAt(at, place)) ?? -1;
      expect(strengthAt(at, place)).toBeLessThan(strengthAt(before, here) || 1);
    }
  }
  expect(slowAt(rebaseArcs(arcs, 400), 6)).toBe(0);
});
