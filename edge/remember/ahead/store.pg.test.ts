import { describe, expect, test } from 'vitest';
import { databases, newTenant } from '../../db/test-db.ts';
import { nextMeeting, saveAhead, savePrepared, unprepared } from './store.ts';

const deal = { object: 'deal', id: '7001' } as const;
const contact = { object: 'contact', id: '9001' } as const;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 14, minute));
const within = { after: at(-5), before: at(60) };
const reach = { owner: true, team: true, any: true };

describe.each(databases)('meetings ahead ($name)', ({ url }) => {
  test('the calendar is laid over what we knew: what was read stays, what was called off goes', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    const one = { meetingId: '1', record: deal, startsAt: at(15), hostId: '71' };
    const other = { meetingId: '2', record: contact, startsAt: at(40), hostId: null };
    await saveAhead(db, tenantId, connectionId, [one, { ...one, record: contact }, other]);
    expect(await unprepared(db, tenantId, connectionId, at(20), 10)).toEqual([{ ...one, record: contact }, one]);
    const read = { deal: { at: at(0).toISOString(), name: 'Cobalt', people: [] }, reach, preparedAt: at(0) };
    await savePrepared(db, tenantId, connectionId, one, read);

    // Moved by ten minutes, and the second one is off.
    await saveAhead(db, tenantId, connectionId, [{ ...one, startsAt: at(25) }]);
    expect(await nextMeeting(db, tenantId, connectionId, deal, within)).toEqual({ startsAt: at(25), hostId: '71', ...read });
    expect(await nextMeeting(db, tenantId, connectionId, contact, within)).toBeNull();
    expect(await unprepared(db, tenantId, connectionId, at(30), 10)).toEqual([]);
    await saveAhead(db, tenantId, connectionId, []);
    expect(await nextMeeting(db, tenantId, connectionId, deal, within)).toBeNull();
  });

  test('the soonest meeting is the next one; what is over or far away is none', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    const meeting = (meetingId: string, startsAt: Date) => ({ meetingId, record: deal, startsAt, hostId: '71' });
    await saveAhead(db, tenantId, connectionId, [meeting('1', at(50)), meeting('2', at(30)), meeting('3', at(-20)), meeting('4', at(90))]);
    expect((await nextMeeting(db, tenantId, connectionId, deal, within))?.startsAt).toEqual(at(30));
    expect((await nextMeeting(db, tenantId, connectionId, deal, { after: at(-5), before: at(10) }))?.startsAt).toBeUndefined();
  });
});
