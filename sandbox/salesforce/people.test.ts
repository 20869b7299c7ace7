import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { type Served, serve } from '../kit/serve.ts';
import { type SalesforceTwin, startSalesforce } from './protocol.ts';

const { salesforce } = cast;
const { opportunityId, contactId, accountId, rep, colleague, integrationUser } = salesforce;
const start = Date.parse('2026-11-20T15:00:00.400Z');
let at = start;
let twin: SalesforceTwin;
let session: string;
beforeEach(async () => {
  at = start;
  twin = await startSalesforce({ port: 0, now: () => at });
  session = twin.login(integrationUser.id);
});
afterEach(() => twin.close());

async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`${twin.origin}/services/data/v67.0${path}`, {
    method,
    headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, code: answer?.[0]?.errorCode, answer };
}
const soql = async (text: string, room = 'query') => (await ask('GET', `/${room}?q=${encodeURIComponent(text)}`)).answer.records;

test('what a person changes carries their name, and its history says from what to what', async () => {
  at += 60_000;
  twin.edit('Opportunity', opportunityId, { NextStep: 'Call the CFO' });
  const [row] = await soql(
    `SELECT NextStep, LastModifiedById, LastModifiedDate, (SELECT Field, OldValue, NewValue, CreatedById FROM Histories) FROM Opportunity WHERE Id = '${opportunityId}'`,
  );
  expect(row).toMatchObject({
    NextStep: 'Call the CFO',
    LastModifiedById: rep.userId,
    LastModifiedDate: '2026-11-20T15:01:00.000+0000',
    Histories: {
      records: [{ Field: 'NextStep', OldValue: 'Agree on the rollout', NewValue: 'Call the CFO', CreatedById: rep.userId }],
    },
  });
});

test('a person changes only what they may', () => {
  expect(() => twin.edit('Opportunity', opportunityId, { NextStep: 'x' }, colleague.userId)).toThrow();
});

describe('a deleted record', () => {
  test('is gone, can be found in the bin, and nothing new may point at it', async () => {
    twin.remove('Opportunity', opportunityId);
    expect(await ask('PATCH', `/sobjects/Opportunity/${opportunityId}`, { NextStep: 'x' })).toMatchObject({
      status: 404,
      code: 'ENTITY_IS_DELETED',
    });
    expect(await ask('POST', '/sobjects/Task', { WhatId: opportunityId })).toMatchObject({ status: 400, code: 'ENTITY_IS_DELETED' });
    const one = `SELECT Id FROM Opportunity WHERE Id = '${opportunityId}'`;
    expect([await soql(one), await soql(`${one} AND IsDeleted = true`, 'queryAll')]).toMatchObject([[], [{ Id: opportunityId }]]);
    expect((await soql('SELECT Id FROM OpportunityContactRole')).length).toBe(4);
  });

  test('comes back', async () => {
    twin.remove('Opportunity', opportunityId);
    twin.undelete(opportunityId);
    expect((await ask('PATCH', `/sobjects/Opportunity/${opportunityId}`, { NextStep: 'x' })).status).toBe(204);
  });

  test('leaves its key free', async () => {
    const { answer } = await ask('PATCH', '/sobjects/Task/ROS_Key__c/k', { Subject: 'a' });
    twin.remove('Task', answer.id, integrationUser.id);
    expect((await ask('PATCH', '/sobjects/Task/ROS_Key__c/k', { Subject: 'b' })).status).toBe(201);
  });
});

test('says what was deleted and what was changed in a span of minutes', async () => {
  const span = (which: string, from: number, to: number) => {
    const iso = (time: number) => encodeURIComponent(new Date(time).toISOString());
    return ask('GET', `/sobjects/Opportunity/${which}/?start=${iso(from)}&end=${iso(to)}`);
  };
  at += 3_600_000;
  twin.edit('Opportunity', opportunityId, { NextStep: 'x' });
  expect((await span('updated', at - 120_000, at + 60_000)).answer).toEqual({
    ids: [opportunityId],
    latestDateCovered: '2026-11-20T16:00:00.000+0000',
  });
  twin.remove('Opportunity', opportunityId);
  expect((await span('deleted', at - 120_000, at + 60_000)).answer.deletedRecords).toEqual([
    { id: opportunityId, deletedDate: '2026-11-20T16:00:00.000+0000' },
  ]);
  expect((await span('deleted', at - 240_000, at - 120_000)).answer.deletedRecords).toEqual([]);
  expect(await span('updated', at, at)).toMatchObject({ status: 400, code: 'INVALID_REPLICATION_DATE' });
  expect(await span('deleted', at - 16 * 86_400_000, at)).toMatchObject({ code: 'INVALID_REPLICATION_DATE' });
  expect((await ask('GET', '/sobjects/Opportunity/deleted')).status).toBe(400);
});

test('a merged person’s calls and deals are the winner’s, and the loser says who won', async () => {
  const loser = twin.make('Contact', { LastName: 'Lindquist', AccountId: accountId });
  const { answer } = await ask('POST', '/sobjects/Task', { WhoId: loser, WhatId: opportunityId });
  twin.merge('Contact', contactId, [loser]);
  expect(twin.row('Task', answer.id)?.WhoId).toBe(contactId);
  expect(await soql(`SELECT Id, MasterRecordId FROM Contact WHERE Id = '${loser}'`, 'queryAll')).toMatchObject([
    { Id: loser, MasterRecordId: contactId },
  ]);
  expect(await ask('PATCH', `/sobjects/Contact/${loser}`, { Title: 'x' })).toMatchObject({ status: 404, code: 'ENTITY_IS_DELETED' });
  expect(() => twin.undelete(loser)).toThrow();
  expect(() => twin.merge('Opportunity', opportunityId, [])).toThrow();
});

test('merged accounts keep their people and deals', () => {
  const loser = twin.make('Account', { Name: 'Cobalt Freight Ltd' });
  const person = twin.make('Contact', { LastName: 'Berg', AccountId: loser });
  twin.merge('Account', accountId, [loser]);
  expect([twin.row('Contact', person)?.AccountId, twin.binned('Account')]).toMatchObject([accountId, [{ MasterRecordId: accountId }]]);
});

test('a converted lead leads to its contact and takes no more changes', async () => {
  const lead = twin.make('Lead', { LastName: 'Noor', Company: 'Dune', Email: 'noor@dune.example' });
  const { answer } = await ask('PATCH', '/sobjects/Task/ROS_Key__c/k', { Subject: 'Call', WhoId: lead });
  const into = twin.convertLead(lead);
  expect(
    await soql(`SELECT IsConverted, ConvertedContactId, ConvertedAccountId, ConvertedOpportunityId FROM Lead WHERE Id = '${lead}'`),
  ).toMatchObject([
    {
      IsConverted: true,
      ConvertedContactId: into.contactId,
      ConvertedAccountId: into.accountId,
      ConvertedOpportunityId: into.opportunityId,
    },
  ]);
  expect(twin.row('Task', answer.id)).toMatchObject({ WhoId: into.contactId, WhatId: into.opportunityId });
  const refused = { status: 400, code: 'CANNOT_UPDATE_CONVERTED_LEAD' };
  expect(await ask('PATCH', `/sobjects/Lead/${lead}`, { Title: 'x' })).toMatchObject(refused);
  expect(await ask('POST', '/sobjects/Task', { WhoId: lead })).toMatchObject(refused);
  expect(() => twin.convertLead(lead)).toThrow();
});

test('a lead may be converted into people who are there already', () => {
  const lead = twin.make('Lead', { LastName: 'Lindqvist', Company: 'Cobalt' });
  expect(twin.convertLead(lead, { accountId, contactId, opportunity: false })).toEqual({ accountId, contactId, opportunityId: null });
});

test('a call another product logged has its author and none of our fields', () => {
  const id = twin.logCallByOther({ whatId: opportunityId, whoId: contactId, at: start - 180_000, durationSeconds: 83, callObject: 'x-1' });
  expect(twin.row('Task', id)).toMatchObject({
    TaskSubtype: 'Call',
    CreatedById: expect.not.stringMatching(integrationUser.id),
    OwnerId: rep.userId,
    CallObject: 'x-1',
    CompletedDateTime: '2026-11-20T14:57:00.000+0000',
  });
  expect(twin.row('Task', id)?.ROS_Key__c).toBeUndefined();
});

describe('the trigger feed', () => {
  let worker: Served;
  let heard: { headers: Record<string, string | null>; body: { orgId: string; events: Record<string, string>[] } }[];
  let status: number;
  beforeEach(async () => {
    heard = [];
    status = 200;
    worker = await serve(
      async (request) => {
        const of = (name: string) => request.headers.get(name);
        const headers = { key: of('authorization'), org: of('x-ros-org-id'), user: of('x-ros-user-id') };
        heard.push({ headers, body: await request.json() });
        return new Response(null, { status });
      },
      { vendor: 'worker', port: 0 },
    );
    twin.setInstallKey('ros_key');
    twin.feed({ url: `${worker.origin}/feed` });
  });
  afterEach(() => worker.close());
  const told = () => heard.flatMap(({ body }) => body.events.map(({ object, id, change, by }) => [object, id, change, by]));

  test('tells what people and the API changed, with the org’s key', async () => {
    twin.edit('Opportunity', opportunityId, { NextStep: 'x' });
    await ask('PATCH', `/sobjects/Contact/${contactId}`, { Title: 'x' });
    await ask('POST', '/sobjects/Task', { Subject: 'x' });
    await twin.feedFlush();
    expect(told()).toEqual([
      ['Opportunity', opportunityId, 'updated', rep.userId],
      ['Contact', contactId, 'updated', integrationUser.id],
    ]);
    expect(heard[0]).toEqual({
      headers: { key: 'Bearer ros_key', org: salesforce.orgId, user: rep.userId },
      body: {
        orgId: salesforce.orgId,
        events: [{ object: 'Opportunity', id: opportunityId, change: 'updated', by: rep.userId, at: '2026-11-20T15:00:00.000Z' }],
      },
    });
  });

  test('tells of merges, deletions and what came back', async () => {
    const loser = twin.make('Contact', { LastName: 'x' });
    twin.merge('Contact', contactId, [loser]);
    twin.remove('Opportunity', opportunityId);
    twin.undelete(opportunityId);
    await twin.feedFlush();
    expect(told().map(([, id, change]) => [id, change])).toEqual([
      [loser, 'created'],
      [loser, 'merged'],
      [opportunityId, 'deleted'],
      [opportunityId, 'undeleted'],
    ]);
    expect(heard.flatMap(({ body }) => body.events).find(({ change }) => change === 'merged')?.['masterId']).toBe(contactId);
  });

  test('says nothing of what was taken back', async () => {
    const part = (referenceId: string, body: object) => ({
      method: 'POST',
      url: '/services/data/v67.0/sobjects/Account',
      referenceId,
      body,
    });
    await ask('POST', '/composite', { allOrNone: true, compositeRequest: [part('a', { Name: 'n' }), part('b', {})] });
    await twin.feedFlush();
    expect(heard).toEqual([]);
  });

  test('stays silent when no watched field changed, and while the admin’s switch is off', async () => {
    twin.edit('Opportunity', opportunityId, { Name: 'x', NextStep: String(twin.row('Opportunity', opportunityId)?.NextStep) });
    await ask('PATCH', `/sobjects/Contact/${contactId}`, { Description: 'x' });
    twin.feed({ url: `${worker.origin}/feed`, isOff: true });
    twin.edit('Opportunity', opportunityId, { NextStep: 'x' });
    await twin.feedFlush();
    expect([heard, twin.count().feed]).toEqual([[], { sent: 0, lost: 0 }]);
  });

  test('each trigger has a job of its own', async () => {
    twin.convertLead(twin.make('Lead', { LastName: 'Noor', Company: 'Dune' }));
    await twin.feedFlush();
    expect(heard.map(({ body }) => body.events.map(({ object, change }) => `${object} ${change}`).join()).sort()).toEqual([
      'Account created',
      'Contact created',
      'Lead created',
      'Lead updated',
      'Opportunity created',
    ]);
  });

  test('leaves half of the jobs that a save may start to the customer', async () => {
    const records = Array.from({ length: 5 }, (_, i) => [
      { attributes: { type: 'Account' }, Name: `${i}` },
      { attributes: { type: 'Contact' }, LastName: `${i}` },
    ]).flat();
    const url = '/services/data/v67.0/composite/sobjects';
    const parts = ['a', 'b', 'c', 'd', 'e'].map((referenceId) => ({ method: 'POST', url, referenceId, body: { records } }));
    await ask('POST', '/composite', { compositeRequest: parts });
    await twin.feedFlush();
    expect([heard.length, twin.count().feed]).toEqual([25, { sent: 25, lost: 25 }]);
  });

  test('sends at most 200 at once', async () => {
    const records = (n: number) => Array.from({ length: n }, () => ({ attributes: { type: 'Account' }, Name: 'n' }));
    const url = '/services/data/v67.0/composite/sobjects';
    const parts = ['a', 'b'].map((referenceId) => ({ method: 'POST', url, referenceId, body: { records: records(150) } }));
    await ask('POST', '/composite', { compositeRequest: parts });
    await twin.feedFlush();
    expect(heard.map(({ body }) => body.events.length).sort()).toEqual([100, 200]);
  });

  test('loses what does not arrive, and no save fails with it', async () => {
    status = 500;
    twin.edit('Opportunity', opportunityId, { NextStep: 'a' });
    await twin.feedFlush();
    await worker.close();
    twin.edit('Opportunity', opportunityId, { NextStep: 'b' });
    await twin.feedFlush();
    expect([twin.row('Opportunity', opportunityId)?.NextStep, twin.count().feed]).toEqual(['b', { sent: 0, lost: 2 }]);
  });
});
