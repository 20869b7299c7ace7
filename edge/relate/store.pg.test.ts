import { describe, expect, test } from 'vitest';
import { setPrivate } from '../db/private-call.ts';
import { databases, newCall, newTenant } from '../db/test-db.ts';
import { addTouch, notePaths, peopleAfter, peopleOfCalls, type Touch, touchesOfPeople, touchesOfPerson, touchesOfRep } from './store.ts';

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

  test('everybody with a touch, page by page, each once; what is private or of another tenant says nothing', async () => {
    const tenant = await newTenant(url);
    const other = await newTenant(url);
    const met = async (on: typeof tenant, personId: string, object: 'contact' | 'lead' = 'contact', repId = '501') => {
      const callId = await newCall(on);
      const person = { object, id: personId };
      await addTouch(on.db, on.tenantId, {
        repId,
        person,
        personName: 'Maya',
        callId,
        at: new Date(Date.UTC(2026, 10, 1)),
        minutes: 5,
        channel: 'call',
      });
      return callId;
    };
    const { db, tenantId } = tenant;
    for (const id of ['30', '10', '20', '10']) await met(tenant, id);
    await met(tenant, '20', 'lead');
    const hidden = await met(tenant, '20', 'contact', '502');
    await met(other, '15');
    const pages = [];
    for (let after = null as Awaited<ReturnType<typeof peopleAfter>>[number] | null; ; ) {
      const page = await peopleAfter(db, tenantId, after, 2);
      if (page.length === 0) break;
      pages.push(page.map(({ object, id }) => `${object}/${id}`));
      after = page.at(-1) ?? null;
    }
    expect(pages).toEqual([
      ['contact/10', 'contact/20'],
      ['lead/20', 'contact/30'],
    ]);

    const seen = async () =>
      (
        await touchesOfPeople(db, tenantId, [
          { object: 'contact', id: '20' },
          { object: 'contact', id: '15' },
        ])
      ).map(({ repId, atMs }) => [repId, atMs]);
    expect((await seen()).sort()).toEqual([
      ['501', Date.UTC(2026, 10, 1)],
      ['502', Date.UTC(2026, 10, 1)],
    ]);
    await setPrivate(db, tenantId, hidden, true, '502', new Date());
    expect(await seen()).toEqual([['501', Date.UTC(2026, 10, 1)]]);
    await notePaths(db, tenantId, '501', { object: 'deal', id: '7001' }, 2);
  });
});
