import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import type { FaultKind, FaultPlan } from './fault-plan.ts';
import { type Hubspot, startHubspot } from './protocol.ts';

const { dealId, stage, nextStage } = cast.hubspot;
const deal = `/crm/objects/2026-09/deals/${dealId}`;
const move = { properties: { dealstage: nextStage } };

let hubspot: Hubspot;
let bearer: string;
let now = 0;
beforeEach(async () => {
  now = Date.parse('2026-11-20T15:00:00Z');
  hubspot = await startHubspot({ port: 0, now: () => now, rates: { perTenSeconds: 10_000, searchesPerSecond: 100 } });
  bearer = hubspot.grant().accessToken;
});
afterEach(() => hubspot.close());

describe('what a fault answers, and whether the work was done', () => {
  test.each<[FaultKind, number | 'reset', string, boolean]>([
    ['rate-limit', 429, 'TEN_SECONDLY_ROLLING', false],
    ['rate-limit-wait', 429, 'TEN_SECONDLY_ROLLING', false],
    ['secondly', 429, 'SECONDLY', false],
    ['daily', 429, 'DAILY', false],
    ['fail-before', 500, 'INTERNAL_ERROR', false],
    ['fail-after', 500, 'INTERNAL_ERROR', true],
    ['502-before', 502, 'page', false],
    ['502-after', 502, 'page', true],
    ['503-before', 503, 'INTERNAL_ERROR', false],
    ['503-after', 503, 'INTERNAL_ERROR', true],
    ['timeout', 500, 'INTERNAL_ERROR', true],
    ['timeout-before', 'reset', '', false],
    ['reset-before', 'reset', '', false],
    ['reset-after', 'reset', '', true],
    ['truncate', 200, 'cut', true],
    ['html', 200, 'page', true],
    ['locked', 423, 'LOCKED', false],
    ['expired', 401, 'EXPIRED_AUTHENTICATION', false],
    ['scope', 403, 'MISSING_SCOPES', false],
    ['conflict', 409, 'CONFLICT', false],
  ])('%s', async (kind, status, says, isDone) => {
    hubspot.setFaults({ share: 1, kinds: [kind], hangMs: 1 });
    const told = await ask('PATCH', deal, move);
    expect([told.status, told.says, stageNow() === nextStage]).toEqual([status, says, isDone]);
    expect(hubspot.count()).toMatchObject({ requests: 1, faults: 1, limited: 0, refused: 0, byFault: { [kind]: 1 } });
  });

  test('only one 429 says how long to wait', async () => {
    hubspot.setFaults({ share: 1, kinds: ['rate-limit'] });
    const without = await ask('GET', deal);
    hubspot.setFaults({ share: 1, kinds: ['rate-limit-wait'], retryAfterS: 3 });
    const withIt = await ask('GET', deal);
    expect([without.headers.get('retry-after'), withIt.headers.get('retry-after')]).toEqual([null, '3']);
  });

  test('the daily limit holds for everything until its time is over, or the next plan', async () => {
    hubspot.setFaults({ share: 1, kinds: ['daily'], dailyMs: 60_000, only: (method) => method === 'PATCH' });
    expect((await ask('GET', deal)).status).toBe(200);
    await ask('PATCH', deal, move);
    expect((await ask('GET', deal)).says).toBe('DAILY');
    now += 60_000;
    expect((await ask('GET', deal)).status).toBe(200);
    hubspot.setFaults({ share: 1, kinds: ['daily'], only: (method) => method === 'PATCH' });
    await ask('PATCH', deal, move);
    now += 86_400_000;
    bearer = hubspot.grant().accessToken;
    expect((await ask('GET', deal)).says).toBe('DAILY');
    hubspot.setFaults(undefined);
    expect((await ask('GET', deal)).status).toBe(200);
  });

  test('an expired token stays so for everybody who has it', async () => {
    hubspot.setFaults({ share: 1, kinds: ['expired'], only: (method) => method === 'PATCH' });
    await ask('PATCH', deal, move);
    expect([(await ask('GET', deal)).says, hubspot.count().refused]).toEqual(['EXPIRED_AUTHENTICATION', 1]);
    bearer = hubspot.grant().accessToken;
    expect((await ask('GET', deal)).status).toBe(200);
  });
});

describe('late writes', () => {
  const late: FaultPlan = { share: 1, kinds: ['late'], hangMs: 1, clientTimeoutMs: 0, lateMs: [20, 20] };

  test('get no answer, and land after it', async () => {
    hubspot.setFaults(late);
    expect((await ask('PATCH', deal, move)).status).toBe('reset');
    expect([hubspot.pendingLate(), stageNow(), hubspot.count().late]).toEqual([1, stage, 0]);
    hubspot.setFaults(undefined);
    await hubspot.settleLate();
    expect([hubspot.pendingLate(), stageNow(), hubspot.count().late]).toEqual([0, nextStage, 1]);
  });

  test('that the rules refuse are none', async () => {
    hubspot.setFaults(late);
    await ask('PATCH', deal, { properties: { dealstage: 'nowhere' } });
    await hubspot.settleLate();
    expect([stageNow(), hubspot.count().late]).toEqual([stage, 0]);
  });
});

describe('partial batches', () => {
  const create = (traced: boolean) => ({
    inputs: ['a', 'b', 'c', 'd'].map((name) => ({
      properties: { hs_timestamp: '2026-11-20T15:00:00Z', hs_note_body: name },
      associations: [],
      ...(traced ? { objectWriteTraceId: name } : {}),
    })),
  });

  test('do some of the inputs and name the others by their trace ids', async () => {
    hubspot.setFaults({ share: 1, kinds: ['partial'] });
    const told = await ask('POST', '/crm/objects/2026-09/notes/batch/create', create(true));
    const done = Object.values(hubspot.state.rows.notes).map(({ properties }) => properties.hs_note_body);
    const left = told.body.errors.map((error: { context: { objectWriteTraceId: string[] } }) => error.context.objectWriteTraceId[0]);
    expect([told.status, told.body.numErrors, told.body.results.length]).toEqual([207, left.length, done.length]);
    expect([...done, ...left].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect([done.length > 0, left.length > 0]).toEqual([true, true]);
  });

  test('of one input do nothing', async () => {
    hubspot.setFaults({ share: 1, kinds: ['partial'] });
    const told = await ask('POST', '/crm/objects/2026-09/deals/batch/update', { inputs: [{ id: dealId, ...move }] });
    expect([told.status, told.body.results, told.body.errors[0].context, stageNow()]).toEqual([207, [], { ids: [dealId] }, stage]);
  });

  test('are for batches alone', async () => {
    hubspot.setFaults({ share: 1, kinds: ['partial'] });
    expect((await ask('PATCH', deal, move)).status).toBe(200);
    expect(hubspot.count().faults).toBe(0);
  });
});

describe('which requests are hit', () => {
  const kinds: FaultKind[] = ['fail-before', 'locked', 'conflict'];
  const names = Array.from({ length: 40 }, (_, n) => `Deal ${n}`);
  const rename = (name: string) => ask('PATCH', deal, { properties: { dealname: name } });

  test('is the same for a seed, in whatever order they arrive, and another for another seed', async () => {
    const run = async (seed: number, order: string[]) => {
      hubspot.setFaults({ share: 0.5, kinds, seed });
      const met: Record<string, unknown[]> = {};
      for (const name of order) met[name] = [(await rename(name)).status, (await rename(name)).status];
      return met;
    };
    const first = await run(7, names);
    expect(await run(7, [...names].reverse())).toEqual(first);
    expect(await run(8, names)).not.toEqual(first);
  });

  test('does not hang on keys and times that are new in every run', async () => {
    const met = async (key: string, at: string) => {
      hubspot.setFaults({ share: 0.5, kinds, seed: 3 });
      const told = [];
      for (let n = 0; n < 20; n++) told.push((await ask('PATCH', deal, { properties: { dealname: key, closedate: at } })).status);
      return told;
    };
    expect(await met('0b8f1c1e-6f0e-4b8e-9a55-3d1f2a7c9e10', '2026-11-20T15:00:00.000Z')).toEqual(
      await met('5d0e7a92-11aa-4c3d-8f00-aa2b3c4d5e6f', '2026-11-21T09:30:00Z'),
    );
  });

  test('is about the share asked for', async () => {
    hubspot.setFaults({ share: 0.3, kinds, seed: 1 });
    for (let n = 0; n < 400; n++) await rename(`Deal ${n}`);
    expect(Math.abs(hubspot.count().faults / 400 - 0.3)).toBeLessThan(0.07);
  });

  test('leaves out what the plan does not name, and calm paths', async () => {
    hubspot.setFaults({ share: 1, kinds, only: (method) => method === 'PATCH', calm: [/\/contacts\//] });
    const statuses = [
      (await ask('GET', deal)).status,
      (await ask('PATCH', `/crm/objects/2026-09/contacts/${cast.hubspot.contactId}`, { properties: { jobtitle: 'x' } })).status,
      (await ask('PATCH', deal, move)).status,
    ];
    expect(statuses).toEqual([200, 200, expect.any(Number)]);
    expect(hubspot.count().faults).toBe(1);
  });
});

test('counts requests by method and path, ids left out', async () => {
  await ask('GET', deal);
  await ask('GET', '/crm/objects/2026-09/deals/1');
  await ask('POST', '/crm/objects/2026-09/deals/batch/read', { inputs: [{ id: dealId }], properties: [], propertiesWithHistory: [] });
  await ask('GET', '/crm/properties/2026-09/deals/amount');
  await ask('GET', '/crm/objects/2026-09/contacts/a@b.example?idProperty=email');
  expect(hubspot.count()).toMatchObject({
    requests: 5,
    refused: 2,
    faults: 0,
    byPath: {
      'GET /crm/objects/2026-09/deals/{id}': 2,
      'POST /crm/objects/2026-09/deals/batch/read': 1,
      'GET /crm/properties/2026-09/deals/{id}': 1,
      'GET /crm/objects/2026-09/contacts/{id}': 1,
    },
  });
});

const stageNow = () => hubspot.state.rows.deals[dealId]?.properties.dealstage;

interface Told {
  status: number | 'reset';
  headers: Headers;
  /** The policy, the category, or what else stands in its place. */
  says: string;
  // biome-ignore lint/suspicious/noExplicitAny: a vendor's answer, looked at from outside.
  body: any;
}

async function ask(method: string, path: string, body?: unknown): Promise<Told> {
  const init: RequestInit = { method, headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' } };
  if (body !== undefined) init.body = JSON.stringify(body);
  const response = await fetch(`${hubspot.origin}${path}`, init).catch(() => undefined);
  if (!response) return { status: 'reset', headers: new Headers(), says: '', body: undefined };
  const text = await response.text();
  const { status, headers } = response;
  if (text.startsWith('<!doctype')) return { status, headers, says: 'page', body: undefined };
  try {
    const said = JSON.parse(text);
    return { status, headers, says: said.policyName ?? said.category ?? '', body: said };
  } catch {
    return { status, headers, says: 'cut', body: undefined };
  }
}
