import { expect, test } from 'vitest';
import type { ChangeBody, ChangeItem } from '../../shared/contracts/change.ts';
import { failed, ok } from '../../shared/kit/result.ts';
import { type ApproveDeps, approve, type Decision, decline } from './approve.ts';

const stage: ChangeBody = { kind: 'move-stage', from: 'a', to: 'b', fromLabel: 'A', toLabel: 'B' };
const email: ChangeBody = { kind: 'draft-email', to: ['maya@cobaltfreight.example'], subject: 'As promised', body: 'Hi Maya' };

const item = (body: ChangeBody, over: Partial<ChangeItem> = {}): ChangeItem => ({
  id: 'change-1',
  version: 3,
  record: { object: 'deal', id: '7001' },
  also: [],
  policy: 'suggest',
  state: 'waiting',
  body,
  reason: 'They asked for it',
  evidence: [],
  ...over,
});

const decision: Decision = {
  requestId: '0b7c2f6e-1111-4111-8111-111111111111',
  version: 3,
  tenantId: 'tenant-1',
  connectionId: 'connection-1',
  by: '71',
  at: '2026-11-20T16:00:00.000Z',
  crm: 'HubSpot',
};

function desk(moved = true, over: Partial<ApproveDeps> = {}) {
  const log: unknown[] = [];
  const deps: ApproveDeps = {
    decide: async (tenantId, id, it) => {
      log.push([tenantId, id, it]);
      return { moved, item: null };
    },
    repropose: async (_tenantId, id, it) => {
      log.push(['repropose', id, it]);
      return null;
    },
    settleWho: async (_on, id, it) => {
      log.push(['who', id, it.personId]);
      return item(stage, { state: 'due' });
    },
    recordOf: async () => failed({ kind: 'broken', said: 'HubSpot is away.' }),
    standing: async () => failed({ kind: 'broken', said: 'HubSpot is away.' }),
    kick: async (tenantId, connectionId) => void log.push(`kick ${tenantId} ${connectionId}`),
    ...over,
  };
  return { deps, log };
}
const asked = { version: 3, by: '71', at: decision.at, requestId: decision.requestId };

test('what settings say is never written, or only watched, becomes due by nobody’s yes', async () => {
  for (const policy of ['never', 'shadow'] as const) {
    const { deps, log } = desk();
    expect((await approve(deps, item(stage, { policy }), decision)).moved).toBe(false);
    expect(log).toEqual([]);
  }
});

test('a CRM change becomes due and its writer is kicked', async () => {
  const { deps, log } = desk();
  expect((await approve(deps, item(stage), decision)).moved).toBe(true);
  expect(log).toEqual([['tenant-1', 'change-1', { ...asked, to: 'due' }], 'kick tenant-1 connection-1']);
});

test('an email is frozen as approved, and nobody is kicked to send it', async () => {
  const { deps, log } = desk();
  await approve(deps, item(email), decision);
  expect(log).toEqual([['tenant-1', 'change-1', { ...asked, to: 'approved', keptShare: 1 }]]);
});

test('an edited email is approved as edited, to the same people', async () => {
  const { deps, log } = desk();
  await approve(deps, item(email), { ...decision, email: { subject: 'Plan', body: 'Hi Maya, here it is' } });
  const body = { ...email, subject: 'Plan', body: 'Hi Maya, here it is' };
  expect(log).toEqual([['tenant-1', 'change-1', { ...asked, to: 'approved', body, keptShare: 0.5 }]]);
});

test('an email sent along with another change edits nothing', async () => {
  const { deps, log } = desk();
  await approve(deps, item(stage), { ...decision, email: { subject: 'x', body: 'y' } });
  expect(log[0]).toEqual(['tenant-1', 'change-1', { ...asked, to: 'due' }]);
});

test('a press that came too late kicks nobody', async () => {
  const { deps, log } = desk(false);
  expect((await approve(deps, item(stage), decision)).moved).toBe(false);
  expect(log).toHaveLength(1);
});

test('what is never offered is not approved', async () => {
  const { deps, log } = desk();
  const shown = item(stage, { policy: 'never' });
  expect(await approve(deps, shown, decision)).toEqual({ moved: false, item: shown });
  expect(log).toEqual([]);
});

test('declining writes nothing', async () => {
  const { deps, log } = desk();
  await decline(deps, item(stage), decision);
  expect(log).toEqual([['tenant-1', 'change-1', { ...asked, to: 'declined' }]]);
});

const amount: ChangeBody = { kind: 'set-field', field: 'amount', label: 'Amount', mode: 'overwrite', from: '5', to: '7' };
const stands = (value: string | null): Partial<ApproveDeps> => ({
  standing: async () =>
    ok([{ field: 'amount', label: 'Amount', value, by: 'other', who: 'Dana', at: '2026-11-03T09:00:00Z', isOurValue: false }]),
});

test('a value that changed since it was shown is shown before it is overwritten', async () => {
  const { deps, log } = desk(true, stands('6'));
  const said = 'Dana changed the amount in HubSpot on 3 November.';
  const stale = await approve(deps, item(amount), decision);
  expect([stale.moved, stale.refusal]).toEqual([false, { code: 'stale', said }]);
  expect(log).toEqual([['repropose', 'change-1', { version: 3, body: { ...amount, from: '6' }, trouble: said }]]);
});

test('who was told of another value says yes over that value', async () => {
  const { deps, log } = desk(true, stands('6'));
  await approve(deps, item(amount, { trouble: 'Dana changed the amount.' }), decision);
  expect(log[0]).toEqual(['tenant-1', 'change-1', { ...asked, to: 'due', body: { ...amount, from: '6' } }]);
});

test('a value that stands as shown, in another spelling, needs no second look', async () => {
  const { deps, log } = desk(true, stands('5.00'));
  await approve(deps, item(amount), decision);
  expect(log[0]).toEqual(['tenant-1', 'change-1', { ...asked, to: 'due' }]);
});

const lacks = item(stage, {
  state: 'parked',
  parkedWhy: 'lacks',
  asks: [{ field: 'closedate', label: 'Close date', type: 'date' }],
  trouble: 'HubSpot wants more fields first: Close date.',
});

test('what the CRM wants goes with the move; without it nothing moves', async () => {
  const { deps, log } = desk();
  expect((await approve(deps, lacks, decision)).refusal).toEqual({ code: 'bad-request', said: 'The field “Close date” is missing.' });
  expect(log).toEqual([]);
  await approve(deps, lacks, { ...decision, values: { closedate: '2026-12-15' } });
  expect(log[0]).toEqual(['tenant-1', 'change-1', { ...asked, to: 'due', body: { ...stage, with: { closedate: '2026-12-15' } } }]);
});

test('the same press again is not asked for values again', async () => {
  const { deps, log } = desk();
  await approve(deps, item(stage, { state: 'due' }), { ...decision, values: { closedate: '2026-12-15' } });
  expect(log[0]).toEqual(['tenant-1', 'change-1', { ...asked, to: 'due' }]);
});

test('who was on the call is one of those who were asked about', async () => {
  const { deps, log } = desk();
  const options = [{ value: '9001', label: 'Dana Osei' }];
  const held = item(stage, { policy: 'auto', asks: [{ field: 'who', label: 'Which Dana was on the call?', type: 'choice', options }] });
  expect((await approve(deps, held, { ...decision, values: { who: '9009' } })).refusal?.code).toBe('bad-request');
  expect(log).toEqual([]);
  expect((await approve(deps, held, { ...decision, values: { who: '9001' } })).moved).toBe(true);
  expect(log).toEqual([['who', 'change-1', '9001'], 'kick tenant-1 connection-1']);
});
