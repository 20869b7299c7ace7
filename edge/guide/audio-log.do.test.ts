import { env, runInDurableObject } from 'cloudflare:test';
import { expect, test } from 'vitest';
import type { Env } from '../env.ts';
import { callStub } from '../stubs.ts';
import { AudioLog } from './audio-log.ts';

const bindings = env as unknown as Env;
const frame = (byte: number, ms = 20) => new Uint8Array(ms * 8).fill(byte);

/** A log in the storage of an object of its own. `again` opens it anew, as after a kill. */
const inLog = <T>(work: (log: AudioLog, again: () => AudioLog) => T): Promise<T> =>
  runInDurableObject(callStub(bindings, crypto.randomUUID(), crypto.randomUUID()), (_, state) => {
    const open = () => new AudioLog(state.storage.sql);
    return work(open(), open);
  });
/** What there is for each 20 ms. */
function heard(log: AudioLog): [number, number][] {
  return [...log.of('rep')].flatMap(({ atMs, bytes }) =>
    Array.from({ length: bytes.length / 160 }, (_, n): [number, number] => [atMs + n * 20, bytes[n * 160] ?? -1]),
  );
}
const order = [0, 3, 1, 2, 2, 4, 9, 5, 6, 5, 8];

test('frames late, doubled and lost come out once, in order, at their time', async () => {
  const got = await inLog((log) => {
    for (const n of order) log.add('rep', n * 20, frame(n));
    return { heard: heard(log), missing: log.missingMs('rep', 0, 200), reached: log.reachedMs() };
  });
  expect(got).toEqual({ heard: [0, 1, 2, 3, 4, 5, 6, 8, 9].map((n) => [n * 20, n]), missing: 20, reached: 200 });
});

test('a frame that comes again after it was stored takes nothing of what follows it', async () => {
  const got = await inLog((log) => {
    log.add('rep', 100, frame(1));
    log.flush();
    for (const n of [0, 1, 2]) log.add('rep', 100 + n * 20, frame(n + 1));
    return heard(log);
  });
  expect(got).toEqual([
    [100, 1],
    [120, 2],
    [140, 3],
  ]);
});

test('a kill costs half a second a side at most', async () => {
  const got = await inLog((log, again) => {
    for (let n = 0; n < 240; n++) log.add('rep', n * 20, frame(1));
    return again().reachedMs();
  });
  expect(got).toBeGreaterThanOrEqual(4_800 - 500);
});

test('what was laid beside it counts where it runs; before it, and clearly after it, what was heard does', async () => {
  const got = await inLog((log) => {
    for (const n of [0, 1, 2, 150, 200]) log.add('rep', n * 20, frame(1));
    log.mend('rep', 40, frame(2, 40));
    log.mend('rep', 80, frame(2, 20));
    return heard(log);
  });
  expect(got).toEqual([
    [0, 1],
    [20, 1],
    [40, 2],
    [60, 2],
    [80, 2],
    [3_000, 1],
    [4_000, 1],
  ]);
});

test('cleared, nothing is left of either', async () => {
  const got = await inLog((log) => {
    log.add('rep', 0, frame(1));
    log.mend('rep', 0, frame(2));
    log.clear();
    return [log.isEmpty(), heard(log)];
  });
  expect(got).toEqual([true, []]);
});
