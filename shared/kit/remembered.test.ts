import { expect, test } from 'vitest';
import { type Known, remembered } from './remembered.ts';
import { failed, ok } from './result.ts';

/** A place that keeps two answers for ten milliseconds, and what it was asked. */
function place() {
  const known: Known<string> = new Map();
  const asked: string[] = [];
  const at = (nowMs: number, address: string, answer = ok(address)) =>
    remembered(known, address, { nowMs, keptMs: 10, entriesMax: 2 }, async () => {
      asked.push(`${address} at ${nowMs}`);
      return answer;
    });
  return { known, asked, at };
}

test('asks once as long as the answer will do, and anew afterwards', async () => {
  const { asked, at } = place();
  for (const nowMs of [0, 9, 10, 19]) expect(await at(nowMs, 'a')).toEqual(ok('a'));
  expect(asked).toEqual(['a at 0', 'a at 10']);
});

test('keeps no fault', async () => {
  const known: Known<string> = new Map();
  const keeping = { nowMs: 0, keptMs: 10, entriesMax: 2 };
  expect(await remembered(known, 'a', keeping, async () => failed('no'))).toEqual(failed('no'));
  expect(known.size).toBe(0);
});

test('the oldest answer makes room', async () => {
  const { known, at } = place();
  for (const [n, address] of ['a', 'b', 'a', 'c'].entries()) await at(n * 10, address);
  expect([...known.keys()]).toEqual(['a', 'c']);
});
