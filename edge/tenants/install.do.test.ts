import { SELF } from 'cloudflare:test';
import { beforeAll, expect, inject, test } from 'vitest';
import { must } from '../../shared/kit/must.ts';
import { compose } from '../compose.ts';
import type { Db } from '../db/client.ts';
import { agree, ask, bindings, connectPortal, openTestDb, portal, publicUrl } from '../http/test-host.ts';
import { writerStub } from '../stubs.ts';
import { readMasters } from './keys/masters.ts';
import { keysOf, placeOf } from './keys/store.ts';
import { beginInstall } from './oauth-state.ts';
import { connectionOf, resolveConnection } from './store.ts';
import { openTokens } from './tokens.ts';

let db: Db;
beforeAll(() => {
  db = openTestDb();
});

const read = readMasters({ SEAL_KEY: inject('worker')['SEAL_KEY'] });
const masters = must(read.ok ? read.value : null, 'the master key');
const callback = (query: Record<string, string>, cookie?: string) =>
  SELF.fetch(`${publicUrl}/oauth/hubspot/callback?${new URLSearchParams(query)}`, cookie === undefined ? {} : { headers: { cookie } });

async function expectRefused(response: Response) {
  const page = await response.text();
  expect([response.status, page.includes('This link is used up'), response.headers.get('cache-control')]).toEqual([400, true, 'no-store']);
  return page;
}

test('begins with a cookie only this browser has, and a challenge', async () => {
  const { start } = await agree();
  const [cookie = '', ...rest] = (start.headers.get('set-cookie') ?? '').split('; ');
  expect([start.status, cookie.startsWith('ros_install=')]).toEqual([302, true]);
  expect(rest.sort()).toEqual(['HttpOnly', 'Max-Age=600', 'Path=/oauth', 'SameSite=Lax', 'Secure']);
  const asked = new URL(start.headers.get('location') ?? '').searchParams;
  expect([asked.get('code_challenge_method'), asked.get('redirect_uri')]).toEqual(['S256', `${publicUrl}/oauth/hubspot/callback`]);
  expect(asked.get('state')).not.toContain(cookie.split('=')[1]);
});

test('without the cookie, or with another browser’s, nothing is connected', async () => {
  const { back } = await agree();
  const other = await agree();
  const query = Object.fromEntries(new URL(back).searchParams);
  await expectRefused(await callback(query));
  await expectRefused(await callback(query, other.cookie));
  await expectRefused(await callback(query, 'ros_install='));
});

test('an expired state, one for another host, or one of our making by nobody is refused', async () => {
  const expired = await beginInstall(masters, { host: 'hubspot' }, Date.now() - 11 * 60_000);
  await expectRefused(await callback({ code: 'c', state: expired.state }, `ros_install=${expired.browser}`));
  const salesforce = await beginInstall(masters, { host: 'salesforce' }, Date.now());
  await expectRefused(await callback({ code: 'c', state: salesforce.state }, `ros_install=${salesforce.browser}`));
  const fresh = await beginInstall(masters, { host: 'hubspot' }, Date.now());
  await expectRefused(await callback({ state: fresh.state }, `ros_install=${fresh.browser}`));
  for (const state of ['', 'CANARY', 'CANARY.CANARY']) {
    const page = await expectRefused(await callback({ code: 'CANARY', state, error: 'CANARY' }, `ros_install=${fresh.browser}`));
    expect(page).not.toContain('CANARY');
  }
});

test('a way back works once, even from the same browser', async () => {
  const { back, cookie } = await agree();
  expect((await SELF.fetch(back, { headers: { cookie } })).status).toBe(200);
  await expectRefused(await SELF.fetch(back, { headers: { cookie } }));
});

test('of two who come back at once, one is connected', async () => {
  const { back, cookie } = await agree();
  const both = await Promise.all([1, 2].map(() => SELF.fetch(back, { headers: { cookie } })));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
});

test('an org says where it is, and only an address of Salesforce will do', async () => {
  const start = (login: string) =>
    SELF.fetch(`${publicUrl}/oauth/salesforce/start?login=${encodeURIComponent(login)}`, { redirect: 'manual' });
  const to = async (login: string) => new URL((await start(login)).headers.get('location') ?? '');
  expect((await to('test')).origin).toBe('https://test.salesforce.com');
  const asked = await to('acme--dev.sandbox.my.salesforce.com');
  expect(asked.origin).toBe('https://acme--dev.sandbox.my.salesforce.com');
  expect([asked.searchParams.get('code_challenge_method'), asked.searchParams.get('redirect_uri')]).toEqual([
    'S256',
    `${publicUrl}/oauth/salesforce/callback`,
  ]);
  const refused = await start('evil.example#.my.salesforce.com');
  expect([refused.status, refused.headers.get('location'), (await refused.text()).includes('Not a Salesforce address')]).toEqual([
    400,
    null,
    true,
  ]);
});

test('installing again is the same tenant, connected as before', async () => {
  const first = await connectPortal(db);
  expect(await connectPortal(db)).toEqual(first);
  expect(await resolveConnection(db, 'hubspot', portal.id)).toEqual(first);
  const connection = await connectionOf(db, first.tenantId, first.connectionId);
  expect(connection).toMatchObject({ state: 'connected', installerId: '71', settings: { effectOnce: true, missingScopes: [] } });
  const [key, ...more] = await keysOf(db, first.tenantId);
  expect([key?.kekKid, more]).toEqual(['k1', []]);
  expect(connection?.secretSealed?.split('.').slice(0, 2)).toEqual(['v1', key?.kid]);
  expect(await (await ask({ path: `/v1/record/deal/${portal.dealId}/next` })).json()).toMatchObject({ ok: true });
});

test('a portal nobody connected is told so, and is no tenant', async () => {
  const said = await (await ask({ path: `/v1/record/deal/${portal.dealId}/next`, portalId: '4243' })).json();
  expect(said).toMatchObject({ ok: false, code: 'not-connected' });
  expect(await resolveConnection(db, 'hubspot', '4243')).toBeNull();
});

test('however many are refused at once, there is one new token, and it is stored', async () => {
  const { tenantId, connectionId } = await connectPortal(db);
  const { keyring } = compose(bindings);
  const stored = async () => {
    const row = must(await connectionOf(db, tenantId, connectionId), 'the connection');
    const kept = await openTokens(row.secretSealed, (sealed) => keyring.open(placeOf(row), sealed));
    return kept.ok ? kept.value.tokens.accessToken : kept.fault.said;
  };
  const refused = await stored();
  const writer = writerStub(bindings, tenantId, connectionId);
  const all = await Promise.all([1, 2, 3, 4, 5].map(() => writer.renew(tenantId, connectionId, refused)));
  const fresh = await stored();
  expect(fresh).not.toBe(refused);
  expect(all).toEqual(Array(5).fill({ ok: true, value: fresh }));
});
