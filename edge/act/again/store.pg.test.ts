import { describe, expect, test } from 'vitest';
import type { ChangeBody } from '../../../shared/contracts/change.ts';
import { callOf } from '../../capture/store.ts';
import { settlePerson } from '../../db/settle-person.ts';
import { databases, newCall, newTenant } from '../../db/test-db.ts';
import { chosenFor } from '../known/store.ts';
import { leaseDue, markWritten } from '../outbox/store.ts';
import { changeOf, changesOfCall, type PlannedChange } from '../store.ts';
import { applyPlan, type Replacement, repropose } from './store.ts';

const start = Date.now();
const at = (seconds: number) => new Date(start + 60_000 + seconds * 1_000);
const record = { object: 'deal', id: '7001' } as const;
const note: ChangeBody = { kind: 'add-note', body: 'worries', at: '2026-11-20T15:00:00Z' };
const other: ChangeBody = { ...note, body: 'other worries' };
const move: ChangeBody = { kind: 'move-stage', from: 'a', to: 'b', fromLabel: 'A', toLabel: 'B' };

describe.each(databases)('planning a call again ($name)', ({ url }) => {
  async function open() {
    const tenant = await newTenant(url);
    const { db, tenantId, connectionId } = tenant;
    const callId = await newCall(tenant, { contactId: null });
    const planned = (ordinal: number, over: Partial<PlannedChange> = {}): PlannedChange => ({
      callId,
      connectionId,
      opKey: `${callId}-${ordinal}`,
      record,
      also: [],
      policy: 'auto',
      state: 'due',
      body: note,
      reason: '',
      evidence: [],
      ordinal,
      ...over,
    });
    const replaced = (id: string, over: Partial<Replacement> = {}): Replacement => ({
      id,
      version: 1,
      from: 'due',
      to: 'due',
      policy: 'auto',
      record,
      also: [],
      body: other,
      reason: 'anew',
      evidence: [],
      confidence: 0.8,
      ...over,
    });
    const apply = (added: readonly PlannedChange[], again: readonly Replacement[] = []) => applyPlan(db, tenantId, added, again, at(50));
    const rows = () => changesOfCall(db, tenantId, callId);
    return { ...tenant, callId, planned, replaced, apply, rows };
  }

  test('what is new is added and what is different replaced, and doing it twice changes nothing', async () => {
    const { planned, replaced, apply, rows } = await open();
    await apply([planned(0)]);
    const [{ id } = { id: '' }] = await rows();
    await apply([planned(0), planned(1)], [replaced(id)]);
    const once = await rows();
    expect(once).toMatchObject([
      { id, version: 2, state: 'due', body: other, reason: 'anew', confidence: 0.8, decidedAt: at(50) },
      { version: 1, body: note },
    ]);
    await apply([planned(0), planned(1)], [replaced(id)]);
    expect(await rows()).toEqual(once);
  });

  test('a written note goes again under its own key, and what it wrote before is kept to compare with', async () => {
    const { db, tenantId, connectionId, planned, replaced, apply, rows } = await open();
    await apply([planned(0)]);
    const [leased] = (await leaseDue(db, tenantId, { connectionId, took: [], now: at(0), leaseMs: 30_000, limit: 20 })).rows;
    await markWritten(db, tenantId, [{ id: leased!.id, crmId: 'note-9' }], at(1));
    await apply([], [replaced(leased!.id, { from: 'written' })]);
    expect(await rows()).toMatchObject([{ opKey: leased!.opKey, state: 'due', attempts: 0, crmId: 'note-9', body: other, wrote: note }]);
  });

  test('what moved on meanwhile is not replaced', async () => {
    const { db, tenantId, connectionId, planned, replaced, apply, rows } = await open();
    await apply([planned(0)]);
    const [leased] = (await leaseDue(db, tenantId, { connectionId, took: [], now: at(0), leaseMs: 30_000, limit: 20 })).rows;
    await apply([], [replaced(leased!.id)]);
    expect(await rows()).toMatchObject([{ version: 1, state: 'writing', body: note }]);
  });

  test('a proposal over another value is put before the person anew, if they still have it before them', async () => {
    const { db, tenantId, planned, apply, rows } = await open();
    await apply([planned(5, { state: 'waiting', body: move })]);
    const [{ id } = { id: '' }] = await rows();
    const body: ChangeBody = { ...move, from: 'c', fromLabel: 'C' };
    expect(await repropose(db, tenantId, id, { version: 1, body, trouble: 'The deal is in C now.' })).toMatchObject({
      version: 2,
      state: 'waiting',
      body,
      trouble: 'The deal is in C now.',
    });
    expect(await repropose(db, tenantId, id, { version: 1, body, trouble: 'again' })).toBeNull();
  });

  test('once somebody says who was on the call, what waited is due on that person’s record, and the choice is remembered', async () => {
    const { db, tenantId, connectionId, callId, planned, apply, rows } = await open();
    const asks = [{ field: 'who', label: 'Which Dana?', type: 'choice' as const, options: [] }];
    await apply([
      planned(0, { state: 'waiting', asks }),
      planned(5, { state: 'waiting', policy: 'suggest', body: move }),
      planned(6, { state: 'waiting', policy: 'suggest', body: { kind: 'draft-email', to: [], subject: '', body: '' } }),
    ]);
    const into = { object: 'deal', id: '7002' } as const;
    const dana = { ref: { object: 'contact', id: '9002' } as const, name: 'Dana Osei', email: null };
    const press = { by: '71', at: at(60), requestId: 'r1' };
    const settle = () =>
      settlePerson(db, tenantId, { callId, connectionId, record: into, contact: dana, addressHashes: ['hash'], ...press });
    await settle();
    await settle();
    expect(await rows()).toMatchObject([
      { state: 'due', record: into, also: [dana.ref], decidedBy: '71', requestId: 'r1' },
      { state: 'superseded', record, trouble: 'It was about another record.' },
      { state: 'waiting', record: into },
    ]);
    expect((await rows())[0]?.asks).toBeUndefined();
    expect(await callOf(db, tenantId, callId)).toMatchObject({ record: into, contactId: '9002', customerName: 'Dana Osei' });
    expect(await chosenFor(db, tenantId, connectionId, 'hash')).toBe('9002');
    expect(await changeOf(db, (await newTenant(url)).tenantId, (await rows())[0]!.id)).toBeNull();
  });
});
