import jsforce from 'jsforce';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { type SalesforceTwin, startSalesforce } from './protocol.ts';

/** The foreign client that proves the twin: what jsforce can do with Salesforce, it can do here. */
const { salesforce } = cast;
let twin: SalesforceTwin;
let conn: InstanceType<typeof jsforce.Connection>;

beforeEach(async () => {
  twin = await startSalesforce({ port: 0 });
  conn = new jsforce.Connection({ instanceUrl: twin.origin, accessToken: twin.login(salesforce.integrationUser.id), version: '67.0' });
});
afterEach(() => twin.close());

test('knows who is logged in', async () => {
  expect(await conn.requestGet('/services/oauth2/userinfo')).toMatchObject({ user_id: salesforce.integrationUser.id });
});

test('queries with parents and children', async () => {
  const found = await conn.query(
    `SELECT Id, Name, Account.Name, Owner.Name, (SELECT Contact.Name, IsPrimary FROM OpportunityContactRoles) FROM Opportunity WHERE Account.Name = 'Cobalt Freight' AND IsClosed = false`,
  );
  expect(found).toMatchObject({
    totalSize: 1,
    done: true,
    records: [
      {
        attributes: { type: 'Opportunity', url: `/services/data/v67.0/sobjects/Opportunity/${salesforce.opportunityId}` },
        Id: salesforce.opportunityId,
        Name: cast.deal.name,
        Account: { attributes: { type: 'Account' }, Name: cast.company.name },
        Owner: { Name: cast.rep.name },
        OpportunityContactRoles: { totalSize: 1, done: true, records: [{ Contact: { Name: cast.customer.name }, IsPrimary: true }] },
      },
    ],
  });
});

test('counts, sorts and limits', async () => {
  expect((await conn.query('SELECT COUNT() FROM Opportunity')).totalSize).toBe(5);
  const stages = await conn.query<{ MasterLabel: string }>(
    'SELECT MasterLabel FROM OpportunityStage WHERE IsActive = true ORDER BY SortOrder LIMIT 3',
  );
  expect(stages.records.map(({ MasterLabel }) => MasterLabel)).toEqual(['Prospecting', 'Qualification', 'Needs Analysis']);
});

test('creates, reads, updates and deletes', async () => {
  const task = conn.sobject('Task');
  const made = await task.create({ Subject: 'Send plan', WhatId: salesforce.opportunityId, ActivityDate: '2026-11-26' });
  expect(made).toEqual({ id: expect.stringMatching(/^00T\w{15}$/), success: true, errors: [] });
  const id = String(made.id);
  expect(await task.retrieve(id)).toMatchObject({
    Id: id,
    Status: 'Not Started',
    Priority: 'Normal',
    AccountId: salesforce.accountId,
    IsClosed: false,
  });
  expect(await task.update({ Id: id, Status: 'Completed' })).toMatchObject({ success: true });
  expect(twin.row('Task', id)).toMatchObject({ Status: 'Completed', CompletedDateTime: expect.any(String) });
  await task.destroy(id);
  await expect(task.retrieve(id)).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
});

test('upserts by external id: made first, changed after', async () => {
  const upsert = (Subject: string) => conn.sobject('Task').upsert({ Subject, ROS_Key__c: 'call-1' }, 'ROS_Key__c');
  expect(await upsert('one')).toMatchObject({ success: true, created: true });
  expect(await upsert('two')).toMatchObject({ success: true, created: false });
  expect(twin.rows('Task').map(({ Subject, ROS_Key__c }) => [Subject, ROS_Key__c])).toEqual([['two', 'call-1']]);
});

test('makes many at once, each with its own result or none at all', async () => {
  const two = [{ Subject: 'fine' }, { Subject: 'bad', Status: 'No such' }];
  const own = (await conn.sobject('Task').create(two, { allOrNone: false })) as { success: boolean }[];
  expect(own.map(({ success }) => success)).toEqual([true, false]);
  await conn.sobject('Task').create(two, { allOrNone: true });
  expect(twin.rows('Task')).toHaveLength(1);
});

test('a composite passes ids on, and takes everything back when one part fails', async () => {
  const part = (referenceId: string, object: string, body: Record<string, unknown>) => ({
    method: 'POST',
    url: `/services/data/v67.0/sobjects/${object}`,
    referenceId,
    body,
  });
  const send = (last: Record<string, unknown>) =>
    conn.requestPost<{ compositeResponse: { httpStatusCode: number; body: unknown }[] }>('/services/data/v67.0/composite', {
      allOrNone: true,
      compositeRequest: [part('firm', 'Account', { Name: 'New' }), part('person', 'Contact', { AccountId: '@{firm.id}', ...last })],
    });
  const good = await send({ LastName: 'Adams' });
  expect(good.compositeResponse.map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 201]);
  const accounts = twin.rows('Account').length;
  const bad = await send({});
  expect(bad.compositeResponse).toMatchObject([
    { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
    { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] }] },
  ]);
  expect(twin.rows('Account')).toHaveLength(accounts);
});

test('describes what it keeps, and says how much of the day is used', async () => {
  const described = await conn.describe('Task');
  expect(described.fields.find(({ name }) => name === 'ROS_Key__c')).toMatchObject({ externalId: true, unique: true, length: 40 });
  expect((await conn.describeGlobal()).sobjects.map(({ name }) => name)).toContain('Opportunity');
  expect(conn.limitInfo).toEqual({ apiUsage: { used: 2, limit: 15_000 } });
});

test('serves the versions older clients ask for, and none that does not exist', async () => {
  const old = new jsforce.Connection({ instanceUrl: twin.origin, accessToken: twin.login(salesforce.integrationUser.id), version: '50.0' });
  expect((await old.query('SELECT Id FROM Account')).totalSize).toBe(5);
  await expect(conn.requestGet('/services/data/v69.0/limits')).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
});
