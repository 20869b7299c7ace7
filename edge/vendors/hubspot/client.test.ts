import { afterEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { type Served, serve } from '../../../sandbox/kit/serve.ts';
import { failed, ok } from '../../../shared/kit/result.ts';
import { type HubspotAccess, hubspotClient } from './client.ts';

let served: Served;
afterEach(() => served.close());

/** A portal that takes only these tokens, and a source that renews `old` to `new`. */
async function desk(taken: readonly string[], over: Partial<HubspotAccess> = {}, category = 'INVALID_AUTHENTICATION') {
  const log: string[] = [];
  served = await serve(
    (request) => {
      const bearer = request.headers.get('authorization')?.slice('Bearer '.length) ?? '';
      log.push(`sent ${bearer}`);
      return taken.includes(bearer) ? Response.json({}) : Response.json({ category }, { status: 401 });
    },
    { vendor: 'hubspot', port: 0 },
  );
  const client = hubspotClient({
    api: served.origin,
    token: async (refused) => ok(refused === undefined ? 'old' : 'new'),
    lost: async (refused) => void log.push(`lost ${refused}`),
    ...over,
  });
  return { log, send: () => client.send('POST', '/crm/objects/2026-09/notes', z.object({}), {}) };
}

test('a token that was refused is renewed, once, and the request goes out again', async () => {
  const { log, send } = await desk(['new']);
  expect(await send()).toEqual(ok({}));
  expect(log).toEqual(['sent old', 'sent new']);
});

test('a portal that refuses the renewed token too has to be connected again', async () => {
  const { log, send } = await desk([]);
  expect(await send()).toMatchObject({ ok: false, fault: { kind: 'expired', status: 401 } });
  expect(log).toEqual(['sent old', 'sent new', 'lost new']);
});

test('a renewed token that ran out before it arrived is no reason to connect again', async () => {
  const { log, send } = await desk([], {}, 'EXPIRED_AUTHENTICATION');
  expect(await send()).toMatchObject({ ok: false, fault: { kind: 'expired', status: 401 } });
  expect(log).toEqual(['sent old', 'sent new']);
});

test('what cannot be renewed is not sent again', async () => {
  const same = await desk([], { token: async () => ok('old') });
  expect(await same.send()).toMatchObject({ ok: false, fault: { kind: 'expired' } });
  expect(same.log).toEqual(['sent old']);
  await served.close();
  const fault = { kind: 'broken', said: 'HubSpot did not answer.' } as const;
  const away = await desk([], { token: async (refused) => (refused === undefined ? ok('old') : failed(fault)) });
  expect(await away.send()).toMatchObject({ ok: false, fault });
  expect(away.log).toEqual(['sent old']);
});

const read = ['GET', '/crm/objects/2026-09/notes/1'] as const;
const search = ['POST', '/crm/objects/2026-09/notes/search'] as const;
const write = ['POST', '/crm/objects/2026-09/notes'] as const;

test.each([
  [read, 503, {}, 3],
  [search, 502, {}, 3],
  [read, 429, {}, 3],
  [read, 429, { 'retry-after': '0' }, 3],
  [read, 429, { 'retry-after': '2' }, 1],
  [read, 503, { 'retry-after': '30' }, 1],
  [read, 403, {}, 1],
  [write, 503, {}, 1],
  [write, 429, {}, 1],
] as const)('%s met by %i %o is sent %i times', async ([method, path], status, headers, times) => {
  let sent = 0;
  served = await serve(
    () => {
      sent++;
      return Response.json({}, { status, headers });
    },
    { vendor: 'hubspot', port: 0 },
  );
  const client = hubspotClient({ api: served.origin, token: async () => ok('token'), pauseMs: () => 0 });
  expect(await client.send(method, path, z.object({}))).toMatchObject({ ok: false, fault: { status } });
  expect(sent).toBe(times);
});

test('a read that timed out is not sent again', async () => {
  let sent = 0;
  served = await serve(
    () => {
      sent++;
      return new Promise(() => {});
    },
    { vendor: 'hubspot', port: 0 },
  );
  const client = hubspotClient({ api: served.origin, token: async () => ok('token'), pauseMs: () => 0, endsWithinMs: 50 });
  expect(await client.send(...read, z.object({}))).toMatchObject({ ok: false, fault: { kind: 'broken' } });
  expect(sent).toBe(1);
});
