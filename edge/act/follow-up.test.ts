import { expect, test } from 'vitest';
import { newFollowUp } from './follow-up.ts';

/** Calls end when they are told to; waits are written down and run by hand. */
function desk() {
  const log: string[] = [];
  const open = new Map<string, (outcome: 'done' | 'again' | 'throw') => void>();
  const waits: { ms: number; work: () => void }[] = [];
  const waited: number[] = [];
  const kept = new Set<string>();
  const up = newFollowUp({
    take: (callId) =>
      new Promise((done, fail) => {
        log.push(`took ${callId}`);
        open.set(callId, (outcome) => (outcome === 'throw' ? fail(new Error('database away')) : done(outcome)));
      }),
    postpone: async (callId) => void log.push(`postponed ${callId}`),
    keep: (callId) => void kept.add(callId),
    forget: (callId) => void kept.delete(callId),
    after: (ms, work) => {
      waited.push(ms);
      waits.push({ ms, work });
    },
  });
  const end = async (callId: string, outcome: 'done' | 'again' | 'throw') => {
    open.get(callId)?.(outcome);
    for (let n = 0; n < 5; n++) await Promise.resolve();
  };
  return { up, log, waits, waited, kept, end };
}

test('a few at once; the next begins when one is done, and one that hangs holds up none of the others', async () => {
  const { up, log, end } = desk();
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) up.add(id);
  expect(log).toEqual(['took a', 'took b', 'took c', 'took d']);
  await end('b', 'done');
  await end('c', 'done');
  expect(log.slice(4)).toEqual(['took e', 'took f']);
});

test('a call that is held already is not taken twice; one that was done may come again', async () => {
  const { up, log, end } = desk();
  expect([up.add('a'), up.add('a')]).toEqual([true, true]);
  await end('a', 'done');
  up.add('a');
  expect(log).toEqual(['took a', 'took a']);
});

test('what may pass comes again later each time, and its place is free meanwhile; what lasts is left to the sweep', async () => {
  const { up, log, waits, waited, end } = desk();
  for (const id of ['a', 'b', 'c', 'd', 'e']) up.add(id);
  await end('a', 'again');
  expect(log).toContain('took e');
  await end('e', 'done');
  waits.splice(0).at(-1)?.work();
  for (const outcome of ['throw', 'again', 'throw', 'again', 'throw', 'again', 'throw', 'again', 'throw'] as const) {
    await end('a', outcome);
    waits.splice(0).at(-1)?.work();
  }
  expect(waited).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000, 15_000]);
  expect(log.filter((line) => line.endsWith(' a'))).toEqual([...Array(10).fill('took a'), 'postponed a']);
  expect(up.held()).toBe(3);
});

test('a call is kept until all that follows was done, or until the sweep has it: a crash in between loses none', async () => {
  const { up, kept, waits, end } = desk();
  up.add('a');
  up.add('b');
  expect([...kept]).toEqual(['a', 'b']);
  await end('a', 'done');
  await end('b', 'again');
  expect([...kept]).toEqual(['b']);
  for (let tries = 1; tries < 10; tries++) {
    waits.splice(0).at(-1)?.work();
    expect([...kept]).toEqual(['b']);
    await end('b', 'again');
  }
  expect([...kept]).toEqual([]);
});

test('holds a thousand and no more', () => {
  const { up } = desk();
  const taken = Array.from({ length: 1_001 }, (_, n) => up.add(`call-${n}`));
  expect([taken.filter(Boolean).length, taken.at(-1)]).toEqual([1_000, false]);
});
