import { describe, expect, test } from 'vitest';
import { databases, newCall, newTenant } from '../db/test-db.ts';
import { addTouch, peopleOfCalls, type Touch, touchesOfPerson, touchesOfRep } from './store.ts';

describe.each(databases)('touches ($name)', ({ url }) => {
  test('who met whom, newest first, each call once', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const touch = (callId: string, day: number, repId = '501'): Touch => ({
      repId,
      person: { object: 'contact', id: '9001' },
      personName: 'Maya Lindqvist',
      callId,
      at: new Date(Date.UTC(2026, 10, day)),
      minutes: 1.5,
      channel: 'call',
    });
    const older = touch(await newCall(tenant), 1);
    const newer = touch(await newCall(tenant), 2, '502');
    for (const it of [older, newer, older]) await addTouch(db, tenantId, it);
    expect(await touchesOfPerson(db, tenantId, ['9001', '9002'])).toEqual([newer, older]);
    expect(await touchesOfPerson(db, tenantId, [])).toEqual([]);
    expect(await touchesOfRep(db, tenantId, '501')).toEqual([older]);
    const dana = { ...newer, person: { object: 'contact' as const, id: '9002' }, personName: 'Dana Roe' };
    expect(await peopleOfCalls(db, tenantId, [older.callId, newer.callId])).toBe(1);
    await addTouch(db, tenantId, dana);
    expect([await peopleOfCalls(db, tenantId, [older.callId, newer.callId]), await peopleOfCalls(db, tenantId, [])]).toEqual([2, 0]);
  });
});
