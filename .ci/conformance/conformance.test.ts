import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Exchange } from '../../sandbox/kit/serve.ts';
import { excused } from '../conformance-excused.ts';
import { checkRequest } from './check-request.ts';
import { openBooks, openSalesforce } from './open-books.ts';
import { readAsyncapi, readOpenapi } from './openapi.ts';
import { report } from './report.ts';
import { checkSalesforce } from './salesforce.ts';

const text = { type: 'string' };
const shelf = readOpenapi({
  paths: {
    '/books/{id}': { get: { parameters: [{ name: 'page', in: 'query', required: true, schema: { type: 'integer' } }] } },
    '/books/search': {
      get: { parameters: [{ name: 'word', in: 'query', schema: { type: 'array', items: text } }] },
      post: {
        requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Search' } } } },
      },
    },
    '/token': {
      post: {
        requestBody: {
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                required: ['grant'],
                properties: {
                  grant: { enum: ['code'] },
                  ttl: { type: 'integer' },
                  on: { type: 'array', items: { enum: ['done', 'failed'] } },
                },
              },
            },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Search: {
        allOf: [
          { $ref: '#/components/schemas/Paged' },
          { type: 'object', required: ['words'], properties: { words: { type: 'array', items: text } } },
        ],
      },
      Paged: { type: 'object', properties: { limit: { type: 'integer' }, tags: { type: 'object', additionalProperties: text } } },
    },
  },
});

const exchange = (method: string, path: string, body = '', contentType = body && 'application/json'): Exchange => ({
  vendor: 'shelf',
  method,
  path,
  body,
  contentType,
  status: 200,
});
const findings = (...asked: Parameters<typeof exchange>) => checkRequest(shelf, exchange(...asked)).findings;
const form = 'application/x-www-form-urlencoded;charset=UTF-8';

test('takes what the specification allows', () => {
  expect(findings('GET', '/books/7?page=2')).toEqual([]);
  expect(findings('GET', '/books/search?word=a&word=b')).toEqual([]);
  expect(findings('POST', '/books/search', '{"words":["a"],"limit":3,"tags":{"any":"name"}}')).toEqual([]);
  expect(findings('POST', '/token', 'grant=code&ttl=60', form)).toEqual([]);
});

test('finds a path, and a method, that nobody serves', () => {
  expect(checkRequest(shelf, exchange('GET', '/shelves/1'))).toEqual({
    operation: 'GET /shelves/1',
    findings: ['the specification has no such path'],
  });
  expect(findings('DELETE', '/books/7')).toEqual(['the specification has this path, but not with DELETE']);
});

test('the literal path wins over the one with a parameter', () => {
  expect(checkRequest(shelf, exchange('GET', '/books/search')).operation).toBe('GET /books/search');
});

test('finds a query that is unknown, missing, or of another type', () => {
  expect(findings('GET', '/books/7?page=2&colour=red')).toEqual(['query colour is not in the specification']);
  expect(findings('GET', '/books/7')).toEqual(['query page is missing']);
  expect(findings('GET', '/books/7?page=two')).toEqual(['query page must be integer']);
  expect(findings('GET', '/books/7?page=1&page=2')).toEqual(['query page must be integer']);
});

test('finds a field that is unknown, missing, or of another type, also behind an allOf', () => {
  expect(findings('POST', '/books/search', '{"words":["a"],"colour":"red"}')).toEqual([
    'body has colour, which is not in the specification',
  ]);
  expect(findings('POST', '/books/search', '{}')).toEqual(['body lacks words']);
  expect(findings('POST', '/books/search', '{"words":["a",1],"limit":"3"}')).toEqual([
    'body.limit must be integer',
    'body.words[] must be string',
  ]);
});

test('takes a list of one in a form, and judges what stands in it', () => {
  expect(findings('POST', '/token', 'grant=code&on=done', form)).toEqual([]);
  expect(findings('POST', '/token', 'grant=code&on=done&on=failed', form)).toEqual([]);
  expect(findings('POST', '/token', 'grant=code&on=never', form)).toEqual(['body.on[] must be one of done, failed']);
});

test('finds a form field that is unknown or of another value, and never repeats what stood in it', () => {
  expect(findings('POST', '/token', 'grant=guess&colour=red', form)).toEqual([
    'body has colour, which is not in the specification',
    'body.grant must be one of code',
  ]);
});

test('finds a body that is missing, of another kind, broken, or not wanted', () => {
  expect(findings('POST', '/books/search')).toEqual(['the body has no content type']);
  expect(findings('POST', '/books/search', 'a', 'text/plain')).toEqual([
    'content type text/plain is not in the specification, which takes application/json',
  ]);
  expect(findings('POST', '/books/search', '{')).toEqual(['the body is not JSON']);
  expect(findings('GET', '/books/7?page=2', '{}')).toEqual(['a body is sent where the specification takes none']);
});

test('a socket’s handshake is judged by its channel’s query', () => {
  const query = { properties: { model: { enum: ['small'] }, term: { oneOf: [text, { type: 'array', items: text }] } } };
  const socket = readAsyncapi({ channels: { '/listen': { bindings: { ws: { query } } } } });
  const said = (path: string) => checkRequest(socket, exchange('GET', path)).findings;
  expect(said('/listen?model=small&term=a&term=b')).toEqual([]);
  expect(said('/listen?model=large&colour=red')).toEqual(['query colour is not in the specification', 'query model must be one of small']);
});

const org = openSalesforce();
const v = '/services/data/v67.0';
const asked = (...what: Parameters<typeof exchange>) => checkSalesforce(org, exchange(...what)).findings;
const soql = (statement: string) => asked('GET', `${v}/query?q=${encodeURIComponent(statement)}`);

test('Salesforce: takes documented resources with fields of the org and of the package', () => {
  const mine =
    "SELECT ContactId, Contact.Name FROM OpportunityContactRole WHERE Opportunity.IsClosed = false AND ContactId IN ('a','b') LIMIT 5";
  expect(soql(mine)).toEqual([]);
  expect(
    asked('PATCH', `${v}/sobjects/Task/ROS_Key__c/k`, '{"Subject":"a","CallDurationInSeconds":3,"ActivityDate":"2026-11-21"}'),
  ).toEqual([]);
});

test('Salesforce: finds a resource, an object, a field and a relationship that are not there', () => {
  expect(asked('GET', `${v}/parameterizedSearch?q=a`)).toEqual(['no resource of REST 67.0 that we know has this path']);
  expect(asked('GET', '/services/data/v60.0/query?q=a')).toEqual(['no resource of REST 67.0 that we know has this path']);
  expect(soql('SELECT Id FROM Oportunity')).toEqual(['there is no object Oportunity']);
  expect(soql("SELECT Mood, Boss.Name FROM Contact WHERE Colour = 'red' ORDER BY Size DESC")).toEqual([
    'Contact has no field Mood',
    'Contact has no relationship Boss',
    'Contact has no field Colour',
    'Contact has no field Size',
  ]);
  expect(asked('PATCH', `${v}/sobjects/Task/ROS_Key__c/k`, '{"Mood__c":"a"}')).toEqual(['Task has no field Mood__c']);
  expect(asked('GET', `${v}/ui-api/records/006?fields=Opportunity.Name,Opportunity.Mood`)).toEqual(['Opportunity has no field Mood']);
});

test('Salesforce: finds a value of another type, a key that is none, and the key in its own body', () => {
  expect(asked('PATCH', `${v}/sobjects/Task/00T`, '{"CallDurationInSeconds":"3","IsReminderSet":null}')).toEqual([
    'Task.CallDurationInSeconds must be number | null',
    'Task.IsReminderSet must be boolean',
  ]);
  expect(soql("SELECT Id FROM Opportunity WHERE IsClosed = 'no'")).toEqual(['Opportunity.IsClosed must be boolean']);
  expect(asked('PATCH', `${v}/sobjects/Task/Subject/a`, '{}')).toEqual(['Task.Subject is no external id']);
  expect(asked('PATCH', `${v}/sobjects/Task/ROS_Key__c/k`, '{"ROS_Key__c":"k"}')).toEqual([
    'ROS_Key__c may not be in the body of an upsert',
  ]);
});

test('Salesforce: a statement it cannot read is a finding, not a pass', () => {
  expect(soql('SELECT COUNT() FROM Task')).toEqual(['the statement cannot be read here']);
});

test('counts what was checked, excused, uncovered and not ours', () => {
  const wrong = exchange('DELETE', '/books/7');
  const said = 'the specification has this path, but not with DELETE';
  const checks = new Map([['shelf', (it: Exchange) => checkRequest(shelf, it)]]);
  const all = [
    wrong,
    exchange('GET', '/books/7?page=1'),
    { ...wrong, vendor: 'stranger' },
    { ...wrong, vendor: 'hubspot', method: 'GET', path: '/oauth/authorize?a=b' },
  ];
  const excuse = { vendor: 'shelf', operation: 'DELETE /books/{id}', said, because: 'A reason.' };
  expect(report(all, checks, []).findings).toEqual([`shelf DELETE /books/{id}: ${said}`]);
  expect(report(all, checks, [excuse])).toEqual({
    findings: [],
    excused: [{ ...excuse, times: 1 }],
    checked: 2,
    byVendor: { shelf: 2 },
    uncovered: { stranger: 1 },
    notOurs: { 'the browser of whoever installs the app': 1 },
    operations: { 'shelf DELETE /books/{id}': 1, 'shelf GET /books/{id}': 1 },
  });
});

const specs = join(import.meta.dirname, '../../../shared/specs');

test.skipIf(!existsSync(specs))('reads the vendors’ own specifications where they lie beside the project', () => {
  const books = openBooks(specs);
  const said = (vendor: string, ...what: Parameters<typeof exchange>) => books.get(vendor)!({ ...exchange(...what), vendor }).findings;
  expect(said('hubspot', 'PATCH', '/crm/objects/2026-09/deals/1', '{"properties":{"dealstage":"won"}}')).toEqual([]);
  expect(said('hubspot', 'PATCH', '/crm/objects/2026-09/deals/1', '{"properties":{"amount":5},"colour":"red"}')).toEqual([
    'body has colour, which is not in the specification',
    'body.properties.amount must be string',
  ]);
  expect(said('hubspot', 'POST', '/oauth/2026-09/token', 'grant_type=guess', form)).toHaveLength(1);
  expect(said('hubspot', 'GET', '/crm/v9/objects/deals')).toEqual(['the specification has no such path']);
  expect(said('deepgram', 'GET', '/v2/listen?model=flux-general-en&encoding=mulaw&sample_rate=8000')).toEqual([]);
  expect(said('deepgram', 'GET', '/v2/listen?model=nova-3&interim_results=true')).toHaveLength(2);
  const call = '/2010-04-01/Accounts/AC1/Calls/CA1.json';
  expect(said('twilio', 'POST', call, 'Status=completed', form)).toEqual([]);
  expect(said('twilio', 'POST', call, 'Mood=gone', form)).toEqual(['body has Mood, which is not in the specification']);
});

test('every excuse names a vendor, an operation and a reason', () => {
  for (const { vendor, operation, because } of excused) expect([vendor, operation, because].every((it) => it.length > 0)).toBe(true);
});
