import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { type Asked, type Fault, type FaultPlan, openDraw } from './fault-plan.ts';
import { type SalesforceTwin, startSalesforce } from './protocol.ts';

const { salesforce } = cast;
let twin: SalesforceTwin;
let session: string;
beforeEach(async () => {
  twin = await startSalesforce({ port: 0 });
  session = twin.login(salesforce.integrationUser.id);
});
afterEach(() => twin.close());

async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`${twin.origin}/services/data/v67.0${path}`, {
    method,
    headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(5_000),
  });
  const text = await response.text();
  return { status: response.status, code: /"errorCode":"(\w+)"/.exec(text)?.[1], text, headers: response.headers };
}
const always = (kind: Fault, more: Partial<FaultPlan> = {}): FaultPlan => ({ share: 1, seed: 1, kinds: [kind], ...more });
const upsert = (key = 'k') => ask('PATCH', `/sobjects/Task/ROS_Key__c/${key}`, { Subject: 'Call' });
const tasks = () => twin.rows('Task').length;

describe('a plan', () => {
  const asked = Array.from(
    { length: 400 },
    (_, n): Asked => ({
      orgId: salesforce.orgId,
      method: 'PATCH',
      path: `/services/data/v67.0/sobjects/Task/ROS_Key__c/k${n % 300}`,
      body: '{}',
    }),
  );
  const met = (seed: number, order = asked) => {
    const draw = openDraw({ share: 0.3, seed });
    return order.map((one) => `${one.path} ${JSON.stringify(draw(one))}`).sort();
  };

  test('meets the same requests with the same seed, in whatever order they come', () => {
    expect(met(7, [...asked].reverse())).toEqual(met(7));
    expect(met(8)).not.toEqual(met(7));
  });

  test('meets its share of them', () => {
    const share = met(7).filter((one) => !one.endsWith('undefined')).length / asked.length;
    expect([share > 0.24, share < 0.36]).toEqual([true, true]);
  });

  test('meets other requests in another org', () => {
    expect(
      met(
        7,
        asked.map((one) => ({ ...one, orgId: 'another' })),
      ),
    ).not.toEqual(met(7));
  });

  test('holds from the moment it is set until it is taken away, and for what it names', async () => {
    twin.setFaults(always('unavailable', { only: (method) => method === 'PATCH' }));
    expect([(await upsert()).status, (await ask('GET', '/limits')).status]).toEqual([503, 200]);
    twin.setFaults(undefined);
    expect((await upsert()).status).toBe(201);
  });
});

describe('a fault', () => {
  test.each([
    ['lock', 400, 'UNABLE_TO_LOCK_ROW', 0],
    ['unavailable', 503, 'SERVER_UNAVAILABLE', 0],
    ['unknown', 500, 'UNKNOWN_EXCEPTION', 0],
    ['limit', 403, 'REQUEST_LIMIT_EXCEEDED', 0],
    ['concurrent', 403, 'REQUEST_LIMIT_EXCEEDED', 0],
    ['expired', 401, 'INVALID_SESSION_ID', 0],
    ['lost', 503, 'SERVER_UNAVAILABLE', 1],
    ['unknown-after', 500, 'UNKNOWN_EXCEPTION', 1],
    ['truncated', 201, undefined, 1],
    ['garbled', 200, undefined, 1],
  ] as const)('%s says so, and the write stands or does not', async (kind, status, code, written) => {
    twin.setFaults(always(kind));
    expect(await upsert()).toMatchObject({ status, code });
    expect(tasks()).toBe(written);
    expect(twin.count()).toMatchObject({ requests: 1, faults: 1, byFault: { [kind]: 1 } });
  });

  test('never shows what it hid', async () => {
    twin.setFaults(always('truncated'));
    const { text } = await upsert();
    expect(() => JSON.parse(text)).toThrow();
    twin.setFaults(always('garbled'));
    expect((await upsert()).headers.get('content-type')).toBe('text/html');
  });

  test('ends the session for good, and leaves another one open', async () => {
    const other = twin.login(salesforce.integrationUser.id);
    twin.setFaults(always('expired'));
    await upsert();
    twin.setFaults(undefined);
    expect(await upsert()).toMatchObject({ status: 401 });
    session = other;
    expect(await upsert()).toMatchObject({ status: 201 });
  });

  test('lets a new session in: the same question does not end two in a row', async () => {
    twin.setFaults(always('expired'));
    const statuses: number[] = [];
    for (const _ of [1, 2, 3]) {
      session = twin.login(salesforce.integrationUser.id);
      statuses.push((await ask('GET', '/limits')).status);
    }
    expect(statuses).toEqual([401, 200, 401]);
  });

  test('uses up the day of the whole org, until told otherwise', async () => {
    twin.setFaults({ ...always('daily'), only: (_, path) => path.endsWith('/first') });
    expect((await upsert('first')).code).toBe('REQUEST_LIMIT_EXCEEDED');
    expect((await upsert('second')).code).toBe('REQUEST_LIMIT_EXCEEDED');
    expect(twin.count()).toMatchObject({ requests: 1, limited: 1 });
    twin.setExhausted(false);
    expect((await upsert('second')).status).toBe(201);
  });

  test('times a query out, and nothing else', async () => {
    twin.setFaults(always('query-timeout'));
    expect((await ask('GET', '/query?q=SELECT+Id+FROM+Task')).code).toBe('QUERY_TIMEOUT');
    expect((await upsert()).status).toBe(201);
  });

  test.each([
    ['reset-before', 0],
    ['reset-after', 1],
  ] as const)('breaks the connection off: %s', async (kind, written) => {
    twin.setFaults(always(kind));
    await expect(upsert()).rejects.toMatchObject({ cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) } });
    expect(tasks()).toBe(written);
  });

  test('hangs, and nothing ever happens', async () => {
    twin.setFaults(always('hang', { hangMs: 20 }));
    await expect(upsert()).rejects.toThrow();
    expect([tasks(), twin.pendingLate()]).toEqual([0, 0]);
  });

  test('hangs, and happens after the caller has gone', async () => {
    twin.setFaults(always('late', { hangMs: 20, clientTimeoutMs: 30, lateMs: [10, 20] }));
    await expect(upsert()).rejects.toThrow();
    expect([tasks(), twin.pendingLate()]).toEqual([0, 1]);
    await twin.settleLate();
    expect([tasks(), twin.pendingLate(), twin.count().late]).toEqual([1, 0, 1]);
  });

  test('applies a late stage only when nobody saved the deal meanwhile', async () => {
    const path = `${twin.origin}/services/data/v67.0/sobjects/Opportunity/${salesforce.opportunityId}`;
    const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' };
    const since = new Date(Date.now() - 10_000).toUTCString();
    twin.setFaults(always('late', { hangMs: 10, clientTimeoutMs: 10, lateMs: [10, 20] }));
    const body = JSON.stringify({ NextStep: 'ours' });
    await fetch(path, { method: 'PATCH', headers: { ...headers, 'if-unmodified-since': since }, body }).catch(() => undefined);
    twin.edit('Opportunity', salesforce.opportunityId, { NextStep: 'theirs' });
    await twin.settleLate();
    expect([twin.row('Opportunity', salesforce.opportunityId)?.NextStep, twin.count().late]).toEqual(['theirs', 0]);
  });

  test('locks some records of a collection and writes the others', async () => {
    twin.setFaults(always('partial'));
    const records = ['a', 'b', 'c', 'd'].map((ROS_Key__c) => ({ attributes: { type: 'Task' }, ROS_Key__c, Subject: 'x' }));
    const { text } = await ask('PATCH', '/composite/sobjects/Task/ROS_Key__c', { allOrNone: false, records });
    const results: { success: boolean; errors: { statusCode: string }[] }[] = JSON.parse(text);
    expect(results.map(({ success }) => success).filter(Boolean)).toHaveLength(tasks());
    expect([tasks(), results.find(({ success }) => !success)?.errors[0]?.statusCode]).toEqual([2, 'UNABLE_TO_LOCK_ROW']);
  });

  test('locks some parts of a composite, and leaves one that is all or none alone', async () => {
    twin.setFaults(always('partial'));
    const part = (n: number) => ({
      method: 'PATCH',
      url: `/services/data/v67.0/sobjects/Task/ROS_Key__c/k${n}`,
      referenceId: `r${n}`,
      body: { Subject: 'x' },
    });
    const send = async (allOrNone: boolean) => {
      const { text } = await ask('POST', '/composite', { allOrNone, compositeRequest: [part(1), part(2)] });
      return JSON.parse(text).compositeResponse.map(
        ({ httpStatusCode, referenceId }: { httpStatusCode: number; referenceId: string }) => `${referenceId} ${httpStatusCode}`,
      );
    };
    expect((await send(false)).sort()).toEqual(expect.arrayContaining([expect.stringMatching(/400/), expect.stringMatching(/201/)]));
    expect(await send(true)).toEqual(expect.not.arrayContaining([expect.stringMatching(/400/)]));
  });

  test('lets two upserts of one key within a second collide', async () => {
    twin.setFaults({ share: 0, seed: 1, kinds: ['duplicate'] });
    expect([(await upsert()).status, (await upsert()).code, tasks()]).toEqual([201, 'DUPLICATE_VALUE', 1]);
    twin.setFaults(undefined);
    expect((await upsert()).status).toBe(200);
  });

  test('meets the token endpoint only when a plan names it', async () => {
    const token = async () =>
      (await fetch(`${twin.origin}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams({}) })).status;
    twin.setFaults(always('unavailable'));
    expect(await token()).toBe(400);
    twin.setFaults(always('unavailable', { only: (_, path) => path.startsWith('/services/oauth2/') }));
    expect(await token()).toBe(503);
  });
});

test('counts calls as the org does: a composite is one, a batch as many as it has parts', async () => {
  const url = '/services/data/v67.0/limits';
  await ask('POST', '/composite', { compositeRequest: [1, 2, 3].map((n) => ({ method: 'GET', url, referenceId: `r${n}` })) });
  const { headers } = await ask('POST', '/composite/batch', {
    batchRequests: [1, 2, 3].map(() => ({ method: 'GET', url: 'v67.0/limits' })),
  });
  await ask('GET', `/sobjects/Opportunity/${salesforce.opportunityId}`);
  await upsert();
  const { status } = await ask('PATCH', `/sobjects/Opportunity/${salesforce.opportunityId}`, { StageName: 'No such' });
  expect(status).toBe(400);
  expect(headers.get('sforce-limit-info')).toBe('api-usage=4/15000');
  expect(twin.count()).toEqual({
    requests: 7,
    limited: 0,
    refused: 1,
    faults: 0,
    byFault: {},
    late: 0,
    logins: 0,
    byPath: {
      'POST /composite': 1,
      'POST /composite/batch': 1,
      'GET /sobjects/Opportunity/{id}': 1,
      'PATCH /sobjects/Task/ROS_Key__c/{key}': 1,
      'PATCH /sobjects/Opportunity/{id}': 1,
    },
    feed: { sent: 0, lost: 0 },
  });
});
