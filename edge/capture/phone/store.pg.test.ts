import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { destroyCall } from '../../db/destroy-call.ts';
import { databases, newCall, newTenant, samplePhoneCall } from '../../db/test-db.ts';
import {
  beginPhoneCall,
  lastPhoneCall,
  movePhoneCall,
  passPhoneCall,
  phoneCallOf,
  prunePhoneCalls,
  repPhoneOf,
  setRepPhone,
} from './store.ts';

const at = new Date('2026-11-21T10:00:00.000Z');
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);

describe.each(databases)('phone calls ($name)', ({ url }) => {
  test('a press that comes twice is one call, and another one meets the call that runs', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    const press = samplePhoneCall(connectionId, at);
    const both = await Promise.all([beginPhoneCall(db, tenantId, press), beginPhoneCall(db, tenantId, { ...press, id: randomUUID() })]);
    expect(both.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
    expect(new Set(both.map(({ call }) => call.id)).size).toBe(1);
    const other = await beginPhoneCall(db, tenantId, samplePhoneCall(connectionId, at));
    expect([other.isNew, other.call.id]).toEqual([false, both[0].call.id]);
    const colleague = await beginPhoneCall(db, tenantId, { ...samplePhoneCall(connectionId, at), repId: '72' });
    expect(colleague.isNew).toBe(true);
  });

  test('a call moves once from where it stood; over, it makes room for the next, and goes after an hour', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    const { call } = await beginPhoneCall(db, tenantId, samplePhoneCall(connectionId, at));
    expect(await movePhoneCall(db, tenantId, call, { ...call, phase: 'talking', externalId: 'CA1' }, at)).toBe(true);
    expect(await movePhoneCall(db, tenantId, call, { ...call, phase: 'failed', why: 'network' }, at)).toBe(false);
    const talking = await phoneCallOf(db, tenantId, call.id);
    expect(talking).toEqual({ ...call, phase: 'talking', externalId: 'CA1', step: 1, talkingAt: at });
    if (talking) await movePhoneCall(db, tenantId, talking, { ...talking, phase: 'ended' }, later(1));
    expect(await lastPhoneCall(db, tenantId, '71')).toMatchObject({ phase: 'ended', overAt: later(1), step: 2 });
    const next = await beginPhoneCall(db, tenantId, samplePhoneCall(connectionId, later(5)));
    expect([next.isNew, (await phoneCallOf(db, tenantId, call.id))?.id]).toEqual([true, call.id]);
    await movePhoneCall(db, tenantId, next.call, { ...next.call, phase: 'ended' }, later(6));
    await beginPhoneCall(db, tenantId, samplePhoneCall(connectionId, later(65)));
    expect(await phoneCallOf(db, tenantId, call.id)).toBeNull();
  });

  test('a call that is destroyed is gone from here, too', async () => {
    const mine = await newTenant(url);
    const id = await newCall(mine);
    await beginPhoneCall(mine.db, mine.tenantId, { ...samplePhoneCall(mine.connectionId, at), id });
    await destroyCall(mine.db, mine.tenantId, id, '71', at);
    expect(await phoneCallOf(mine.db, mine.tenantId, id)).toBeNull();
  });

  test('the sweep clears what is long over and what nobody ended, and leaves what runs', async () => {
    const mine = await newTenant(url);
    const begin = async (minutes: number) => {
      const call = { ...samplePhoneCall(mine.connectionId, later(minutes)), repId: randomUUID() };
      return (await beginPhoneCall(mine.db, mine.tenantId, call)).call;
    };
    const [over, fresh, running, lost] = [await begin(-120), await begin(-30), await begin(-180), await begin(-1_600)];
    await movePhoneCall(mine.db, mine.tenantId, over, { ...over, phase: 'ended' }, later(-100));
    await movePhoneCall(mine.db, mine.tenantId, fresh, { ...fresh, phase: 'ended' }, later(-20));
    expect(await prunePhoneCalls(mine.db, at)).toBeGreaterThanOrEqual(2);
    const left = await Promise.all([over, fresh, running, lost].map(({ id }) => phoneCallOf(mine.db, mine.tenantId, id)));
    expect(left.map((row) => row !== null)).toEqual([false, true, true, false]);
  });

  test('a call is passed on once, from where it stood, and never when both talk', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    const { call } = await beginPhoneCall(db, tenantId, { ...samplePhoneCall(connectionId, at), direction: 'in', phase: 'ringing-rep' });
    await movePhoneCall(db, tenantId, call, { ...call, phase: 'failed', why: 'rep-no-answer' }, at);
    const missed = await phoneCallOf(db, tenantId, call.id);
    if (!missed) throw new Error('no call');
    const lena = { repId: '73', repEmail: 'lena@b.example', repName: 'Lena', repPhone: '+14155550188' };
    expect([await passPhoneCall(db, tenantId, missed, lena), await passPhoneCall(db, tenantId, missed, lena)]).toEqual([true, false]);
    const passed = await phoneCallOf(db, tenantId, call.id);
    expect(passed).toMatchObject({ ...lena, phase: 'ringing-rep', why: null, overAt: null });
    if (passed) await movePhoneCall(db, tenantId, passed, { ...passed, phase: 'talking' }, at);
    const talking = await phoneCallOf(db, tenantId, call.id);
    expect(talking && (await passPhoneCall(db, tenantId, talking, lena))).toBe(false);
  });

  test('a rep is rung where they said last', async () => {
    const { db, tenantId } = await newTenant(url);
    expect(await repPhoneOf(db, tenantId, '71')).toBeNull();
    await setRepPhone(db, tenantId, '71', '+14155550100');
    await setRepPhone(db, tenantId, '71', '+14155550199');
    expect(await repPhoneOf(db, tenantId, '71')).toBe('+14155550199');
  });
});
