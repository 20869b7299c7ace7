import fc from 'fast-check';
import { expect, test } from 'vitest';
import { automatonOf } from './automaton.ts';

const found = (patterns: readonly (readonly number[])[], symbols: readonly number[]) => {
  const hits: [number, number][] = [];
  automatonOf(patterns).scan(symbols, (pattern, lastAt) => hits.push([pattern, lastAt]));
  return hits;
};

test('finds what lies within what, the longest first, and the same twice in their order', () => {
  expect(found([[1, 2], [2], [1, 2], [0, 1, 2, 3]], [0, 1, 2, 3])).toEqual([
    [0, 2],
    [2, 2],
    [1, 2],
    [3, 3],
  ]);
});

test('goes on where another pattern has begun, and begins anew at a symbol that nobody knows', () => {
  expect(
    found(
      [
        [1, 1, 2],
        [1, 2, 3],
      ],
      [1, 1, 1, 2, 3, -1, 1, 2, -1, 3],
    ),
  ).toEqual([
    [0, 3],
    [1, 4],
  ]);
});

test('finds nothing with no patterns, and never an empty one', () => {
  expect(found([], [1, 2])).toEqual([]);
  expect(found([[]], [1, 2])).toEqual([]);
});

test('finds exactly what looking at every place finds', () => {
  const row = (max: number) => fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: max });
  fc.assert(
    fc.property(fc.array(row(5), { maxLength: 30 }), row(40), (patterns, symbols) => {
      const slow = patterns.flatMap((pattern, at) =>
        symbols.flatMap((_, first) =>
          pattern.length > 0 && first + pattern.length <= symbols.length && pattern.every((one, i) => symbols[first + i] === one)
            ? [`${at}@${first + pattern.length - 1}`]
            : [],
        ),
      );
      expect(
        found(patterns, symbols)
          .map(([pattern, lastAt]) => `${pattern}@${lastAt}`)
          .sort(),
      ).toEqual(slow.sort());
    }),
    { numRuns: 500, seed: 20_261_122 },
  );
});
