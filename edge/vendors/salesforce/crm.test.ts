import { afterEach, expect, test } from 'vitest';
import { cast } from '../../../sandbox/cast.ts';
import type { Faults } from '../../../sandbox/salesforce/faults.ts';
import { type SalesforceTwin, startSalesforce } from '../../../sandbox/salesforce/protocol.ts';
import type { CrmWrite } from '../../../shared/contracts/change.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { ok } from '../../../shared/kit/result.ts';
import { crmContract } from '../../ports/crm.contract.ts';
import type { Crm, KeyedWrite, Written } from '../../ports/crm.ts';
import { type SalesforceAccess, salesforceCrm } from './crm.ts';
import { probeSalesforce } from './probe.ts';

const { salesforce } = cast;
const deal = { object: 'deal', id: salesforce.opportunityId } as const;
const contact = { object: 'contact', id: salesforce.contactId } as const;

const crmOf = (twin: SalesforceTwin, more: Partial<SalesforceAccess> = {}) => {
  let held = twin.login(salesforce.integrationUser.id);
  return salesforceCrm({
    username: twin.username,
    // Two twins of one test run may have had the same port.
    known: new Map(),
    ...more,
    token: async (refused) => {
      if (refused === held) held = twin.login(salesforce.integrationUser.id);
      return ok({ accessToken: held, instanceUrl: twin.origin });
    },
  });
};

crmContract('Salesforce', async () => {
  let asked = 0;
  let at: number | undefined;
  const twin = await startSalesforce({ port: 0, now: () => at ?? Date.now(), record: () => void asked++ });
  twin.edit('Opportunity', deal.id, { NextStep: null });
  const rowOf = () => twin.row('Opportunity', deal.id) ?? {};
  return {
    crm: crmOf(twin),
    facts: {
      name: 'Salesforce',
      personNumber: cast.customer.phone,
      personName: cast.customer.name,
      personEmail: cast.customer.email,
      deal,
      contact,
      nextStage: salesforce.nextStage,
      owner: { id: salesforce.rep.userId, email: cast.rep.email },
      ownerName: cast.rep.name,
      stranger: { id: salesforce.colleague.userId, email: cast.colleague.email },
      text: { field: 'Description', label: 'Description' },
      reason: { field: 'NextStep', label: 'Next Step' },
      amount: { field: 'Amount', label: 'Amount', now: String(cast.deal.amount) },
      choice: { field: 'StageName', label: 'Stage' },
      bundleRequests: 1,
    },
    countActivities: async (key) => twin.timeline(deal.id).filter((one) => key === undefined || one.key === key).length,
    stageOf: async ({ id }) => String(twin.row('Opportunity', id)?.StageName),
    fieldOf: (field) => String(rowOf()[field] ?? ''),
    bodyOf: (_, id) => {
      const row = twin.row('Task', id);
      return row && String(row.Description ?? '');
    },
    edit: (fields) =>
      twin.edit(
        'Opportunity',
        deal.id,
        Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, name === 'Amount' ? Number(text) : text])),
      ),
    rewrite: (_, id, body) => twin.edit('Task', id, { Description: body }),
    complete: (id) => twin.edit('Task', id, { Status: 'Completed' }),
    wantAtStage: (stage, field) =>
      twin.setRules({ validations: [{ object: 'Opportunity', stages: [stage], needs: [field], message: 'Say why.', field }] }),
    logByOther({ startedAt, durationMs }) {
      // Saved when it was over.
      at = Date.parse(startedAt) + durationMs;
      const id = twin.logCallByOther({ at, whatId: deal.id, whoId: contact.id, durationSeconds: durationMs / 1_000 });
      at = undefined;
      return id;
    },
    requests: () => asked,
    close: () => twin.close(),
  };
});

let twin: SalesforceTwin | undefined;
const open = async (options: { faults?: Faults; now?: () => number; callsMax?: number } = {}) => {
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
const one = async (crm: Crm, change: CrmWrite, key: string, more: Partial<KeyedWrite> = {}, record: RecordRef = deal): Promise<Written> => {
  const [written] = await crm.write([{ change, also: [contact], key, isFirst: true, ...more }], record);
  return written!;
};

test('a logged call is one completed Task on the deal and the person, owned by the rep', async () => {
  const { twin, crm } = await open();
  const written = await one(crm, call, 'key-1');
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

test('a task has every contact of the call, where the org shares activities', async () => {
  const { twin } = await open();
  const other = twin.make('Contact', { LastName: 'Ruiz', AccountId: salesforce.accountId });
  twin.setRules({ sharedActivities: true });
  const crm = crmOf(twin, { sharedActivities: true });
  expect(await one(crm, call, 'key-1', { also: [contact, { object: 'contact', id: other }] })).toMatchObject({ ok: true });
  expect([twin.timeline(deal.id).length, twin.rows('TaskRelation').filter(({ IsWhat }) => !IsWhat).length]).toEqual([1, 2]);
});

test('more activities than one request takes go in several', async () => {
  const { twin, crm } = await open();
  const changes = Array.from({ length: 27 }, (_, n) => ({ change: call, also: [], key: `key-${n}`, isFirst: true }));
  expect((await crm.write(changes, deal)).every(({ ok }) => ok)).toBe(true);
  expect(twin.rows('Task')).toHaveLength(27);
});

/** Somebody saves the deal between our look and our write, `times` times. */
const meddled = async (fields: Record<string, string | number>, times: number) => {
  let at = Date.parse('2026-11-20T15:00:00Z');
  let left = 0;
  const opened = await open({
    now: () => at,
    faults: ({ method }) => {
      if (method === 'PATCH' && left-- > 0) {
        at += 5_000;
        opened.twin.edit('Opportunity', deal.id, fields);
      }
      return undefined;
    },
  });
  at += 60_000;
  left = times;
  return opened;
};

test('a stage that somebody moves in between stays theirs', async () => {
  const { twin, crm } = await meddled({ StageName: 'Qualification' }, 1);
  expect(await one(crm, move, 'key-2')).toEqual({
    ok: false,
    fault: { kind: 'changed', said: `${cast.rep.name} changed the stage in Salesforce on 20 November.` },
  });
  expect(twin.row('Opportunity', deal.id)?.StageName).toBe('Qualification');
});

test('another field that somebody saves in between costs one more look, and no more', async () => {
  const once = await meddled({ NextStep: 'x' }, 1);
  expect(await one(once.crm, move, 'key-2')).toMatchObject({ ok: true });
  await once.twin.close();
  const always = await meddled({ NextStep: 'x' }, 9);
  expect(await one(always.crm, move, 'key-2')).toMatchObject({ ok: false, fault: { kind: 'busy', retryAfterMs: 1_000 } });
});

test('refuses a stage of another record type, before it writes', async () => {
  const { twin, crm } = await open();
  const [RecordTypeId = ''] = twin.setRecordTypes('Opportunity', [{ name: 'New business', stages: [salesforce.stage, 'Closed Won'] }]);
  twin.edit('Opportunity', deal.id, { RecordTypeId });
  expect(await one(crm, move, 'key-2')).toEqual({ ok: false, fault: { kind: 'refused', said: 'The opportunity has no such stage.' } });
});

test('refuses a field that the integration user may not write, before it writes', async () => {
  const { twin, crm } = await open();
  twin.setFieldAccess(salesforce.integrationUser.id, { 'Opportunity.NextStep': 'read' });
  const change: CrmWrite = {
    kind: 'set-field',
    field: 'NextStep',
    label: 'Next step',
    mode: 'overwrite',
    from: 'Agree on the rollout',
    to: 'x',
  };
  expect(await one(crm, change, 'key-2')).toEqual({
    ok: false,
    fault: { kind: 'refused', said: 'We may not write "Next Step" in Salesforce.' },
  });
});

test('a required field is asked for with its choices', async () => {
  const { twin, crm } = await open();
  twin.setRules({ required: ['Opportunity.Probability'] });
  twin.row('Opportunity', deal.id)!.Probability = null;
  const change: CrmWrite = {
    kind: 'set-field',
    field: 'NextStep',
    label: 'Next step',
    mode: 'overwrite',
    from: 'Agree on the rollout',
    to: 'x',
  };
  expect(await one(crm, change, 'key-2')).toEqual({
    ok: false,
    fault: {
      kind: 'lacks',
      said: 'Salesforce wants more fields first: Probability.',
      asks: [{ field: 'Probability', label: 'Probability', type: 'number' }],
    },
  });
});

test('a lead converted during the call is gone, and leads to its deal, its contact and its company', async () => {
  const { twin, crm } = await open();
  const id = twin.make('Lead', { LastName: 'Holt', Company: 'Holt & Sons', Email: 'ann@holt.example' });
  const lead = { object: 'lead', id } as const;
  expect(await crm.findByEmail('Ann@Holt.example')).toMatchObject({ ok: true, value: [{ ref: lead }] });
  const { contactId, opportunityId, accountId } = twin.convertLead(id);
  expect(await one(crm, call, 'key-9', { also: [] }, lead)).toMatchObject({ ok: false, fault: { kind: 'gone' } });
  expect(await crm.record(lead)).toMatchObject({ ok: false, fault: { kind: 'gone' } });
  const into = { object: 'deal', id: opportunityId! } as const;
  const also = [{ object: 'contact', id: contactId } as const, { object: 'company', id: accountId } as const];
  expect(await crm.whereIs(lead)).toEqual(ok({ is: 'converted', into, also }));
  expect(await one(crm, call, 'key-9', { also, isFirst: false }, into)).toMatchObject({ ok: true });
  expect([twin.timeline(into.id).length, (await crm.findByEmail('ann@holt.example')).ok]).toEqual([1, true]);
});

test('a refusal names the fields as people know them', async () => {
  const { twin, crm } = await open();
  twin.setRules({
    validations: [{ object: 'Opportunity', stages: [salesforce.stage], needs: ['Description'], message: 'x', field: 'NextStep' }],
  });
  const from = String(twin.row('Opportunity', deal.id)?.['NextStep']);
  const step: CrmWrite = { kind: 'set-field', field: 'NextStep', label: 'Next Step', mode: 'overwrite', from, to: 'Send the plan' };
  expect(await one(crm, step, 'key-12', { also: [] })).toEqual({
    ok: false,
    fault: { kind: 'refused', said: 'A validation rule in Salesforce refused the change (Next Step).' },
  });
  const read = await crm.fields(deal, ['NextStep', 'CloseDate', 'StageName']);
  expect(read.ok && read.value.map(({ label }) => label).sort()).toEqual(['Close Date', 'Next Step', 'Stage']);
});

test('a merged contact leads to the one it was merged into', async () => {
  const { twin, crm } = await open();
  const id = twin.make('Contact', { LastName: 'Lindquist' });
  twin.merge('Contact', contact.id, [id]);
  expect(await crm.whereIs({ object: 'contact', id })).toEqual(ok({ is: 'merged', into: contact }));
  twin.remove('Opportunity', deal.id);
  expect(await crm.whereIs(deal)).toEqual(ok({ is: 'deleted' }));
});

test('stops writing at the share of the daily calls that the admin allows, without a request', async () => {
  const { twin } = await open({ callsMax: 100 });
  let last: { used: number; max: number } | undefined;
  const crm = crmOf(twin, { budget: { share: 0.03, last: () => last, seen: (usage) => (last = usage) } });
  expect(await one(crm, call, 'key-1')).toMatchObject({ ok: true });
  expect(last).toEqual({ used: 1, max: 100 });
  for (const _ of [1, 2]) await crm.record(contact);
  expect(await one(crm, call, 'key-2')).toEqual({
    ok: false,
    fault: {
      kind: 'busy',
      said: 'The org has used 3 % of its daily Salesforce API calls; we stop at 3 %.',
      retryAfterMs: 900_000,
    },
  });
  expect(twin.count().requests).toBe(3);
});

test('finds out what the org can do', async () => {
  const { twin } = await open();
  const token = async () => ok({ accessToken: twin.login(salesforce.integrationUser.id), instanceUrl: twin.origin });
  const probed = await probeSalesforce({ token });
  expect(probed).toMatchObject({
    ok: true,
    value: { effectOnce: true, sharedActivities: false, requiredFields: ['Name', 'StageName', 'CloseDate'] },
  });
  expect(probed.ok && Object.values(probed.value.stagesByRecordType ?? {})).toEqual([expect.arrayContaining([salesforce.stage])]);
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
      if (method !== 'POST' || !lose) return undefined;
      lose = false;
      return 'garbled';
    },
  });
  expect(await one(crm, call, 'key-3')).toMatchObject({ ok: false, fault: { kind: 'broken', ambiguous: true } });
  expect(await one(crm, call, 'key-3', { isFirst: false })).toMatchObject({ ok: true });
  expect(twin.rows('Task')).toHaveLength(1);
});

test.each([
  ['lost', 'move', true],
  ['garbled', 'move', true],
  ['unknown', 'call', true],
  ['lock', 'call', undefined],
  ['limit', 'move', undefined],
] as const)('knows whether a write met by %s may have landed (%s)', async (fault, which, ambiguous) => {
  const { crm } = await open({ faults: ({ method }) => (method !== 'GET' ? fault : undefined) });
  const written = await one(crm, which === 'move' ? move : call, 'key-5');
  expect(written.ok ? 'written' : written.fault.ambiguous).toBe(ambiguous);
});

test('a read that failed on the way to a write has changed nothing', async () => {
  const { crm } = await open({ faults: ({ method }) => (method === 'GET' ? 'unknown' : undefined) });
  const written = await one(crm, call, 'key-6', { isFirst: false });
  expect(written.ok ? 'written' : written.fault.ambiguous).toBe(undefined);
});

test.each([1, 2, 3, 4, 5, 6])('ends with one task of each, whatever the requests met (seed %i)', async (seed) => {
  const { twin, crm } = await open();
  const kinds = ['partial', 'lock', 'lost', 'garbled', 'unknown-after', 'unavailable', 'expired', 'reset-after', 'truncated'] as const;
  twin.setFaults({ share: 0.6, seed, kinds });
  const changes = [1, 2, 3, 4].map((n) => ({ change: call, also: [contact], key: `key-${n}`, isFirst: true }));
  let left = changes;
  for (let tries = 0; tries < 60 && left.length > 0; tries++) {
    const written = await crm.write(
      left.map((it) => ({ ...it, isFirst: tries === 0 })),
      deal,
    );
    left = left.filter((_, n) => !written[n]?.ok);
  }
  expect(left).toEqual([]);
  expect(
    twin
      .rows('Task')
      .map(({ ROS_Key__c }) => ROS_Key__c)
      .sort(),
  ).toEqual(changes.map(({ key }) => key));
});

test('parts of a bundle that met a lock are tried again alone', async () => {
  const { twin, crm } = await open();
  twin.setFaults({ share: 1, seed: 3, kinds: ['partial'] });
  const changes = [1, 2, 3].map((n) => ({ change: call, also: [contact], key: `key-${n}`, isFirst: true }));
  const first = await crm.write(changes, deal);
  const left = changes.filter((_, n) => !first[n]!.ok);
  expect(first.flatMap((written) => (written.ok ? [] : [written.fault.kind]))).toEqual(left.map(() => 'busy'));
  expect(left.length).toBeGreaterThan(0);
  twin.setFaults(undefined);
  expect(
    (
      await crm.write(
        left.map((it) => ({ ...it, isFirst: false })),
        deal,
      )
    ).every(({ ok }) => ok),
  ).toBe(true);
  expect(twin.rows('Task')).toHaveLength(3);
});

/** What a call asks before it is planned. */
const ask = {
  record: deal,
  fields: ['Amount', 'NextStep'],
  call: { contact, startedAt: '2026-11-20T15:00:00Z', durationMs: 60_000 },
  ours: [],
  email: cast.customer.email,
};

test('planning a call is one request once the org is known', async () => {
  const { twin, crm } = await open();
  const told = await crm.before(ask);
  const first = twin.count().requests;
  expect(await crm.before(ask)).toEqual(told);
  await crm.record(deal);
  expect([told.ok, first, twin.count().requests]).toEqual([true, 3, 5]);
});

test('an org without field history still tells the rest', async () => {
  const { twin, crm } = await open();
  twin.setRules({ keepsHistory: false });
  twin.edit('Opportunity', deal.id, { Amount: 5 });
  const told = await crm.before(ask);
  expect(told.ok && told.value.fields.map(({ value, by, who }) => [value, by, who])).toEqual([
    ['5', 'other', cast.rep.name],
    ['Agree on the rollout', 'other', cast.rep.name],
  ]);
});

test('leads are looked for only where no contact has the address', async () => {
  const { twin, crm } = await open();
  const id = twin.make('Lead', { LastName: 'Holt', Company: 'Holt & Sons', Email: 'ann@holt.example' });
  await crm.before(ask);
  const before = twin.count().requests;
  const told = await crm.before({ ...ask, email: 'Ann@Holt.example' });
  expect(told.ok && told.value.people).toEqual([{ ref: { object: 'lead', id }, name: 'Holt', email: 'ann@holt.example' }]);
  expect(twin.count().requests - before).toBe(2);
});

test.each(['unavailable', 'unknown', 'reset-before', 'garbled', 'truncated'] as const)(
  'a read met by %s is asked again, twice',
  async (kind) => {
    let met = 0;
    const { twin, crm } = await open({ faults: ({ path }) => (path.endsWith('/composite') && met++ < 2 ? kind : undefined) });
    expect(await crm.before(ask)).toMatchObject({ ok: true });
    expect([met, twin.rows('Task')]).toEqual([3, []]);
  },
);

test('a read that never succeeds is broken and not ambiguous', async () => {
  const { crm } = await open({ faults: ({ path }) => (path.endsWith('/composite') ? 'lost' : undefined) });
  expect(await crm.before(ask)).toEqual({ ok: false, fault: { kind: 'busy', said: 'Salesforce is busy.' } });
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
