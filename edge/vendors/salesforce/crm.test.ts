import { afterEach, expect, test } from 'vitest';
import { cast } from '../../../sandbox/cast.ts';
import type { Faults } from '../../../sandbox/salesforce/faults.ts';
import { type SalesforceTwin, startSalesforce } from '../../../sandbox/salesforce/protocol.ts';
import type { CrmWrite } from '../../../shared/contracts/change.ts';
import { ok } from '../../../shared/kit/result.ts';
import { crmContract } from '../../ports/crm.contract.ts';
import { salesforceCrm } from './crm.ts';

const { salesforce } = cast;
const deal = { object: 'deal', id: salesforce.opportunityId } as const;
const contact = { object: 'contact', id: salesforce.contactId } as const;

const crmOf = (twin: SalesforceTwin) => {
  let held = twin.login(salesforce.integrationUser.id);
  return salesforceCrm({
    token: async (fresh) => {
      if (fresh) held = twin.login(salesforce.integrationUser.id);
      return ok({ accessToken: held, instanceUrl: twin.origin });
    },
  });
};

crmContract('salesforce', async () => {
  const twin = await startSalesforce({ port: 0 });
  return {
    crm: crmOf(twin),
    facts: {
      personNumber: cast.customer.phone,
      personName: cast.customer.name,
      deal,
      contact,
      nextStage: salesforce.nextStage,
      owner: { id: salesforce.rep.userId, email: cast.rep.email },
      stranger: { id: salesforce.colleague.userId, email: cast.colleague.email },
    },
    countActivities: async (key) => twin.timeline(deal.id).filter((one) => key === undefined || one.key === key).length,
    stageOf: async ({ id }) => String(twin.row('Opportunity', id)?.StageName),
    close: () => twin.close(),
  };
});

let twin: SalesforceTwin | undefined;
const open = async (options: { faults?: Faults; now?: () => number } = {}) => {
  twin = await startSalesforce({ port: 0, ...options });
  return { twin, crm: crmOf(twin) };
};
afterEach(() => twin?.close());

const call: CrmWrite = {
  kind: 'log-call',
  title: 'Call with Maya Lindqvist',
  body: 'Summary\nSecond line',
  direction: 'outbound',
  startedAt: '2026-11-20T10:00:00-05:00',
  durationMs: 83_400,
  ownerId: salesforce.rep.userId,
};
const move: CrmWrite = {
  kind: 'move-stage',
  from: salesforce.stage,
  to: salesforce.nextStage,
  fromLabel: salesforce.stage,
  toLabel: salesforce.nextStage,
};
const on = { record: deal, also: [contact] };

test('a logged call is one completed Task on the deal and the person, owned by the rep', async () => {
  const { twin, crm } = await open();
  const written = await crm.write(call, on, 'key-1');
  expect(written).toMatchObject({ ok: true });
  expect(twin.rows('Task')).toMatchObject([
    {
      Id: written.ok && written.value.recordId,
      ROS_Key__c: 'key-1',
      TaskSubtype: 'Call',
      Status: 'Completed',
      Subject: 'Call with Maya Lindqvist',
      Description: 'Summary\nSecond line',
      ActivityDate: '2026-11-20',
      CallType: 'Outbound',
      CallDurationInSeconds: 83,
      CallObject: 'key-1',
      WhatId: deal.id,
      WhoId: contact.id,
      OwnerId: salesforce.rep.userId,
    },
  ]);
});

test('a repeated key does not undo what a person wrote since', async () => {
  const { twin, crm } = await open();
  await crm.write(call, on, 'key-1');
  const [task] = twin.rows('Task');
  task!.Description = 'Sam put it better.';
  await crm.write(call, on, 'key-1');
  expect(twin.rows('Task').map(({ Description }) => Description)).toEqual(['Sam put it better.']);
});

test('refuses to move a stage when somebody saves the deal in between', async () => {
  let at = Date.parse('2026-11-20T15:00:00Z');
  let meddle = () => {};
  const { twin, crm } = await open({
    now: () => at,
    faults: ({ method }) => {
      if (method === 'PATCH') meddle();
      return undefined;
    },
  });
  meddle = () => {
    at += 5_000;
    twin.row('Opportunity', deal.id)!.LastModifiedDate = new Date(at).toISOString().replace('Z', '+0000');
  };
  expect(await crm.write(move, on, 'key-2')).toEqual({
    ok: false,
    fault: { kind: 'refused', said: 'Somebody changed the record in Salesforce meanwhile.' },
  });
  expect(twin.row('Opportunity', deal.id)?.StageName).toBe(salesforce.stage);
});

test('a session that ended is opened anew, once', async () => {
  const { twin, crm } = await open();
  twin.endSessions();
  expect(await crm.record(contact)).toMatchObject({ ok: true });
  twin.row('User', salesforce.integrationUser.id)!.IsActive = false;
  expect(await crm.record(contact)).toMatchObject({ ok: false, fault: { kind: 'expired' } });
});

test('an answer lost on the way leaves one task when tried again', async () => {
  let lose = true;
  const { twin, crm } = await open({
    faults: ({ method }) => {
      if (method !== 'PATCH' || !lose) return undefined;
      lose = false;
      return 'garbled';
    },
  });
  expect(await crm.write(call, on, 'key-3')).toMatchObject({ ok: false, fault: { kind: 'broken' } });
  expect(await crm.write(call, on, 'key-3')).toMatchObject({ ok: true });
  expect(twin.rows('Task')).toHaveLength(1);
});

test.each([
  ['lost', 'move', true],
  ['garbled', 'move', true],
  ['unknown', 'call', true],
  ['lock', 'call', undefined],
  ['limit', 'move', undefined],
] as const)('knows whether a write met by %s may have landed (%s)', async (fault, which, ambiguous) => {
  const { crm } = await open({ faults: ({ method }) => (method === 'PATCH' ? fault : undefined) });
  const written = await crm.write(which === 'move' ? move : call, on, 'key-5');
  expect(written.ok ? 'written' : written.fault.ambiguous).toBe(ambiguous);
});

test('a read that failed on the way to a write has changed nothing', async () => {
  const { crm } = await open({ faults: ({ method }) => (method === 'GET' ? 'unknown' : undefined) });
  const written = await crm.write(call, on, 'key-6');
  expect(written.ok ? 'written' : written.fault.ambiguous).toBe(undefined);
});

test('the daily limit is busy, with a time to wait', async () => {
  const { twin, crm } = await open();
  twin.setCallsMax(0);
  expect(await crm.record(deal)).toMatchObject({ ok: false, fault: { kind: 'busy', retryAfterMs: 900_000 } });
});

test('a colleague of another team reaches nothing, the head of sales reaches as the manager', async () => {
  const { twin, crm } = await open();
  const head = twin.rows('User').find(({ FirstName }) => FirstName === 'Priya');
  expect(await crm.reach({ id: salesforce.colleague.userId, email: '' }, deal)).toEqual(ok({ owner: false, team: false, any: false }));
  expect(await crm.reach({ id: String(head?.Id), email: '' }, deal)).toEqual(ok({ owner: false, team: true, any: true }));
});

test('finds people however their number was typed', async () => {
  const { crm } = await open();
  const names = async (number: string) => {
    const found = await crm.findByPhone(number);
    return found.ok ? found.value.map(({ name, deal }) => [name, deal !== undefined]) : found;
  };
  expect(await names('+15035550117')).toEqual([['Jonas Pine', true]]);
  expect(await names('+4532125501')).toEqual([['Freja Holm', true]]);
  // Her only opportunity is won: nothing is open.
  expect(await names('+441134960142')).toEqual([['Imran Shah', false]]);
});
