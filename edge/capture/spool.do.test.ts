import { env, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { expect, test } from 'vitest';
import type { Env } from '../env.ts';
import { spoolStub } from '../stubs.ts';
import type { Letter } from './call-door.ts';
import type { Spool, SpoolServices } from './spool.ts';

const bindings = env as unknown as Env;
const letter = (id: string): Letter => ({ source: 'source-0001', id, timestamp: '1', signature: `v1,${id}`, body: 'words' });

/** A spool whose database is away until `isBack`; what it hands on is written down. */
async function spool(name: string) {
  const stub = spoolStub(bindings, name);
  const desk = { isBack: false, isMended: false, nowMs: Date.now(), taken: [] as string[], aside: [] as string[] };
  const services: SpoolServices = {
    now: () => desk.nowMs,
    take: async ({ id }, receivedMs) => {
      if (!desk.isBack) throw new Error('database away');
      if (id.startsWith('poison') && !desk.isMended) throw new Error('poison');
      desk.taken.push(`${id} of ${receivedMs}`);
      return { is: 'taken', callId: 'ours' };
    },
    isOutage: (error) => error instanceof Error && error.message === 'database away',
    noteAside: async (source) => void desk.aside.push(source),
  };
  await runInDurableObject(stub, (it: Spool) => Object.defineProperty(it, 'services', { value: services }));
  const left = () =>
    runInDurableObject(stub, (_, state) =>
      state.storage.sql
        .exec<{ id: string }>('select id from letters order by id')
        .toArray()
        .map(({ id }) => id),
    );
  return { stub, desk, left };
}

test('keeps each letter once until the database is back, then hands all on and rests', async () => {
  const { stub, desk, left } = await spool('source-keeps');
  expect(await stub.keep(letter('b'), 2)).toBe(true);
  expect(await stub.keep(letter('a'), 1)).toBe(true);
  expect(await stub.keep(letter('a'), 3)).toBe(true);
  await runDurableObjectAlarm(stub);
  expect({ left: await left(), taken: desk.taken }).toEqual({ left: ['a/v1,a', 'b/v1,b'], taken: [] });
  desk.isBack = true;
  await runDurableObjectAlarm(stub);
  expect({ left: await left(), taken: desk.taken }).toEqual({ left: [], taken: ['a of 1', 'b of 2'] });
  await runDurableObjectAlarm(stub);
  expect(await runInDurableObject(stub, (_, state) => state.storage.getAlarm())).toBeNull();
});

test('one that never goes through holds up none of the others', async () => {
  const { stub, desk, left } = await spool('source-poison');
  desk.isBack = true;
  for (const id of ['poison', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) await stub.keep(letter(id), 1);
  await runDurableObjectAlarm(stub);
  await runDurableObjectAlarm(stub);
  expect({ left: await left(), taken: desk.taken.length }).toEqual({ left: ['poison/v1,poison'], taken: 7 });
  await runInDurableObject(stub, (_, state) => state.storage.deleteAlarm());
});

const DAY_MS = 24 * 3_600_000;
const alarmOf = (stub: ReturnType<typeof spoolStub>) => runInDurableObject(stub, (_, state) => state.storage.getAlarm());

test('one that fails by itself for a day is set aside, told once, kept, tried once a day, and taken when that is mended', async () => {
  const { stub, desk, left } = await spool('source-aside');
  desk.isBack = true;
  const cameMs = desk.nowMs;
  await stub.keep(letter('poison'), cameMs);
  for (let n = 0; n < 25; n++) await runDurableObjectAlarm(stub);
  // Often enough, and not for a day.
  expect({ aside: desk.aside, alarm: (await alarmOf(stub))! - desk.nowMs }).toEqual({ aside: [], alarm: 30_000 });
  desk.nowMs = cameMs + DAY_MS;
  await runDurableObjectAlarm(stub);
  expect({ left: await left(), aside: desk.aside, alarm: (await alarmOf(stub))! - desk.nowMs }).toEqual({
    left: ['poison/v1,poison'],
    aside: ['source-0001'],
    alarm: DAY_MS,
  });
  // A new letter does not wait for tomorrow.
  await stub.keep(letter('b'), desk.nowMs);
  expect((await alarmOf(stub))! - desk.nowMs).toBe(1_000);
  await runDurableObjectAlarm(stub);
  expect({ taken: desk.taken.length, alarm: (await alarmOf(stub))! - desk.nowMs }).toEqual({ taken: 1, alarm: DAY_MS });
  desk.nowMs += DAY_MS;
  await runDurableObjectAlarm(stub);
  expect(desk.aside).toEqual(['source-0001']);
  desk.isMended = true;
  desk.nowMs += DAY_MS;
  await runDurableObjectAlarm(stub);
  expect({ left: await left(), taken: desk.taken.at(-1), alarm: await alarmOf(stub) }).toEqual({
    left: [],
    taken: `poison of ${cameMs}`,
    alarm: null,
  });
});

test('an outage of days sets nothing aside, and what nobody could read for a month goes', async () => {
  const { stub, desk, left } = await spool('source-outage');
  const cameMs = desk.nowMs;
  await stub.keep(letter('poison'), cameMs);
  desk.nowMs += 3 * DAY_MS;
  for (let n = 0; n < 25; n++) await runDurableObjectAlarm(stub);
  desk.isBack = true;
  await runDurableObjectAlarm(stub);
  expect({ left: await left(), aside: desk.aside }).toEqual({ left: ['poison/v1,poison'], aside: [] });
  for (let n = 0; n < 19; n++) await runDurableObjectAlarm(stub);
  expect(desk.aside).toEqual(['source-0001']);
  desk.nowMs = cameMs + 31 * DAY_MS;
  await runDurableObjectAlarm(stub);
  expect({ left: await left(), alarm: await alarmOf(stub) }).toEqual({ left: [], alarm: null });
});

test('letters of a Worker that knew nothing of setting aside are still read', async () => {
  const { stub, desk, left } = await spool('source-before');
  desk.isBack = true;
  await runInDurableObject(stub, (it: Spool, state) => {
    state.storage.sql.exec('drop table letters');
    state.storage.sql.exec(
      'create table letters (id text primary key, received_ms integer not null, tries integer not null default 0, letter text not null)',
    );
    state.storage.sql.exec('insert into letters (id, received_ms, letter) values (?, ?, ?)', 'a/v1,a', 1, JSON.stringify(letter('a')));
    Reflect.construct(Object.getPrototypeOf(it).constructor, [state, bindings]);
    return state.storage.setAlarm(Date.now() + 60_000);
  });
  await runDurableObjectAlarm(stub);
  expect({ left: await left(), taken: desk.taken }).toEqual({ left: [], taken: ['a of 1'] });
});
