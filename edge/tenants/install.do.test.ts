import { SELF } from 'cloudflare:test';
import { beforeAll, expect, inject, test } from 'vitest';
import type { Db } from '../db/client.ts';
import { agree, ask, connectPortal, openTestDb, portal, publicUrl } from '../http/test-host.ts';
import { beginInstall } from './oauth-state.ts';
import { connectionOf, resolveConnection } from './store.ts';

let db: Db;
beforeAll(() => {
  db = openTestDb();
});

const secret = inject('worker')['SEAL_KEY'] ?? '';
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
  const expired = await beginInstall(secret, 'hubspot', Date.now() - 11 * 60_000);
  await expectRefused(await callback({ code: 'c', state: expired.state }, `ros_install=${expired.browser}`));
  const salesforce = await beginInstall(secret, 'salesforce', Date.now());
  await expectRefused(await callback({ code: 'c', state: salesforce.state }, `ros_install=${salesforce.browser}`));
  const fresh = await beginInstall(secret, 'hubspot', Date.now());
  await expectRefused(await callback({ state: fresh.state }, `ros_install=${fresh.browser}`));
  for (const state of ['', 'CANARY', 'CANARY.CANARY']) {
    const page = await expectRefused(await callback({ code: 'CANARY', state, error: 'CANARY' }, `ros_install=${fresh.browser}`));
    expect(page).not.toContain('CANARY');
  }
});

test('a way back that was used already connects nothing', async () => {
  const { back, cookie } = await agree();
  expect((await SELF.fetch(back, { headers: { cookie } })).status).toBe(200);
  const again = await SELF.fetch(back, { headers: { cookie } });
  expect([again.status, (await again.text()).includes('Not connected')]).toEqual([400, true]);
});

test('installing again is the same tenant, connected as before', async () => {
  const first = await connectPortal(db);
  expect(await connectPortal(db)).toEqual(first);
  expect(await resolveConnection(db, 'hubspot', portal.id)).toEqual(first);
  const connection = await connectionOf(db, first.tenantId, first.connectionId);
  expect(connection).toMatchObject({ state: 'connected', installerId: '71', settings: { effectOnce: true } });
  expect(connection?.secretSealed).toMatch(/^v1\.k1\./);
  expect(await (await ask({ path: `/v1/record/deal/${portal.dealId}/next` })).json()).toMatchObject({ ok: true });
});

test('a portal nobody connected is told so, and is no tenant', async () => {
  const said = await (await ask({ path: `/v1/record/deal/${portal.dealId}/next`, portalId: '4243' })).json();
  expect(said).toMatchObject({ ok: false, code: 'not-connected' });
  expect(await resolveConnection(db, 'hubspot', '4243')).toBeNull();
});
