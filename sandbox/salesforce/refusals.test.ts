import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { type SalesforceTwin, startSalesforce } from './protocol.ts';

/** One test a rule. Codes and statuses: REST API Developer Guide, "Status Codes and Error Responses". */
const { salesforce } = cast;
let twin: SalesforceTwin;
let at = Date.parse('2026-11-20T15:00:00.400Z');
beforeEach(async () => {
  twin = await startSalesforce({ port: 0, now: () => at });
});
afterEach(() => twin.close());

const as =
  (userId: string) =>
  async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${twin.origin}/services/data/v67.0${path}`, {
      method,
      headers: { authorization: `Bearer ${twin.login(userId)}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, code: answer?.[0]?.errorCode, fields: answer?.[0]?.fields, answer };
  };
const ask: ReturnType<typeof as> = (...rest) => as(salesforce.integrationUser.id)(...rest);
const soql = (text: string) => ask('GET', `/query?q=${encodeURIComponent(text)}`);
const deal = `/sobjects/Opportunity/${salesforce.opportunityId}`;

describe('a write is refused', () => {
  test.each([
    ['an unknown field', 'POST', '/sobjects/Task', { Nope__c: 1 }, 'INVALID_FIELD', undefined],
    ['a missing required field', 'POST', '/sobjects/Opportunity', { Name: 'x' }, 'REQUIRED_FIELD_MISSING', ['StageName', 'CloseDate']],
    ['a required field emptied', 'PATCH', deal, { Name: null }, 'REQUIRED_FIELD_MISSING', ['Name']],
    ['a value off the list', 'PATCH', deal, { StageName: 'Nearly' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', ['StageName']],
    ['a text too long', 'POST', '/sobjects/Task', { Subject: 'x'.repeat(256) }, 'STRING_TOO_LONG', ['Subject']],
    ['a malformed id', 'POST', '/sobjects/Task', { WhatId: 'deal' }, 'MALFORMED_ID', ['WhatId']],
    ['an id of another object', 'POST', '/sobjects/Task', { WhatId: salesforce.contactId }, 'MALFORMED_ID', ['WhatId']],
    ['an id of nobody', 'POST', '/sobjects/Task', { WhatId: '0065f9999999999AAA' }, 'INVALID_CROSS_REFERENCE_KEY', ['WhatId']],
    ['a number as text', 'POST', '/sobjects/Task', { CallDurationInSeconds: '83' }, 'JSON_PARSER_ERROR', undefined],
    ['a fraction of a second', 'POST', '/sobjects/Task', { CallDurationInSeconds: 1.5 }, 'JSON_PARSER_ERROR', undefined],
    ['a date that is none', 'POST', '/sobjects/Task', { ActivityDate: 'Thursday' }, 'JSON_PARSER_ERROR', undefined],
    ['a broken address', 'POST', '/sobjects/Contact', { LastName: 'x', Email: 'x' }, 'INVALID_EMAIL_ADDRESS', ['Email']],
    ['a field the platform works out', 'PATCH', deal, { IsClosed: true }, 'INVALID_FIELD_FOR_INSERT_UPDATE', ['IsClosed']],
    ['the key in the body', 'PATCH', '/sobjects/Task/ROS_Key__c/k', { ROS_Key__c: 'k' }, 'INVALID_FIELD', undefined],
  ])('%s', async (_, method, path, body, code, fields) => {
    expect(await ask(method, path, body)).toMatchObject({ status: 400, code, ...(fields ? { fields } : {}) });
  });

  test('an inactive owner', async () => {
    const gone = twin.rows('User').find(({ IsActive }) => IsActive === false);
    expect(await ask('POST', '/sobjects/Task', { OwnerId: gone?.Id })).toMatchObject({ status: 400, code: 'INACTIVE_OWNER_OR_USER' });
  });

  test('a thing beside a lead', async () => {
    const { answer } = await ask('POST', '/sobjects/Lead', { LastName: 'Noor', Company: 'Dune' });
    expect(await ask('POST', '/sobjects/Task', { WhoId: answer.id, WhatId: salesforce.accountId })).toMatchObject({
      code: 'FIELD_INTEGRITY_EXCEPTION',
    });
  });

  test('the subtype of a task that stands already', async () => {
    await ask('PATCH', '/sobjects/Task/ROS_Key__c/k', { TaskSubtype: 'Call' });
    expect(await ask('PATCH', '/sobjects/Task/ROS_Key__c/k', { TaskSubtype: 'Call' })).toMatchObject({
      status: 400,
      code: 'INVALID_FIELD_FOR_INSERT_UPDATE',
      fields: ['TaskSubtype'],
    });
  });

  test('a second record with a unique key', async () => {
    await ask('POST', '/sobjects/Task', { ROS_Key__c: 'k' });
    expect(await ask('POST', '/sobjects/Task', { ROS_Key__c: 'k' })).toMatchObject({ status: 400, code: 'DUPLICATE_VALUE' });
  });

  test('a key that several records have: 300 and where they are', async () => {
    await ask('POST', '/sobjects/Account', { Name: 'Twin', Erp_Number__c: 'C-1007' });
    const several = await ask('PATCH', '/sobjects/Account/Erp_Number__c/C-1007', { Name: 'x' });
    expect([several.status, several.answer.length]).toEqual([300, 2]);
  });

  test('a field that is no external id as the key', async () => {
    expect(await ask('PATCH', '/sobjects/Task/Subject/x', {})).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  test('a change after the given second, but not in it', async () => {
    const since = (time: number) => ({ 'if-unmodified-since': new Date(time).toUTCString() });
    expect(await ask('PATCH', deal, { NextStep: 'a' }, since(at))).toMatchObject({ status: 204 });
    at += 2_000;
    await ask('PATCH', deal, { NextStep: 'b' });
    expect(await ask('PATCH', deal, { NextStep: 'c' }, since(at - 2_000))).toMatchObject({ status: 412 });
    expect(twin.row('Opportunity', salesforce.opportunityId)?.NextStep).toBe('b');
    expect(await ask('PATCH', deal, { NextStep: 'c' }, { 'if-unmodified-since': 'yesterday' })).toMatchObject({ status: 400 });
  });

  test('what is not JSON', async () => {
    expect(await ask('POST', '/sobjects/Task', {}, { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
    expect(await ask('POST', '/sobjects/Task', [])).toMatchObject({ status: 400, code: 'JSON_PARSER_ERROR' });
  });

  test('more than a composite or a collection takes', async () => {
    const part = (n: number) => ({ method: 'GET', url: '/services/data/v67.0/limits', referenceId: `r${n}` });
    const compositeRequest = Array.from({ length: 26 }, (_, n) => part(n));
    expect(await ask('POST', '/composite', { compositeRequest })).toMatchObject({ status: 400, code: 'LIMIT_EXCEEDED' });
    const records = Array.from({ length: 201 }, () => ({ attributes: { type: 'Task' } }));
    expect(await ask('POST', '/composite/sobjects', { records })).toMatchObject({ status: 400, code: 'EXCEEDED_ID_LIMIT' });
  });

  test('a reference to what no earlier part answered', async () => {
    const body = { compositeRequest: [{ method: 'GET', url: '/services/data/v67.0/sobjects/Task/@{no.id}', referenceId: 'a' }] };
    expect((await ask('POST', '/composite', body)).answer.compositeResponse).toMatchObject([{ httpStatusCode: 400 }]);
  });
});

describe('a read is refused', () => {
  test.each([
    ['an absent record', '/sobjects/Opportunity/0065f9999999999AAA', 404, 'NOT_FOUND'],
    ['an id of another object', `/sobjects/Opportunity/${salesforce.contactId}`, 400, 'MALFORMED_ID'],
    ['an unknown object', '/sobjects/Nope__c/describe', 404, 'NOT_FOUND'],
    ['an unknown field', `${deal}?fields=Nope`, 400, 'INVALID_FIELD'],
    ['values of an unknown record type', '/ui-api/object-info/Opportunity/picklist-values/012000000000001AAA/StageName', 404, 'NOT_FOUND'],
  ])('%s', async (_, path, status, code) => {
    expect(await ask('GET', path)).toMatchObject({ status, code });
  });

  test.each([
    ['no FROM', 'SELECT Id', 'MALFORMED_QUERY'],
    ['an open quote', "SELECT Id FROM Contact WHERE Name = 'O", 'MALFORMED_QUERY'],
    ['a quote that closes early', "SELECT Id FROM Contact WHERE Name = 'O'Brien'", 'MALFORMED_QUERY'],
    ['an escape that does not exist', "SELECT Id FROM Contact WHERE Name = '\\d'", 'MALFORMED_QUERY'],
    [
      'AND beside OR without brackets',
      'SELECT Id FROM Task WHERE IsClosed = true AND IsDeleted = true OR IsClosed = false',
      'MALFORMED_QUERY',
    ],
    ['a star', 'SELECT * FROM Contact', 'MALFORMED_QUERY'],
    ['an unknown object', 'SELECT Id FROM Nope', 'INVALID_TYPE'],
    ['an unknown field', 'SELECT Nope FROM Contact', 'INVALID_FIELD'],
    ['an unknown field of a parent', 'SELECT Account.Nope FROM Contact', 'INVALID_FIELD'],
    ['an unknown field in a condition', "SELECT Id FROM Lead WHERE Nope = 'x'", 'INVALID_FIELD'],
    ['a condition on a long text', "SELECT Id FROM Task WHERE Description = 'x'", 'INVALID_FIELD'],
    ['a text where a boolean stands', "SELECT Id FROM Task WHERE IsClosed = 'true'", 'INVALID_FIELD'],
    ['what is no id', "SELECT Id FROM Contact WHERE AccountId = 'x'", 'INVALID_QUERY_FILTER_OPERATOR'],
    ['record access of nobody in particular', 'SELECT RecordId FROM UserRecordAccess', 'INVALID_FIELD'],
  ])('%s', async (_, text, code) => {
    expect(await soql(text)).toMatchObject({ status: 400, code });
  });

  test('a session that is over, and a token nobody made', async () => {
    const authorization = `Bearer ${twin.login(salesforce.rep.userId)}`;
    twin.endSessions();
    for (const headers of [{ authorization }, { authorization: 'Bearer 00D!x' }, { authorization: '' }])
      expect(await ask('GET', deal, undefined, headers)).toMatchObject({ status: 401, code: 'INVALID_SESSION_ID' });
  });

  test('a call beyond the daily limit, until the day is over', async () => {
    twin.setCallsMax(1);
    expect(await ask('GET', deal)).toMatchObject({ status: 200 });
    expect(await ask('GET', deal)).toMatchObject({ status: 403, code: 'REQUEST_LIMIT_EXCEEDED' });
    at += 86_400_000;
    expect(await ask('GET', deal)).toMatchObject({ status: 200 });
  });

  test('a colleague another team’s deal, its people and its calls', async () => {
    await ask('POST', '/sobjects/Task', { WhatId: salesforce.opportunityId });
    const lena = as(salesforce.colleague.userId);
    expect(await lena('GET', deal)).toMatchObject({ status: 404 });
    expect(await lena('PATCH', deal, { NextStep: 'x' })).toMatchObject({ status: 404 });
    for (const object of ['Opportunity', 'Contact', 'Task', 'OpportunityContactRole']) {
      const q = encodeURIComponent(`SELECT Id FROM ${object}`);
      const ids = (await lena('GET', `/query?q=${q}`)).answer.records.map(({ Id }: { Id: string }) => Id);
      expect(ids).not.toContain(salesforce.opportunityId);
      expect(ids).not.toContain(salesforce.contactId);
    }
  });
});

test('UserRecordAccess answers for the asked user, not for the asking one', async () => {
  const accessOf = async (userId: string) =>
    (
      await soql(
        `SELECT RecordId, HasReadAccess, HasEditAccess, MaxAccessLevel FROM UserRecordAccess WHERE UserId = '${userId}' AND RecordId = '${salesforce.opportunityId}'`,
      )
    ).answer.records[0];
  expect(await accessOf(salesforce.rep.userId)).toMatchObject({ HasReadAccess: true, HasEditAccess: true, MaxAccessLevel: 'All' });
  expect(await accessOf(salesforce.colleague.userId)).toMatchObject({ HasReadAccess: false, HasEditAccess: false, MaxAccessLevel: 'None' });
});

test('SOQL finds text in quotes, and wildcards only where they are meant', async () => {
  await ask('POST', '/sobjects/Account', { Name: "O'Brien 100%_Ltd" });
  const count = async (where: string) => (await soql(`SELECT Id FROM Account WHERE ${where}`)).answer.totalSize;
  expect(await count("Name = 'o\\'brien 100%_ltd'")).toBe(1);
  expect(await count("Name LIKE '%\\%\\_L%'")).toBe(1);
  expect(await count("Name LIKE 'O_Brien%' AND (Website = null OR Website != 'x')")).toBe(1);
  expect(await count("NOT (Name IN ('Cobalt Freight', 'nobody'))")).toBe(5);
});

test('a long answer comes in pages', async () => {
  for (let n = 0; n < 11; n++)
    await ask('POST', '/composite/sobjects', {
      records: Array.from({ length: 200 }, () => ({ attributes: { type: 'Task' }, Subject: 'x' })),
    });
  const first = (await soql('SELECT Id FROM Task')).answer;
  expect([first.totalSize, first.done, first.records.length]).toEqual([2200, false, 2000]);
  const rest = (await ask('GET', first.nextRecordsUrl.replace('/services/data/v67.0', ''))).answer;
  expect([rest.done, rest.records.length]).toEqual([true, 200]);
});
