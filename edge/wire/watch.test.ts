import { beforeEach, expect, test, vi } from 'vitest';
import type { KnownAlert } from '../../shared/act/notices.ts';
import type { Figures } from '../../shared/act/slo.ts';
import { openWatch } from './watch.ts';

const quiet: Figures = {
  tookMs: 1,
  due: { count: 0, oldestMs: null, p99Ms: null },
  held: { count: 0, oldestMs: null },
  lag: { count: 0, p50Ms: null, p95Ms: null, maxMs: null },
  tries: { count: 0, failed: 0 },
  parked: { lastHour: {}, inAll: 0 },
  calls: { count: 0, oldestMs: null },
  inbox: { count: 0, oldestMs: null },
  needsReconnect: 0,
  lettersAside: 0,
};
const stuck: Figures = { ...quiet, calls: { count: 1, oldestMs: 3_600_000 } };

beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));

/** A watch over what a test says the world is. */
function watched() {
  const world = {
    minute: 0,
    figures: quiet as Figures | 'away',
    keys: true,
    reachable: true,
    told: [] as string[],
    stored: [] as KnownAlert[],
  };
  const watch = openWatch({
    now: () => world.minute * 60_000,
    read: async () => {
      if (world.figures === 'away') throw new Error('no database');
      return { figures: world.figures, keys: world.keys };
    },
    load: async () => world.stored,
    save: async (known) => {
      world.stored = [...known];
    },
    tell: async (notices) => {
      if (world.reachable) world.told.push(...notices.map(({ name, is }) => `${world.minute} ${name} ${is}`));
      return world.reachable;
    },
  });
  return {
    world,
    async pass(minutes: number) {
      for (let n = 0; n < minutes; n++, world.minute++) await watch();
    },
  };
}

test('tells once, remembers it, and says when it is over', async () => {
  const { world, pass } = watched();
  world.figures = stuck;
  await pass(3);
  world.figures = quiet;
  await pass(10);
  expect(world.told).toEqual(['0 calls-stuck raised', '7 calls-stuck over']);
  expect(world.stored).toEqual([]);
});

test('tries again in a minute when nobody could be told', async () => {
  const { world, pass } = watched();
  Object.assign(world, { figures: stuck, reachable: false });
  await pass(2);
  world.reachable = true;
  await pass(2);
  expect(world.told).toEqual(['2 calls-stuck raised']);
});

test('a database that is away is told without it, once an hour, and ends nothing else', async () => {
  const { world, pass } = watched();
  world.figures = stuck;
  await pass(1);
  world.figures = 'away';
  await pass(62);
  world.figures = stuck;
  await pass(8);
  expect(world.told).toEqual([
    '0 calls-stuck raised',
    '1 database-away raised',
    '61 database-away still',
    '63 calls-stuck still',
    '67 database-away over',
  ]);
});

test('a master key that is missing is told', async () => {
  const { world, pass } = watched();
  world.keys = false;
  await pass(1);
  expect(world.told).toEqual(['0 keys-missing raised']);
});

test('a line says which alert and how much, and nothing else', async () => {
  const { world, pass } = watched();
  world.figures = stuck;
  await pass(1);
  expect(vi.mocked(console.log).mock.calls).toEqual([
    [JSON.stringify({ level: 'error', at: 'cron', what: 'alert-raised', kind: 'calls-stuck', count: 1, ms: 3_600_000 })],
  ]);
});
