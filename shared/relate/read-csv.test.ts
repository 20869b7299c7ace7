import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from './read-csv.ts';

const cells = (text: string) => readCsv(text).map((row) => row.cells);

test('quotes, commas and line ends inside quotes, either line end, no line end at the end', () => {
  expect(readCsv('\uFEFFa,"b ""c"", d"\r\n"x\ny",\nlast')).toEqual([
    { line: 1, cells: ['a', 'b "c", d'] },
    { line: 2, cells: ['x\ny', ''] },
    { line: 4, cells: ['last'] },
  ]);
  expect(readCsv('')).toEqual([]);
});

test('what is no row is told apart, and reading goes on behind it', () => {
  expect(cells('a,b"c\nd,e')).toEqual([null, ['d', 'e']]);
  expect(cells('"a"b,c\nd')).toEqual([null, ['d']]);
  expect(cells('a\n"b,c\nd')).toEqual([['a'], null]);
});

test('any table comes back as it was written', () => {
  const write = (table: string[][]) => table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
  const table = fc.array(fc.array(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(table, (it) => void expect(cells(write(it))).toEqual(it)),
    { numRuns: 300, seed: 7 },
  );
});
