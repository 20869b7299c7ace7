import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { type SalesforceTwin, startSalesforce } from './protocol.ts';

/** What an admin can switch on, and how the API then refuses. */
const { salesforce } = cast;
const user = salesforce.integrationUser.id;
let twin: SalesforceTwin;
let session: string;
beforeEach(async () => {
  twin = await startSalesforce({ port: 0 });
  session = twin.login(user);
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
  return { status: response.status, code: answer?.[0]?.errorCode, fields: answer?.[0]?.fields, answer };
}
const soql = (text: string, room = 'query') => ask('GET', `/${room}?q=${encodeURIComponent(text)}`);
const deal = `/sobjects/Opportunity/${salesforce.opportunityId}`;
const stage = (StageName: string, more = {}) => ask('PATCH', deal, { StageName, ...more });

describe('a validation rule', () => {
  test('holds from its stage on, until what it needs is there', async () => {
    twin.setRules({
      validations: [
        { object: 'Opportunity', stages: ['Proposal/Price Quote'], needs: ['Description'], message: 'Say why.', field: 'Description' },
      ],
    });
    expect((await stage('Value Proposition')).status).toBe(204);
    expect(await stage('Proposal/Price Quote')).toMatchObject({
      status: 400,
      code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      fields: ['Description'],
    });
    expect((await stage('Proposal/Price Quote', { Description: 'They asked.' })).status).toBe(204);
  });

  test('holds for people too', () => {
    twin.setRules({ validations: [{ object: 'Opportunity', needs: ['Description'], message: 'Say why.' }] });
    expect(() => twin.edit('Opportunity', salesforce.opportunityId, { NextStep: 'x' })).toThrow('Say why.');
  });
});

test('a field an admin requires is missing on every save', async () => {
  twin.setRules({ required: ['Opportunity.Description'] });
  expect(await stage('Qualification')).toMatchObject({ status: 400, code: 'REQUIRED_FIELD_MISSING', fields: ['Description'] });
  const { answer } = await ask('GET', '/sobjects/Opportunity/describe');
  expect(answer.fields.find(({ name }: { name: string }) => name === 'Description').nillable).toBe(false);
});

test('an org that keeps no field history does not know the object', async () => {
  twin.setRules({ keepsHistory: false });
  expect((await stage('Qualification')).status).toBe(204);
  expect(await soql('SELECT Id FROM OpportunityFieldHistory')).toMatchObject({ code: 'INVALID_TYPE' });
  expect(twin.rows('OpportunityFieldHistory')).toEqual([]);
});

test('a duplicate rule blocks a second person with the same address, and no task', async () => {
  twin.setRules({ blocksDuplicates: true });
  const again = { LastName: 'L', Email: cast.customer.email.toUpperCase() };
  expect(await ask('POST', '/sobjects/Contact', again)).toMatchObject({ status: 400, code: 'DUPLICATES_DETECTED' });
  expect(await ask('POST', '/sobjects/Lead', { ...again, Company: 'c' })).toMatchObject({ code: 'DUPLICATES_DETECTED' });
  expect(await ask('POST', '/sobjects/Account', { Name: cast.company.name })).toMatchObject({ code: 'DUPLICATES_DETECTED' });
  expect((await ask('POST', '/sobjects/Task', { Subject: 'Call' })).status).toBe(201);
});

describe('field-level security', () => {
  test('hides a field as if it were not there', async () => {
    twin.setFieldAccess(user, { 'Opportunity.NextStep': 'none' });
    expect(await ask('PATCH', deal, { NextStep: 'x' })).toMatchObject({ status: 400, code: 'INVALID_FIELD' });
    expect(await soql('SELECT NextStep FROM Opportunity')).toMatchObject({ code: 'INVALID_FIELD' });
    const names = (await ask('GET', '/sobjects/Opportunity/describe')).answer.fields.map(({ name }: { name: string }) => name);
    expect([names.includes('NextStep'), names.includes('Amount')]).toEqual([false, true]);
    expect(Object.keys((await ask('GET', deal)).answer)).not.toContain('NextStep');
  });

  test('lets a field be read and not written, for that user alone', async () => {
    twin.setFieldAccess(user, { 'Opportunity.StageName': 'read' });
    expect(await stage('Qualification')).toMatchObject({ code: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['StageName'] });
    expect((await soql('SELECT StageName FROM Opportunity')).status).toBe(200);
    twin.edit('Opportunity', salesforce.opportunityId, { StageName: 'Qualification' });
    expect(twin.row('Opportunity', salesforce.opportunityId)?.StageName).toBe('Qualification');
  });
});

test('a record that may only be read refuses the change', async () => {
  twin.setRecordAccess(user, salesforce.opportunityId, 'Read');
  expect((await ask('GET', deal)).status).toBe(200);
  expect(await stage('Qualification')).toMatchObject({ status: 403, code: 'INSUFFICIENT_ACCESS_OR_READONLY' });
  twin.setRecordAccess(user, salesforce.opportunityId, 'None');
  expect((await ask('GET', deal)).status).toBe(404);
});

describe('record types', () => {
  test('do not exist in an org that made none', async () => {
    expect(await soql('SELECT RecordTypeId FROM Opportunity')).toMatchObject({ code: 'INVALID_FIELD' });
    expect(await soql('SELECT Id FROM RecordType')).toMatchObject({ code: 'INVALID_TYPE' });
  });

  test('have their own stages, shown and enforced', async () => {
    const [id = ''] = twin.setRecordTypes('Opportunity', [{ name: 'New Business', stages: ['Qualification', 'Closed Won'] }]);
    expect((await soql("SELECT DeveloperName FROM RecordType WHERE SobjectType = 'Opportunity'")).answer.records).toMatchObject([
      { DeveloperName: 'New_Business' },
    ]);
    const values = await ask('GET', `/ui-api/object-info/Opportunity/picklist-values/${id}/StageName`);
    expect(values.answer.values.map(({ value }: { value: string }) => value)).toEqual(['Qualification', 'Closed Won']);
    expect((await ask('GET', '/sobjects/Opportunity/describe')).answer.recordTypeInfos).toMatchObject([
      { recordTypeId: id, defaultRecordTypeMapping: true },
      { master: true, defaultRecordTypeMapping: false },
    ]);
    // The deal keeps no type until somebody gives it one; only a stage that changes is looked at.
    expect((await stage('Value Proposition')).status).toBe(204);
    expect((await ask('PATCH', deal, { RecordTypeId: id })).status).toBe(204);
    expect(await stage('Prospecting')).toMatchObject({ code: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', fields: ['StageName'] });
    expect((await stage('Qualification')).status).toBe(204);
    const record = await ask('GET', `/ui-api/records/${salesforce.opportunityId}?fields=Opportunity.StageName`);
    expect(record.answer).toMatchObject({ recordTypeId: id, recordTypeInfo: { name: 'New Business' } });
    const made = twin.make('Opportunity', { Name: 'n', StageName: 'Qualification', CloseDate: '2027-01-01' });
    expect(twin.row('Opportunity', made)?.RecordTypeId).toBe(id);
  });
});

describe('shared activities', () => {
  const { contactId, accountId, opportunityId } = salesforce;
  const second = () => twin.make('Contact', { LastName: 'Holm', AccountId: accountId });

  test('are off until an admin switches them on', async () => {
    expect(await ask('POST', '/sobjects/Task', { TaskWhoIds: [contactId] })).toMatchObject({ code: 'INVALID_FIELD' });
    expect(await soql('SELECT Id FROM TaskRelation')).toMatchObject({ code: 'INVALID_TYPE' });
    expect(await soql('SELECT WhoCount FROM Task')).toMatchObject({ code: 'INVALID_FIELD' });
  });

  test('put one task on several people', async () => {
    twin.setRules({ sharedActivities: true });
    const other = second();
    const { answer } = await ask('POST', '/sobjects/Task', { WhatId: opportunityId, TaskWhoIds: [contactId, other] });
    expect(twin.row('Task', answer.id)?.WhoId).toBe(contactId);
    const relations = async () =>
      (await soql(`SELECT RelationId, IsWhat FROM TaskRelation WHERE TaskId = '${answer.id}'`)).answer.records.map(
        ({ RelationId, IsWhat }: { RelationId: string; IsWhat: boolean }) => `${RelationId} ${IsWhat}`,
      );
    expect((await relations()).sort()).toEqual([`${contactId} false`, `${other} false`, `${opportunityId} true`].sort());
    expect([contactId, other, opportunityId].map((id) => twin.timeline(id).length)).toEqual([1, 1, 1]);
    expect((await soql('SELECT WhoCount, WhatCount FROM Task')).answer.records).toMatchObject([{ WhoCount: 2, WhatCount: 1 }]);
    // Another person in the task's own field takes the first one's place.
    const third = second();
    await ask('PATCH', `/sobjects/Task/${answer.id}`, { WhoId: third });
    expect((await relations()).sort()).toEqual([`${other} false`, `${third} false`, `${opportunityId} true`].sort());
    expect((await ask('POST', '/sobjects/TaskRelation', { TaskId: answer.id, RelationId: contactId })).status).toBe(201);
    expect(await ask('POST', '/sobjects/TaskRelation', { TaskId: answer.id, RelationId: contactId })).toMatchObject({
      code: 'DUPLICATE_VALUE',
    });
  });
});

describe('many at once', () => {
  test('a batch runs its parts apart, and stops only when told to', async () => {
    const parts = [
      { method: 'PATCH', url: 'v67.0/sobjects/Task/ROS_Key__c/a', richInput: { Subject: 'a' } },
      { method: 'GET', url: 'v67.0/sobjects/Nope/1' },
      { method: 'PATCH', url: 'v67.0/sobjects/Task/ROS_Key__c/b', richInput: { Subject: 'b' } },
    ];
    const codes = async (body: object) =>
      (await ask('POST', '/composite/batch', body)).answer.results.map(({ statusCode }: { statusCode: number }) => statusCode);
    expect(await codes({ batchRequests: parts })).toEqual([201, 404, 201]);
    expect(await codes({ batchRequests: parts, haltOnError: true })).toEqual([200, 404, 412]);
    expect(await ask('POST', '/composite/batch', { batchRequests: Array.from({ length: 26 }, () => parts[0]) })).toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
  });

  test('a composite that is not all or none keeps what went well', async () => {
    const part = (referenceId: string, url: string, body: object) => ({
      method: 'PATCH',
      url: `/services/data/v67.0${url}`,
      referenceId,
      body,
    });
    const send = async (allOrNone: boolean) =>
      (
        await ask('POST', '/composite', {
          allOrNone,
          compositeRequest: [
            part('call', `/sobjects/ROS_Call__c/ROS_External_Id__c/c-${allOrNone}`, { Opportunity__c: salesforce.opportunityId }),
            part('task', `/sobjects/Task/ROS_Key__c/t-${allOrNone}`, { WhatId: '@{call.id}' }),
            part('bad', `/sobjects/Task/ROS_Key__c/u-${allOrNone}`, { Status: 'No such' }),
          ],
        })
      ).answer.compositeResponse.map(({ httpStatusCode }: { httpStatusCode: number }) => httpStatusCode);
    expect(await send(false)).toEqual([201, 201, 400]);
    expect(await send(true)).toEqual([400, 400, 400]);
    expect([twin.rows('ROS_Call__c').length, twin.rows('Task').length]).toEqual([1, 1]);
  });

  test('one key twice in a collection is refused both times', async () => {
    const records = ['a', 'b', 'a'].map((ROS_Key__c) => ({ attributes: { type: 'Task' }, ROS_Key__c }));
    const { answer } = await ask('PATCH', '/composite/sobjects/Task/ROS_Key__c', { records });
    expect(answer.map(({ errors }: { errors: { statusCode: string }[] }) => errors[0]?.statusCode)).toEqual([
      'DUPLICATE_VALUE',
      undefined,
      'DUPLICATE_VALUE',
    ]);
  });
});
