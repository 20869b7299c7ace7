import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { ChangeBody } from '../../shared/contracts/change.ts';
import { databases, newCall, newTenant } from '../db/test-db.ts';
import { connections } from '../tenants/tables.ts';
import { dueConnections, leaseDue, markWritten, nextDueAt, park, putBack, retryLater, suggest, supersede } from './outbox/store.ts';
import { changeOf, changesOfCall, type Decision, decide, itemOf, type PlannedChange, planChanges, waitingOfRecord } from './store.ts';

const start = Date.now();
const at = (seconds: number) => new Date(start + 60_000 + seconds * 1_000);
const email: ChangeBody = { kind: 'draft-email', to: ['maya@cobaltfreight.example'], subject: 'Plan', body: 'Hi Maya' };
const note = { kind: 'add-note', body: 'twice what we pay', at: '2026-11-20T15:00:00Z' } as const;

const move: ChangeBody = { kind: 'move-stage', from: 'a', to: 'b', fromLabel: 'A', toLabel: 'B' };

describe.each(databases)('changes ($name)', ({ url }) => {
  async function open() {
    const tenant = await newTenant(url);
    const callId = await newCall(tenant);
    const planned = (ordinal: number, over: Partial<PlannedChange> = {}): PlannedChange => ({
      callId,
      connectionId: tenant.connectionId,
      opKey: `${over.callId ?? callId}-${ordinal}`,
      record: { object: 'deal', id: '7001' },
      also: [],
      policy: 'auto',
      state: 'due',
      body: note,
      reason: 'Said on the call',
      evidence: [{ quote: 'twice', seq: 5, role: 'customer', speaker: 'Maya', startMs: 0, endMs: 900 }],
      ordinal,
      ...over,
    });
    const lease = async (seconds: number, limit = 10) =>
      (
        await leaseDue(tenant.db, tenant.tenantId, {
          connectionId: tenant.connectionId,
          took: [],
          now: at(seconds),
          leaseMs: 30_000,
          limit,
        })
      ).rows;
    const ordinals = async (seconds: number, limit?: number) => (await lease(seconds, limit)).map((row) => row.ordinal);
    return { ...tenant, callId, planned, lease, ordinals };
  }
  const press = (over: Partial<Decision> = {}): Decision => ({ version: 1, to: 'due', by: '71', at: at(0), requestId: 'r1', ...over });

  test('where the CRM keeps keys unique, a new activity waits for nothing and nothing waits for it', async () => {
    const { db, tenantId, connectionId, planned, lease, ordinals } = await open();
    await db.asTenant(tenantId, (q) => [
      q
        .update(connections)
        .set({ settings: { effectOnce: true } })
        .where(eq(connections.id, connectionId)),
    ]);
    await planChanges(db, tenantId, [planned(0, { body: move }), planned(1), planned(2), planned(3, { body: move })]);
    const [stage, first] = await lease(0, 3);
    await retryLater(db, tenantId, stage!.id, at(60), 'Busy.');
    await retryLater(db, tenantId, first!.id, at(60), 'Busy.');
    // The second note was leased with them; once that lease ran out it goes, before the first one and the stage.
    expect(await ordinals(31)).toEqual([2]);
    expect(await ordinals(62)).toEqual([0, 1, 2, 3]);
  });

  test('planning again plans nothing new and leaves what was decided', async () => {
    const { db, tenantId, callId, planned } = await open();
    expect(await planChanges(db, tenantId, [planned(0), planned(1, { state: 'waiting', policy: 'suggest' })])).toBe(2);
    const [, waiting] = await changesOfCall(db, tenantId, callId);
    await decide(db, tenantId, waiting!.id, press({ to: 'declined' }));
    expect(await planChanges(db, tenantId, [planned(1, { state: 'waiting' }), planned(2)])).toBe(1);
    expect((await changesOfCall(db, tenantId, callId)).map((row) => row.state)).toEqual(['due', 'declined', 'due']);
    expect(await planChanges(db, tenantId, [])).toBe(0);
  });

  test('a change comes back whole', async () => {
    const { db, tenantId, connectionId, callId, planned } = await open();
    const also = [{ object: 'contact', id: '9001' } as const];
    await planChanges(db, tenantId, [planned(0, { also })]);
    const [row] = await changesOfCall(db, tenantId, callId);
    const { record, reason, evidence, opKey } = planned(0);
    expect(row).toEqual({
      id: expect.any(String),
      callId,
      connectionId,
      opKey,
      record,
      also,
      policy: 'auto',
      state: 'due',
      version: 1,
      body: note,
      reason,
      evidence,
      confidence: 1,
      wrote: null,
      ordinal: 0,
      attempts: 0,
      nextAt: null,
      leaseUntil: null,
      decidedBy: null,
      decidedName: null,
      decidedAt: null,
      requestId: null,
      createdAt: expect.any(Date),
    });
    expect(await changeOf(db, tenantId, row!.id)).toEqual(row);
    expect(itemOf(row!)).toMatchObject({ id: row!.id, state: 'due' });
    expect(await changeOf(db, (await newTenant(url)).tenantId, row!.id)).toBeNull();
    expect(await changeOf(db, tenantId, 'x')).toBeNull();
  });

  test('a record shows what waits for a person on it, or beside it', async () => {
    const { db, tenantId, planned } = await open();
    await planChanges(db, tenantId, [
      planned(0),
      planned(1, { state: 'waiting' }),
      planned(2, { state: 'waiting', record: { object: 'contact', id: '9001' }, also: [{ object: 'deal', id: '7001' }] }),
      planned(3, { state: 'waiting', record: { object: 'deal', id: '7002' } }),
    ]);
    const rows = await waitingOfRecord(db, tenantId, { object: 'deal', id: '7001' });
    expect(rows.map((row) => row.ordinal)).toEqual([1, 2]);
  });

  test('a press counts for the version it saw, and again is the same press', async () => {
    const { db, tenantId, callId, planned } = await open();
    await planChanges(db, tenantId, [planned(0, { state: 'waiting', body: email })]);
    const id = (await changesOfCall(db, tenantId, callId))[0]!.id;
    expect(await decide(db, tenantId, id, press({ version: 2 }))).toMatchObject({ moved: false, row: { state: 'waiting', version: 1 } });
    const body = { ...email, body: 'Hello Maya' };
    const yes = press({ to: 'approved', body });
    const done = { moved: true, row: { state: 'approved', version: 2, body, decidedBy: '71', decidedAt: at(0), requestId: 'r1' } };
    expect(await decide(db, tenantId, id, yes)).toMatchObject(done);
    expect(await decide(db, tenantId, id, yes)).toMatchObject(done);
    expect(await decide(db, tenantId, id, press({ version: 2, to: 'declined', requestId: 'r2' }))).toMatchObject({
      moved: false,
      row: done.row,
    });
    expect(await decide(db, (await newTenant(url)).tenantId, id, yes)).toEqual({ moved: false, row: null });
    const [notes] = await db.asTenant(tenantId, (q) => [q.execute(sql`select actor, action, detail from audit where subject = ${id}`)]);
    expect(notes.rows).toEqual([{ actor: '71', action: 'change-approved', detail: { version: 1, edited: true } }]);
  });

  test('of two who press at once, one moves it', async () => {
    const { db, tenantId, callId, planned } = await open();
    await planChanges(db, tenantId, [planned(0, { state: 'waiting' })]);
    const id = (await changesOfCall(db, tenantId, callId))[0]!.id;
    const both = await Promise.all([
      decide(db, tenantId, id, press()),
      decide(db, tenantId, id, press({ to: 'declined', requestId: 'r2' })),
    ]);
    expect(both.map((it) => it.moved).sort()).toEqual([false, true]);
  });

  test('a parked change starts over when a person says so, and not when an old press comes again', async () => {
    const { db, tenantId, callId, planned, lease } = await open();
    await planChanges(db, tenantId, [planned(0, { state: 'waiting' })]);
    const id = (await changesOfCall(db, tenantId, callId))[0]!.id;
    await decide(db, tenantId, id, press());
    await lease(1);
    expect(await park(db, tenantId, id, 'The stage is not in the pipeline.', 'refused')).toBe(true);
    expect(await decide(db, tenantId, id, press())).toMatchObject({
      moved: true,
      row: { state: 'parked', attempts: 1, trouble: 'The stage is not in the pipeline.' },
    });
    const again = await decide(db, tenantId, id, press({ requestId: 'r2' }));
    expect(again).toMatchObject({ moved: true, row: { state: 'due', attempts: 0 } });
    expect(again.row?.trouble).toBeUndefined();
  });

  test('a parked change says why and what it asks for, until somebody decides', async () => {
    const { db, tenantId, callId, planned, lease } = await open();
    await planChanges(db, tenantId, [planned(0)]);
    const id = (await changesOfCall(db, tenantId, callId))[0]!.id;
    await lease(1);
    const asks = [{ field: 'closedate', label: 'Close date', type: 'date' as const }];
    await park(db, tenantId, id, 'HubSpot wants more fields first.', 'lacks', asks);
    expect(await changeOf(db, tenantId, id)).toMatchObject({ state: 'parked', parkedWhy: 'lacks', asks });
    const { row } = await decide(db, tenantId, id, press({ requestId: 'r2' }));
    expect([row?.state, row?.parkedWhy, row?.asks, row?.trouble]).toEqual(['due', undefined, undefined, undefined]);
  });

  test('what somebody else has changed waits for a person, as a new version', async () => {
    const { db, tenantId, callId, planned, lease } = await open();
    await planChanges(db, tenantId, [planned(0)]);
    const id = (await changesOfCall(db, tenantId, callId))[0]!.id;
    await lease(1);
    expect(await suggest(db, tenantId, id, 'Dana changed the amount.')).toBe(true);
    expect(await suggest(db, tenantId, id, 'again')).toBe(false);
    expect(await changeOf(db, tenantId, id)).toMatchObject({
      state: 'waiting',
      policy: 'suggest',
      version: 2,
      attempts: 1,
      trouble: 'Dana changed the amount.',
    });
  });

  test('what came through a door of the API waits for no other of its kind', async () => {
    const { db, tenantId, planned, lease, ordinals } = await open();
    const alone = { callId: null };
    await planChanges(db, tenantId, [
      planned(0, { ...alone, opKey: 'a' }),
      planned(1, { ...alone, opKey: 'b', record: { object: 'deal', id: '8888' } }),
    ]);
    const [first] = await lease(0, 1);
    await retryLater(db, tenantId, first!.id, at(20), 'HubSpot is busy.');
    expect(await ordinals(1)).toHaveLength(1);
  });

  test('what is due is taken once, in order, and again when its writer died', async () => {
    const { db, tenantId, planned, lease, ordinals } = await open();
    await planChanges(db, tenantId, [planned(2), planned(0), planned(1), planned(3, { state: 'waiting' })]);
    const two = await Promise.all([ordinals(0, 2), ordinals(0, 2)]);
    expect(two.sort((a, b) => (a[0] ?? 9) - (b[0] ?? 9))).toEqual([[0, 1], []].sort((a, b) => (a[0] ?? 9) - (b[0] ?? 9)));
    expect(await ordinals(29)).toEqual([]);
    const again = await lease(30);
    expect(again.map((row) => [row.ordinal, row.state, row.attempts, row.leaseUntil])).toEqual([
      [0, 'writing', 2, at(60)],
      [1, 'writing', 2, at(60)],
      [2, 'writing', 1, at(60)],
    ]);
  });

  test('a change waits for the earlier one on its record or of its call, and for no other', async () => {
    const tenant = await open();
    const { db, tenantId, planned, lease, ordinals } = tenant;
    const other = await newCall(tenant);
    await planChanges(db, tenantId, [planned(0), planned(1), planned(2, { record: { object: 'contact', id: '9001' } })]);
    await planChanges(db, tenantId, [planned(3, { callId: other }), planned(4, { callId: other, record: { object: 'deal', id: '8888' } })]);
    await planChanges(db, tenantId, [planned(5, { callId: await newCall(tenant), record: { object: 'deal', id: '9999' } })]);
    const [first] = await lease(0, 1);
    expect(await retryLater(db, tenantId, first!.id, at(20), 'HubSpot is busy.')).toBe(true);
    expect(await nextDueAt(db, tenantId, tenant.connectionId)).not.toBeNull();
    expect(await ordinals(1)).toEqual([4, 5]);
    expect(await nextDueAt(db, tenantId, tenant.connectionId)).toBe(at(20).getTime());
    expect(await ordinals(20)).toEqual([0, 1, 2, 3]);
  });

  test('what was leased but never sent goes back without counting as a try', async () => {
    const { db, tenantId, planned, lease } = await open();
    await planChanges(db, tenantId, [planned(0)]);
    const [row] = await lease(0);
    expect(await putBack(db, tenantId, row!.id, at(20))).toBe(true);
    expect(await putBack(db, tenantId, row!.id, at(30))).toBe(false);
    expect(await lease(19)).toEqual([]);
    expect((await lease(20)).map(({ id, attempts }) => [id, attempts])).toEqual([[row!.id, 1]]);
  });

  test('a superseded change says why, is audited, and is never taken again', async () => {
    const { db, tenantId, connectionId, planned, lease } = await open();
    await planChanges(db, tenantId, [planned(0)]);
    const [row] = await lease(0);
    expect(await supersede(db, tenantId, row!.id, 'A newer change was sent before it.')).toBe(true);
    expect(await supersede(db, tenantId, row!.id, 'again')).toBe(false);
    expect(await changeOf(db, tenantId, row!.id)).toMatchObject({ state: 'superseded', trouble: 'A newer change was sent before it.' });
    expect(await nextDueAt(db, tenantId, connectionId)).toBeNull();
    const [notes] = await db.asTenant(tenantId, (q) => [q.execute(sql`select actor, action from audit where subject = ${row!.id}`)]);
    expect(notes.rows).toEqual([{ actor: 'writer', action: 'change-superseded' }]);
  });

  test('a write is noted once, also when its lease had run out', async () => {
    const { db, tenantId, connectionId, planned, lease } = await open();
    await planChanges(db, tenantId, [planned(0)]);
    const [row] = await lease(0);
    await lease(40);
    await retryLater(db, tenantId, row!.id, at(90), 'busy');
    expect(await retryLater(db, tenantId, row!.id, at(95), 'busy')).toBe(false);
    expect(await markWritten(db, tenantId, [{ id: row!.id, crmId: 'note-9' }], at(41))).toBe(1);
    expect(await markWritten(db, tenantId, [{ id: row!.id, crmId: 'note-9' }], at(42))).toBe(0);
    expect(await park(db, tenantId, row!.id, 'late', 'tried-out')).toBe(false);
    const written = await changeOf(db, tenantId, row!.id);
    expect(written).toMatchObject({ state: 'written', crmId: 'note-9', attempts: 2, nextAt: null, leaseUntil: null });
    expect(await nextDueAt(db, tenantId, connectionId)).toBeNull();
    const [notes] = await db.asTenant(tenantId, (q) => [q.execute(sql`select actor, action from audit where subject = ${row!.id}`)]);
    expect(notes.rows).toEqual([{ actor: 'writer', action: 'change-written' }]);
  });

  test('the sweep finds connections with something to send, unless they must be reconnected', async () => {
    const { db, tenantId, connectionId, planned, lease } = await open();
    const due = async (seconds: number) => (await dueConnections(db, at(seconds))).filter((it) => it.tenantId === tenantId);
    await planChanges(db, tenantId, [planned(0, { state: 'waiting' })]);
    expect(await due(0)).toEqual([]);
    await planChanges(db, tenantId, [planned(1), planned(2)]);
    expect(await due(0)).toEqual([{ tenantId, connectionId }]);
    await lease(0);
    expect(await due(29)).toEqual([]);
    expect(await due(30)).toEqual([{ tenantId, connectionId }]);
    await db.asTenant(tenantId, (q) => [q.execute(sql`update connections set state = 'needs-reconnect'`)]);
    expect(await due(30)).toEqual([]);
  });
});
