import { expect, test } from 'vitest';
import type { ChangeBody, ChangeItem } from '../../shared/contracts/change.ts';
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
};

function desk(moved = true) {
  const log: unknown[] = [];
  const deps: ApproveDeps = {
    decide: async (tenantId, id, it) => {
      log.push([tenantId, id, it]);
      return { moved, item: null };
    },
    kick: async (tenantId, connectionId) => void log.push(`kick ${tenantId} ${connectionId}`),
  };
  return { deps, log };
}
const asked = { version: 3, by: '71', at: decision.at, requestId: decision.requestId };

test('a CRM change becomes due and its writer is kicked', async () => {
  const { deps, log } = desk();
  expect((await approve(deps, item(stage), decision)).moved).toBe(true);
  expect(log).toEqual([['tenant-1', 'change-1', { ...asked, to: 'due' }], 'kick tenant-1 connection-1']);
});

test('an email is frozen as approved, and nobody is kicked to send it', async () => {
  const { deps, log } = desk();
  await approve(deps, item(email), decision);
  expect(log).toEqual([['tenant-1', 'change-1', { ...asked, to: 'approved' }]]);
});

test('an edited email is approved as edited, to the same people', async () => {
  const { deps, log } = desk();
  await approve(deps, item(email), { ...decision, email: { subject: 'Plan', body: 'Hi Maya, here it is' } });
  const body = { ...email, subject: 'Plan', body: 'Hi Maya, here it is' };
  expect(log).toEqual([['tenant-1', 'change-1', { ...asked, to: 'approved', body }]]);
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
