import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { startZoom } from '../../../sandbox/zoom/protocol.ts';
import * as oauth from './oauth.ts';

const redirectUri = 'https://ros.example/oauth/zoom/callback';
const ours = {
  clientId: 'our-app',
  clientSecret: 'our-secret',
  secretToken: 'our-token',
  redirectUris: [redirectUri],
  scopes: oauth.scopes,
};
const theirs = { accountId: 'account-0001', clientId: 'c', clientSecret: 's', secretToken: 't' };
const verifier = 'v'.repeat(43);
const challenge = createHash('sha256').update(verifier).digest('base64url');
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open() {
  const zoom = await startZoom({ port: 0, app: theirs, installable: ours });
  closing.push(() => zoom.close());
  const app = { api: zoom.origin, login: zoom.origin, clientId: ours.clientId, clientSecret: ours.clientSecret };
  /** What comes back when an admin presses Allow. */
  const agree = async (more: Record<string, string> = {}) => {
    const url = new URL(oauth.authorizeUrl(app, { redirectUri, state: 'state-1', challenge }));
    for (const [name, value] of Object.entries({ sandbox_approve: '1', ...more })) url.searchParams.set(name, value);
    const answer = await fetch(url, { redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? 'https://nowhere.example/').searchParams;
  };
  const codeOf = async (more?: Record<string, string>) => (await agree(more)).get('code') ?? '';
  return { zoom, app, agree, codeOf };
}

test('an admin’s yes gives tokens, what was granted, and whose account it is', async () => {
  const { app, agree, codeOf, zoom } = await open();
  expect((await agree()).get('state')).toBe('state-1');
  const granted = await oauth.exchangeCode(app, { redirectUri, code: await codeOf(), verifier });
  expect(granted).toMatchObject({ ok: true, value: { accountId: theirs.accountId, expiresInS: 3_599, scopes: [...oauth.scopes] } });
  expect(zoom.installed()).toBe(true);
});

test('a code works once, with its own verifier, back to its own address', async () => {
  const { app, codeOf } = await open();
  const code = await codeOf();
  await oauth.exchangeCode(app, { redirectUri, code, verifier });
  expect(await oauth.exchangeCode(app, { redirectUri, code, verifier })).toMatchObject({ ok: false, fault: { kind: 'expired' } });
  const other = await oauth.exchangeCode(app, { redirectUri, code: await codeOf(), verifier: 'w'.repeat(43) });
  expect(other).toMatchObject({ ok: false, fault: { kind: 'expired' } });
  const elsewhere = await oauth.exchangeCode(app, { redirectUri: 'https://evil.example/', code: await codeOf(), verifier });
  expect(elsewhere).toMatchObject({ ok: false, fault: { kind: 'refused' } });
});

test('an address that is not the app’s is sent no code, and a wrong secret gets no tokens', async () => {
  const { app, agree, codeOf } = await open();
  expect((await agree({ redirect_uri: 'https://evil.example/' })).get('code')).toBeNull();
  const said = await oauth.exchangeCode({ ...app, clientSecret: 'x' }, { redirectUri, code: await codeOf(), verifier });
  expect(said.ok).toBe(false);
});

test('names the scope that an account left out', async () => {
  const { app, codeOf } = await open();
  const code = await codeOf({ sandbox_scopes: oauth.scopes.slice(1).join(' ') });
  const said = await oauth.exchangeCode(app, { redirectUri, code, verifier });
  expect(said).toMatchObject({ ok: false, fault: { kind: 'refused', said: expect.stringContaining(oauth.scopes[0]) } });
});

test('a refresh token works once; after a revocation nothing does', async () => {
  const { app, codeOf, zoom } = await open();
  const granted = await oauth.exchangeCode(app, { redirectUri, code: await codeOf(), verifier });
  const first = granted.ok ? granted.value.refreshToken : '';
  const renewed = await oauth.refreshTokens(app, first);
  expect(renewed.ok && renewed.value.refreshToken !== first).toBe(true);
  expect(await oauth.refreshTokens(app, first)).toMatchObject({ ok: false, fault: { kind: 'expired' } });
  expect(await oauth.revoke(app, renewed.ok ? renewed.value.accessToken : '')).toEqual({ ok: true, value: true });
  expect(zoom.installed()).toBe(false);
  expect(await oauth.refreshTokens(app, renewed.ok ? renewed.value.refreshToken : '')).toMatchObject({ fault: { kind: 'expired' } });
  // What is worthless already is as good as revoked.
  expect(await oauth.revoke(app, 'long-gone')).toEqual({ ok: true, value: true });
});

test('a Zoom that is away is worth another try', async () => {
  const app = { api: 'http://127.0.0.1:9', login: 'http://127.0.0.1:9', clientId: 'a', clientSecret: 'b' };
  expect(await oauth.refreshTokens(app, 'r')).toMatchObject({ ok: false, fault: { kind: 'broken' } });
  expect(await oauth.revoke(app, 'r')).toMatchObject({ ok: false, fault: { kind: 'broken' } });
});
