import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { declared } from './authorize.ts';
import { type Hubspot, type HubspotOptions, startHubspot } from './protocol.ts';

const { clientId, clientSecret, dealId, portalId, appId, rep } = cast.hubspot;
const redirectUri = declared.redirectUrls[0] ?? '';
const verifier = 'a-verifier-of-forty-three-characters-or-more-0';

let hubspot: Hubspot;
let now = 0;
beforeEach(async () => {
  now = Date.parse('2026-11-20T15:00:00Z');
  await start();
});
afterEach(() => hubspot.close());

test('a code with its verifier gives a token for half an hour, once', async () => {
  const code = await agree({ code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256' });
  const fields = { grant_type: 'authorization_code', redirect_uri: redirectUri, code, code_verifier: verifier };
  const { body } = await post('token', fields);
  expect(body).toEqual({
    access_token: expect.stringMatching(/^.{300,}$/),
    refresh_token: expect.any(String),
    expires_in: 1800,
    token_type: 'bearer',
    hub_id: portalId,
    user_id: rep.userId,
    scopes: [...declared.requiredScopes],
  });
  expect((await post('token', fields)).body.error).toBe('invalid_grant');
  now += 1_799_999;
  expect(await read(body.access_token)).toBe(200);
  now += 1;
  expect(await read(body.access_token)).toBe(401);
});

test('a challenge without its verifier gives nothing', async () => {
  const code = await agree({ code_challenge: createHash('sha256').update(verifier).digest('base64url') });
  expect((await post('token', { grant_type: 'authorization_code', redirect_uri: redirectUri, code })).body.error).toBe('invalid_grant');
});

test('a refresh token serves again and again, and is handed back', async () => {
  const { refreshToken } = hubspot.grant();
  const taken = [await refresh(refreshToken), await refresh(refreshToken)];
  expect(taken.map(({ body }) => body.refresh_token)).toEqual([refreshToken, refreshToken]);
  expect(await read(taken[0]?.body.access_token)).toBe(200);
  expect(hubspot.count().refreshes).toBe(2);
});

test('a refresh token serves once where they rotate', async () => {
  await restart({ rotatesRefresh: true });
  const { refreshToken } = hubspot.grant();
  const { body } = await refresh(refreshToken);
  expect(body.refresh_token).not.toBe(refreshToken);
  expect([(await refresh(refreshToken)).body.error, (await refresh(body.refresh_token)).status]).toEqual(['invalid_grant', 200]);
});

test.each([
  [false, 200],
  [true, 400],
])('the answer to a refresh may be lost after the token was given (rotates: %s)', async (rotatesRefresh, then) => {
  await restart({ rotatesRefresh });
  const { refreshToken } = hubspot.grant();
  hubspot.setFaults({ share: 1, kinds: ['refresh-lost'] });
  await expect(refresh(refreshToken)).rejects.toThrow('fetch failed');
  expect([Object.keys(hubspot.state.access).length, hubspot.count().byFault]).toEqual([2, { 'refresh-lost': 1 }]);
  hubspot.setFaults(undefined);
  expect((await refresh(refreshToken)).status).toBe(then);
});

test('introspection says what a token is, and nothing of one that is dead', async () => {
  const { accessToken, refreshToken } = hubspot.grant(['oauth']);
  now += 60_000;
  expect((await post('token/introspect', { token: accessToken })).body).toEqual({
    active: true,
    token_use: 'access_token',
    token: accessToken,
    token_type: 'bearer',
    hub_id: portalId,
    user_id: rep.userId,
    user: cast.rep.email,
    client_id: clientId,
    app_id: appId,
    scopes: ['oauth'],
    expires_in: 1740,
    is_private_distribution: false,
  });
  expect((await post('token/introspect', { token: refreshToken })).body).toMatchObject({ active: true, token_use: 'refresh_token' });
  now += 1_800_000;
  expect((await post('token/introspect', { token: accessToken })).body).toEqual({ active: false });
  expect((await post('token/introspect', { token: accessToken, client_secret: 'x' })).body.error).toBe('invalid_client');
});

test('a revoked refresh token is an invalid grant; the access token lives out its time', async () => {
  const { accessToken, refreshToken } = hubspot.grant();
  expect((await post('token/revoke', { token: refreshToken })).status).toBe(204);
  expect([(await refresh(refreshToken)).body.error, await read(accessToken)]).toEqual(['invalid_grant', 200]);
  expect((await post('token/revoke', { token: 'never given' })).status).toBe(204);
});

test('once we uninstall, or they do, no token opens anything', async () => {
  for (const remove of [uninstall, async () => hubspot.uninstall(portalId)]) {
    const { accessToken, refreshToken } = hubspot.grant();
    const code = await agree();
    await remove(accessToken);
    const taken = await post('token', { grant_type: 'authorization_code', redirect_uri: redirectUri, code });
    expect([await read(accessToken), (await refresh(refreshToken)).body.error, taken.body.error]).toEqual([
      401,
      'invalid_grant',
      'invalid_grant',
    ]);
  }
});

test('refuses to uninstall without the scope for it', async () => {
  const { accessToken } = hubspot.grant(['crm.objects.deals.read']);
  expect([await uninstall(accessToken), await read(accessToken)]).toEqual([403, 200]);
});

async function start(options: Partial<HubspotOptions> = {}) {
  hubspot = await startHubspot({ port: 0, now: () => now, ...options });
}

async function restart(options: Partial<HubspotOptions>) {
  await hubspot.close();
  await start(options);
}

async function agree(further: Record<string, string> = {}): Promise<string> {
  const scope = declared.requiredScopes.join(' ');
  const asked = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, scope, sandbox_approve: '1', ...further });
  const agreed = await fetch(`${hubspot.origin}/oauth/authorize?${asked}`, { redirect: 'manual' });
  return new URL(agreed.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

async function post(path: string, fields: Record<string, string>) {
  const response = await fetch(`${hubspot.origin}/oauth/2026-09/${path}`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const refresh = (token: string) => post('token', { grant_type: 'refresh_token', refresh_token: token });

const authorized = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const read = async (token: string) =>
  (await fetch(`${hubspot.origin}/crm/objects/2026-09/deals/${dealId}`, { ...authorized(token) })).status;
const uninstall = async (token: string) =>
  (await fetch(`${hubspot.origin}/appinstalls/2026-09/external-install`, { method: 'DELETE', ...authorized(token) })).status;
