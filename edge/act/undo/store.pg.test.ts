import { describe, expect, test } from 'vitest';
import type { ChangeBody } from '../../../shared/contracts/change.ts';
import { moveCall } from '../../capture/store.ts';
import { databases, newCall, newTenant } from '../../db/test-db.ts';
import { parkedOfConnection, pendingOfRecord, pulseOf, undosOf, writtenOfRecord } from '../ledger/store.ts';
import { leaseDue, markWritten, park, suggest } from '../outbox/store.ts';
import { changeOf, type PlannedChange, planChanges } from '../store.ts';
import { addUndo, withdraw } from './store.ts';

const start = Date.now();
const at = (seconds: number) => new Date(start + 60_000 + seconds * 1_000);
const record = { object: 'deal', id: '7001' } as const;
const task: ChangeBody = { kind: 'add-task', subject: 'Send the plan', body: '', dueAt: '2026-11-24T10:00:00-05:00' };
const removal: ChangeBody = { kind: 'remove-activity', activity: 'task', crmId: 'crm0', title: 'Send the plan' };

describe.each(databases)('undo and what was written ($name)', ({ url }) => {
  async function open() {
    const tenant = await newTenant(url);
    const { db, tenantId, connectionId } = tenant;
    const callId = await newCall(tenant);
    const id = (ordinal: number) => `00000000-0000-4000-8000-${String(ordinal).padStart(12, '0')}`;
    const plan = (ordinal: number, over: Partial<PlannedChange> = {}) =>
      planChanges(db, tenantId, [
        {
          id: id(ordinal),
          callId,
          connectionId,
          opKey: `op-${ordinal}`,
          record,
          also: [],
          policy: 'auto',
          state: 'due',
          body: task,
          reason: 'You promised it',
          evidence: [],
          ordinal,
          ...over,
        },
      ]);
    const lease = async () => (await leaseDue(db, tenantId, { connectionId, took: [], now: at(0), leaseMs: 30_000, limit: 20 })).rows;
    const write = async (ordinal: number, seconds = ordinal) => {
      await plan(ordinal);
      await lease();
      await markWritten(db, tenantId, [{ id: id(ordinal), crmId: `crm${ordinal}` }], at(seconds));
    };
    const press = (requestId: string) => ({ by: '71', byName: 'Dana Osei', at: at(100), requestId });
    const undo = async (ordinal: number, requestId: string) =>
      addUndo(db, tenantId, (await changeOf(db, tenantId, id(ordinal)))!, { body: removal, opKey: `undo-${ordinal}` }, press(requestId));
    return { ...tenant, callId, id, plan, lease, write, press, undo };
  }

  test('pressed often and at once it is one undo, and once written what it undoes is undone', async () => {
    const { db, tenantId, id, write, lease, undo } = await open();
    await write(0);
    const made = await Promise.all([undo(0, 'r1'), undo(0, 'r1'), undo(0, 'r2')]);
    expect(new Set(made.map((row) => row?.id)).size).toBe(1);
    expect(made[0]).toMatchObject({
      state: 'due',
      body: removal,
      undoes: id(0),
      wrote: task,
      decidedBy: '71',
      decidedName: 'Dana Osei',
      ordinal: 0,
    });
    const [leased] = await lease();
    expect(leased?.id).toBe(made[0]?.id);
    expect(await markWritten(db, tenantId, [{ id: leased!.id, crmId: 'crm0' }], at(101))).toBe(1);
    expect((await changeOf(db, tenantId, id(0)))?.state).toBe('undone');
  });

  test('an undo over a person’s value ends, says who, and can be pressed again', async () => {
    const { db, tenantId, id, write, lease, undo } = await open();
    await write(0);
    await undo(0, 'r1');
    const [leased] = await lease();
    await suggest(db, tenantId, leased!.id, 'Dana changed the task.');
    expect(await undosOf(db, tenantId, [id(0)])).toMatchObject([{ state: 'superseded', trouble: 'Dana changed the task.' }]);
    expect((await changeOf(db, tenantId, id(0)))?.state).toBe('written');
    expect((await undo(0, 'r1'))?.state).toBe('superseded');
    expect(await undo(0, 'r2')).toMatchObject({ id: leased!.id, state: 'due', attempts: 0 });
  });

  test('what has not left is withdrawn, once; what left is not', async () => {
    const { db, tenantId, id, plan, lease, press } = await open();
    await plan(0);
    expect(await withdraw(db, tenantId, id(0), press('r1'))).toBe(true);
    expect(await withdraw(db, tenantId, id(0), press('r2'))).toBe(false);
    expect(await changeOf(db, tenantId, id(0))).toMatchObject({
      state: 'declined',
      decidedBy: '71',
      decidedName: 'Dana Osei',
      requestId: 'r1',
    });
    await plan(1);
    await lease();
    expect(await withdraw(db, tenantId, id(1), press('r3'))).toBe(false);
  });

  test('a record shows what was written on it or beside it, newest first, a page at a time', async () => {
    const { db, tenantId, id, plan, lease, write, undo } = await open();
    for (const n of [0, 1, 2]) await write(n);
    await plan(3, { record: { object: 'contact', id: '9001' }, also: [record] });
    await lease();
    await markWritten(db, tenantId, [{ id: id(3), crmId: 'crm3' }], at(3));
    await plan(4);
    await undo(0, 'r1');
    const page = async (limit: number, offset: number) =>
      (await writtenOfRecord(db, tenantId, record, limit, offset)).map((row) => row.ordinal);
    expect([await page(2, 0), await page(2, 2)]).toEqual([
      [3, 2, 1],
      [1, 0],
    ]);
    expect((await pendingOfRecord(db, tenantId, record, 10)).map((row) => row.body.kind)).toEqual(['add-task', 'remove-activity']);
  });

  test('a connection’s pulse counts what is behind and what is parked', async () => {
    const { db, tenantId, connectionId, id, plan, lease, write } = await open();
    const none = { backlog: 0, oldestAt: null, parkedCount: 0, lastSyncAt: null };
    expect(await pulseOf(db, tenantId, connectionId)).toEqual(none);
    await write(0, 5);
    await plan(1);
    await lease();
    await park(db, tenantId, id(1), 'HubSpot refused it.', 'refused');
    await plan(2);
    const pulse = await pulseOf(db, tenantId, connectionId);
    expect(pulse).toEqual({ backlog: 1, oldestAt: expect.any(Date), parkedCount: 1, lastSyncAt: at(5) });
    // A call whose changes are not planned yet is behind, too.
    const late = await newCall({ db, tenantId, connectionId }, { status: 'transcribed' });
    await moveCall(db, tenantId, late, 'transcribed', 'transcribed', { nextAt: at(9) });
    expect(await pulseOf(db, tenantId, connectionId)).toMatchObject({ backlog: 2 });
    expect(await parkedOfConnection(db, tenantId, connectionId, 10)).toMatchObject([{ ordinal: 1, parkedWhy: 'refused' }]);
    expect(await pulseOf(db, (await newTenant(url)).tenantId, connectionId)).toEqual(none);
  });
});
