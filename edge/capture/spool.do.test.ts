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
  const desk = { isBack: false, taken: [] as string[] };
  const services: SpoolServices = {
    now: () => Date.now(),
    take: async ({ id }, receivedMs) => {
      if (!desk.isBack || id === 'poison') throw new Error('database away');
      desk.taken.push(`${id} of ${receivedMs}`);
      return { is: 'taken', callId: 'ours' };
    },
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
