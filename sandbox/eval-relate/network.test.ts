import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Network } from './network.ts';
import { linesOf, readTouches } from './read.ts';

test('reads plain files and packed ones alike, whatever they are called', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ros-relate-'));
  try {
    const path = join(folder, 'touches.csv');
    const text = 'at,kind,from,to,group\r\n10,email,1,2,1\r\n\r\n';
    for (const bytes of [text, gzipSync(text)]) {
      writeFileSync(path, bytes);
      expect(readTouches(linesOf(path)).rows).toEqual([
        { atMs: 10_000, from: '1', to: '2', touch: { at: '1970-01-01T00:00:10.000Z', minutes: 15, channel: 'email', others: 1 } },
      ]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('sorts by time, counts what is no touch, and wants its first line', () => {
  const lines = ['to,from,at', '2,1,20', '1,1,5', ',1,5', '2,1,soon', '2,1,', '1,2,10'];
  const { rows, refused } = readTouches(lines);
  expect([rows.map(({ atMs, from }) => [atMs, from]), refused]).toEqual([
    [
      [10_000, '2'],
      [20_000, '1'],
    ],
    4,
  ]);
  expect(() => readTouches(['1,2,3'])).toThrow('a first line');
});

test('who writes ranks above who is only written to, and a stranger is nothing', () => {
  const network = new Network();
  const rows = ['at,kind,from,to,group', '0,email,1,2,1', '90000,email,2,1,1', '90001,email,1,3,1', '90002,email,4,1,99'];
  for (const row of readTouches(rows).rows) network.add(row);
  const [two, three, four] = ['2', '3', '4'].map((other) => network.judge('1', other, 100_000_000));
  expect([two!.reply > three!.reply, two!.trust > three!.trust, three!.reach > 0]).toEqual([true, true, true]);
  expect(four).toEqual({ reach: 0, reply: 0, trust: 0 });
});
