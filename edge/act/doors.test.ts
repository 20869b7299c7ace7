import { expect, test } from 'vitest';
import type { Standing } from '../../shared/act/human-wins.ts';
import type { FieldValue } from '../../shared/act/plan-fields.ts';
import type { AutoUpdateBody } from '../../shared/contracts/view.ts';
import { failed, ok } from '../../shared/kit/result.ts';
import { autoUpdate, createTask, type DoorDeps, syncDeal } from './doors.ts';
import type { PlannedRow } from './plan.ts';

const caller = { tenantId: 'tenant-1', connectionId: 'connection-1', host: 'hubspot', userId: '71' } as const;
const record = { object: 'deal', id: '7001' } as const;
const requestId = '0b7c2f6e-1111-4111-8111-111111111111';
const stages = [
  { id: 'a', label: 'Qualified', probability: 0.2, closed: false },
  { id: 'b', label: 'Proposal', probability: 0.4, closed: false },
];
const standing: (FieldValue & Standing)[] = [
  { field: 'amount', label: 'Amount', value: '5', by: 'us', isOurValue: true },
  { field: 'hs_next_step', label: 'Next step', value: null, by: 'unknown', isOurValue: 'unknown' },
  { field: 'hubspot_owner_id', label: 'Owner', value: '501', by: 'other', isOurValue: false },
];

function desk(over: Partial<DoorDeps> = {}) {
  const log: string[] = [];
  const kept: PlannedRow[] = [];
  const deps: DoorDeps = {
    recordOf: async () => ok({ ref: record, name: 'Cobalt', stageId: 'a', stages, people: [] }),
    whereIs: async () => ok({ is: 'here' }),
    follow: async () => undefined,
    standing: async (_on, _ref, fields) => ok(standing.filter(({ field }) => fields.includes(field))),
    overridesOf: async () => [{ subject: 'set-field:deal.hs_next_step', policy: 'auto' }],
    refresh: async () => {
      log.push('refreshed');
      return ok(1);
    },
    ownerOf: async () => '501',
    hash: async (text) => text,
    saveRows: async (_tenantId, rows) => {
      for (const row of rows) if (!kept.some(({ opKey }) => opKey === row.opKey)) kept.push(row);
    },
    changesByKey: async (_tenantId, opKeys) => opKeys.flatMap((key) => kept.filter(({ opKey }) => opKey === key).map(itemOf)),
    kick: async (_tenantId, connectionId) => void log.push(`kick ${connectionId}`),
    ...over,
  };
  return { deps, log, kept };
}
const itemOf = ({ opKey, record, policy, state, body, reason }: PlannedRow) => ({
  id: opKey,
  version: 1,
  record,
  also: [],
  policy,
  state,
  body,
  reason,
  evidence: [],
});
const ask = (over: Partial<AutoUpdateBody>): AutoUpdateBody => ({ requestId, record, ...over });
const said = async (deps: DoorDeps, over: Partial<AutoUpdateBody>) => {
  const done = await autoUpdate(deps, caller, ask(over));
  return done.ok ? done.value.map(({ policy, state, body }) => [policy, state, body]) : done.fault.said;
};

test('fields and stage are planned by policy: some are due, some wait, some are shown only', async () => {
  const { deps, log } = desk();
  const fields = { amount: '9', hs_next_step: 'Send the plan', hubspot_owner_id: '502' };
  expect(await said(deps, { fields, stage: 'proposal' })).toEqual([
    ['suggest', 'waiting', { kind: 'set-field', field: 'amount', label: 'Amount', mode: 'overwrite', from: '5', to: '9' }],
    ['auto', 'due', { kind: 'set-field', field: 'hs_next_step', label: 'Next step', mode: 'fill-blank', from: null, to: 'Send the plan' }],
    ['never', 'waiting', { kind: 'set-field', field: 'hubspot_owner_id', label: 'Owner', mode: 'overwrite', from: '501', to: '502' }],
    ['suggest', 'waiting', { kind: 'move-stage', from: 'a', to: 'b', fromLabel: 'Qualified', toLabel: 'Proposal' }],
  ]);
  expect(log).toEqual(['kick connection-1']);
});

test('the same request again answers with what the first one made', async () => {
  const { deps, kept } = desk();
  const first = await said(deps, { fields: { amount: '9' } });
  // Written meanwhile: there is nothing to plan any more.
  const written: DoorDeps = { ...deps, standing: async () => ok([{ ...standing[0]!, value: '9' }]) };
  expect(await said(written, { fields: { amount: '9' } })).toEqual(first);
  expect(kept).toHaveLength(1);
});

test('an unknown field, an unknown stage and an empty wish are refused by name', async () => {
  const { deps } = desk();
  expect(await said(deps, { fields: { nope: '1' } })).toBe('HubSpot has no field nope on this record.');
  expect(await said(deps, { stage: 'won' })).toBe('This stage is not in the deal’s pipeline.');
  expect(await said(deps, {})).toBe('There is nothing to change.');
});

test('a task is due at once, and the same request twice is one task', async () => {
  const { deps, kept } = desk();
  const wish = { requestId, record, subject: 'Send the plan', dueAt: '2026-11-24T10:00:00-05:00' };
  const task = { kind: 'add-task', subject: 'Send the plan', body: '', dueAt: wish.dueAt, ownerId: '501' };
  expect(await createTask(deps, caller, wish)).toMatchObject([{ state: 'due', body: task }]);
  expect(await createTask(deps, caller, wish)).toMatchObject([{ state: 'due', body: task }]);
  expect(kept).toHaveLength(1);
});

test('a deal is read again, followed where it went, and the writer is kicked', async () => {
  const { deps, log } = desk();
  expect(await syncDeal(deps, caller, record)).toEqual(ok(record));
  expect(log).toEqual(['refreshed', 'kick connection-1']);
  const away = desk({ recordOf: async () => failed({ kind: 'busy', said: 'HubSpot is busy.' }) });
  expect(await syncDeal(away.deps, caller, record)).toEqual(failed({ kind: 'busy', said: 'HubSpot is busy.' }));
  expect(away.log).toEqual([]);
});
