import { expect, test } from 'vitest';
import { type Figures, judge } from './slo.ts';

const quiet: Figures = {
  tookMs: 12,
  due: { count: 3, oldestMs: 900, p99Ms: 1_400 },
  held: { count: 0, oldestMs: null },
  lag: { count: 40, p50Ms: 900, p95Ms: 4_000, maxMs: 9_000 },
  tries: { count: 200, failed: 4 },
  parked: { lastHour: {}, inAll: 2 },
  calls: { count: 1, oldestMs: 2_000 },
  inbox: { count: 1, oldestMs: 2_000 },
  needsReconnect: 0,
  lettersAside: 0,
};
const names = (over: Partial<Figures>) => judge({ ...quiet, ...over }).map(({ name, level }) => `${level} ${name}`);

test('says nothing of a good hour, or of one in which nothing happened', () => {
  expect(judge(quiet)).toEqual([]);
  const empty = { count: 0, oldestMs: null };
  expect(
    names({
      due: { ...empty, p99Ms: null },
      lag: { count: 0, p50Ms: null, p95Ms: null, maxMs: null },
      tries: { count: 0, failed: 0 },
      calls: empty,
      inbox: empty,
    }),
  ).toEqual([]);
});

test.each<[string, Partial<Figures>, string[]]>([
  ['a database that takes longer than an acknowledgement may', { tookMs: 1_001 }, ['warn ack-slow']],
  ['a slow hour', { lag: { count: 20, p50Ms: 1, p95Ms: 5_001, maxMs: 9_000 } }, ['warn lag-slow']],
  ['few slow calls are no slow hour', { lag: { count: 19, p50Ms: 1, p95Ms: 5_001, maxMs: 9_000 } }, []],
  ['one call later than two minutes', { lag: { count: 1, p50Ms: 1, p95Ms: 1, maxMs: 120_001 } }, ['error lag-late']],
  ['an old outbox', { due: { count: 9, oldestMs: 700_000, p99Ms: 600_001 } }, ['error outbox-old']],
  ['one request in nineteen failed', { tries: { count: 190, failed: 10 } }, ['warn errors-many']],
  ['one in twenty did', { tries: { count: 200, failed: 10 } }, []],
  ['what is parked now', { parked: { lastHour: { refused: 1, gone: 2 }, inAll: 3 } }, ['warn changes-parked']],
  ['what was parked long ago stands on its own page', { parked: { lastHour: {}, inAll: 30 } }, []],
  ['a call nobody understood', { calls: { count: 1, oldestMs: 900_001 } }, ['error calls-stuck']],
  ['news nobody read', { inbox: { count: 1, oldestMs: 900_001 } }, ['error inbox-old']],
  ['a customer to connect again', { needsReconnect: 1 }, ['warn reconnect-needed']],
  ['a call that nobody can take in', { lettersAside: 1 }, ['error letters-aside']],
])('%s', (_, over, said) => {
  expect(names(over)).toEqual(said);
});

test('an alert carries what was measured', () => {
  expect(judge({ ...quiet, parked: { lastHour: { refused: 1, gone: 2 }, inAll: 3 }, calls: { count: 4, oldestMs: 901_000 } })).toEqual([
    { name: 'changes-parked', level: 'warn', count: 3 },
    { name: 'calls-stuck', level: 'error', ms: 901_000, count: 4 },
  ]);
});
