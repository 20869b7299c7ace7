import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { type SalesforceTwin, startSalesforce } from './protocol.ts';

const { salesforce } = cast;
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const redirect_uri = 'http://127.0.0.1:8787/back';
const challenge = createHash('sha256').update('verifier').digest('base64url');
const now = Date.parse('2026-11-20T15:00:00Z');
let twin: SalesforceTwin;
beforeEach(async () => {
  twin = await startSalesforce({
    port: 0,
    now: () => now,
    redirectUris: [redirect_uri],
    publicKeyPem: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  });
});
afterEach(() => twin.close());

const asked = {
  response_type: 'code',
  client_id: salesforce.consumerKey,
  redirect_uri,
  scope: 'openid api',
  state: 's',
  code_challenge: challenge,
  code_challenge_method: 'S256',
  sandbox_approve: '1',
};
async function authorize(changed: Record<string, string> = {}) {
  const query = new URLSearchParams({ ...asked, ...changed });
  const reply = await fetch(`${twin.origin}/services/oauth2/authorize?${query}`, { redirect: 'manual' });
  const location = reply.headers.get('location');
  return {
    status: reply.status,
    back: location === null ? null : Object.fromEntries(new URL(location).searchParams),
    text: await reply.text(),
  };
}
async function token(form: Record<string, string>) {
  const reply = await fetch(`${twin.origin}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
  return { status: reply.status, ...((await reply.json()) as Record<string, string>) };
}
const byCode = async (changed: Record<string, string> = {}) =>
  token({
    grant_type: 'authorization_code',
    client_id: salesforce.consumerKey,
    client_secret: salesforce.consumerSecret,
    redirect_uri,
    code: (await authorize()).back?.code ?? '',
    code_verifier: 'verifier',
    ...changed,
  });

test('asks a person before it gives a code', async () => {
  const page = await authorize({ sandbox_approve: '' });
  expect([page.status, page.text.includes('Allow')]).toEqual([200, true]);
});

test.each([
  ['an unknown app', { client_id: 'x' }],
  ['a callback that is not registered to the letter', { redirect_uri: `${redirect_uri}/` }],
])('sends nobody back for %s', async (_, changed) => {
  expect(await authorize(changed)).toMatchObject({ status: 400, back: null });
});

test.each([
  ['without a challenge', { code_challenge: '' }, 'invalid_request'],
  ['with a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['for everything', { scope: 'full' }, 'invalid_scope'],
  ['for a token in the address', { response_type: 'token' }, 'unsupported_response_type'],
])('refuses to authorize %s', async (_, changed, error) => {
  expect(await authorize(changed)).toMatchObject({ status: 302, back: { error, state: 's' } });
});

test('gives a session without a refresh token', async () => {
  const reply = await byCode();
  expect(reply).toMatchObject({ status: 200, token_type: 'Bearer', scope: 'api openid', instance_url: twin.origin });
  expect(Object.keys(reply)).not.toContain('refresh_token');
});

test.each([
  ['without the verifier', { code_verifier: '' }, 'invalid_grant'],
  ['without the secret', { client_secret: '' }, 'invalid_client'],
  ['with another callback', { redirect_uri: 'http://127.0.0.1:1/back' }, 'redirect_uri_mismatch'],
  ['with a code nobody gave', { code: 'x' }, 'invalid_grant'],
  ['for a refresh', { grant_type: 'refresh_token' }, 'invalid_grant'],
  ['with a password', { grant_type: 'password' }, 'unsupported_grant_type'],
])('gives no session %s', async (_, changed, error) => {
  expect(await byCode(changed)).toMatchObject({ status: 400, error });
});

const seconds = now / 1000;
const claims = {
  iss: salesforce.consumerKey,
  sub: salesforce.integrationUser.username,
  aud: 'https://login.salesforce.com',
  exp: seconds + 180,
};
const encode = (it: unknown) => Buffer.from(JSON.stringify(it)).toString('base64url');
function assertion(changed: Record<string, unknown> = {}, head: Record<string, unknown> = { alg: 'RS256' }, key = keys.privateKey) {
  const signed = `${encode(head)}.${encode({ ...claims, ...changed })}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
}
const bearer = (it: string) => token({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: it });

test('takes an assertion that our key signed', async () => {
  expect(await bearer(assertion())).toMatchObject({ status: 200, instance_url: twin.origin });
});

test.each([
  ['another audience', assertion({ aud: 'https://example.com' })],
  ['a long life', assertion({ exp: seconds + 3600 })],
  ['a past life', assertion({ exp: seconds - 60 })],
  ['an unapproved user', assertion({ sub: cast.rep.email })],
  ['an unknown user', assertion({ sub: 'x@y.example' })],
  ['another algorithm', assertion({}, { alg: 'none' })],
  ['another key', assertion({}, { alg: 'RS256' }, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)],
  ['no signature', assertion().replace(/\.[^.]*$/, '.')],
])('refuses an assertion with %s', async (_, it) => {
  expect(await bearer(it)).toMatchObject({ status: 400, error: 'invalid_grant' });
});

test('a session is revoked once, by its token in a form', async () => {
  const session = twin.login(salesforce.integrationUser.id);
  const revoke = async (init: RequestInit) => {
    const reply = await fetch(`${twin.origin}/services/oauth2/revoke`, { method: 'POST', ...init });
    const text = await reply.text();
    return [reply.status, text === '' ? undefined : (JSON.parse(text) as { error: string }).error];
  };
  const form = { body: new URLSearchParams({ token: session }) };
  expect(await revoke({ body: `token=${session}`, headers: { 'content-type': 'text/plain' } })).toEqual([400, 'invalid_request']);
  expect([await revoke(form), twin.sessions()]).toEqual([[200, undefined], 0]);
  expect(await revoke(form)).toEqual([400, 'invalid_token']);
  const limits = { headers: { authorization: `Bearer ${session}` } };
  expect((await fetch(`${twin.origin}/services/data/v67.0/limits`, limits)).status).toBe(401);
});

test('an org that is shut opens sessions and refuses every one of them', async () => {
  const limits = { headers: { authorization: `Bearer ${twin.login(salesforce.integrationUser.id)}` } };
  const look = async () => (await fetch(`${twin.origin}/services/data/v67.0/limits`, limits)).status;
  twin.setShut(true);
  expect(await look()).toBe(401);
  twin.setShut(false);
  expect(await look()).toBe(200);
});
