import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import * as calls from './capture/store.ts';
import { calls as rows } from './capture/tables.ts';
import { stuckCalls } from './capture/waiting/store.ts';
import { compose } from './compose.ts';
import type { Db } from './db/client.ts';
import { bindings, openTestDb, otherTenant, quietCall } from './http/test-host.ts';
import { joinRooms } from './join-rooms.ts';
import type { Owned } from './tenants/store.ts';

let db: Db;
let owned: Owned;
beforeAll(async () => {
  db = openTestDb();
  owned = await otherTenant(db);
});

const services = () => joinRooms(compose(bindings));
const hour = 3_600_000;
const isStuck = async (callId: string) => (await stuckCalls(db, new Date(Date.now() + 1_000), 1_000)).some((one) => one.callId === callId);
const patch = (callId: string, set: Partial<typeof rows.$inferInsert>) =>
  db.asTenant(owned.tenantId, (q) => [q.update(rows).set(set).where(eq(rows.id, callId))]);

test('a call whose vendor is away is left alone longer each time, and given up after a day', async () => {
  const callId = await quietCall(db, owned, { status: 'transcribed' });
  const ids = { tenantId: owned.tenantId, callId };
  expect(await isStuck(callId)).toBe(true);
  const { jobs } = services();
  const waits: number[] = [];
  for (const _ of [1, 2, 3]) {
    await jobs.postpone(ids);
    const call = await calls.callOf(db, owned.tenantId, callId);
    waits.push(Math.round(((call?.nextAt?.getTime() ?? 0) - Date.now()) / 60_000));
  }
  expect([waits, await isStuck(callId)]).toEqual([[1, 2, 4], false]);

  await patch(callId, { tries: 27 });
  await jobs.postpone(ids);
  const late = await calls.callOf(db, owned.tenantId, callId);
  expect([late?.status, (late?.nextAt?.getTime() ?? 0) - Date.now() <= hour]).toEqual(['transcribed', true]);
  await jobs.postpone(ids);
  expect(await calls.callOf(db, owned.tenantId, callId)).toMatchObject({
    status: 'failed',
    trouble: expect.stringContaining('several tries'),
  });
});

test('a call that is understood by now is not postponed', async () => {
  const callId = await quietCall(db, owned);
  await services().jobs.postpone({ tenantId: owned.tenantId, callId });
  expect(await calls.callOf(db, owned.tenantId, callId)).toMatchObject({ status: 'understood', nextAt: null, tries: 0 });
});

test('the sweep ends a call its object never heard of', async () => {
  const callId = await quietCall(db, owned, { status: 'live' });
  await patch(callId, { movedAt: new Date(Date.now() - 5 * hour) });
  await services().sweep();
  expect(await calls.callOf(db, owned.tenantId, callId)).toMatchObject({
    status: 'failed',
    trouble: 'This call was never connected, so nothing was heard.',
  });
});
