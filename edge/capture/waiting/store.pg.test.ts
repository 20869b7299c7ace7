import { describe, expect, test } from 'vitest';
import { databases, newCall, newTenant } from '../../db/test-db.ts';
import { callOf, moveCall } from '../store.ts';
import { claimCall, releaseCall } from './store.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 15, minute));

describe.each(databases)('paid work on a call ($name)', ({ url }) => {
  test('of two who want it at once one gets it, and the next one when its time is over', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    const id = await newCall({ db, tenantId, connectionId });
    await moveCall(db, tenantId, id, 'live', 'ended');
    const claim = (nowMinute: number, untilMinute: number) => claimCall(db, tenantId, id, 'ended', at(nowMinute), at(untilMinute));
    expect((await Promise.all([claim(0, 5), claim(0, 5)])).sort()).toEqual([false, true]);
    expect([await claim(4, 9), await claim(5, 10)]).toEqual([false, true]);
    // Who was too slow gives nothing back that is another's.
    await releaseCall(db, tenantId, id, at(5));
    expect((await callOf(db, tenantId, id))?.nextAt).toEqual(at(10));
    await releaseCall(db, tenantId, id, at(10));
    expect((await callOf(db, tenantId, id))?.nextAt).toBeNull();
  });

  test('nobody gets a call that went on, or another tenant’s', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    const id = await newCall({ db, tenantId, connectionId });
    expect(await claimCall(db, tenantId, id, 'ended', at(0), at(5))).toBe(false);
    expect(await claimCall(db, (await newTenant(url)).tenantId, id, 'live', at(0), at(5))).toBe(false);
  });
});
