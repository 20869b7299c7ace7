import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { cast } from '../../../sandbox/cast.ts';
import { serve } from '../../../sandbox/kit/serve.ts';
import { type SalesforceTwin, startSalesforce } from '../../../sandbox/salesforce/protocol.ts';
import { authorizeUrl, exchangeCode, mintToken, revokeToken } from './oauth.ts';

const { salesforce } = cast;
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = {
  publicKeyPem: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  privateKeyPem: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const redirectUri = 'http://127.0.0.1:8787/back';
const verifier = 'v'.repeat(64);
const challenge = createHash('sha256').update(verifier).digest('base64url');

let twin: SalesforceTwin;
const open = async () => {
  twin = await startSalesforce({ port: 0, redirectUris: [redirectUri], publicKeyPem: pem.publicKeyPem });
  return twin;
};
afterEach(() => twin.close());

const app = () => ({ login: twin.origin, consumerKey: salesforce.consumerKey, consumerSecret: salesforce.consumerSecret, redirectUri });

async function codeOf(): Promise<string> {
  const url = authorizeUrl({ ...app(), state: 'st', challenge });
  const reply = await fetch(`${url}&sandbox_approve=1`, { redirect: 'manual' });
  const back = new URL(reply.headers.get('location') ?? '');
  expect([reply.status, `${back.origin}${back.pathname}`, back.searchParams.get('state')]).toEqual([302, redirectUri, 'st']);
  return back.searchParams.get('code') ?? '';
}

test('asks for the identity and the API with PKCE, never for a refresh token', async () => {
  await open();
  const url = new URL(authorizeUrl({ ...app(), state: 'st', challenge }));
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: 'code',
    client_id: salesforce.consumerKey,
    redirect_uri: redirectUri,
    scope: 'openid api',
    state: 'st',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
});

test('turns a code into the org and the person, once, and leaves no session open', async () => {
  await open();
  const code = await codeOf();
  expect(await exchangeCode({ ...app(), code, verifier })).toEqual({
    ok: true,
    value: {
      orgId: salesforce.orgId,
      instanceUrl: twin.origin,
      userId: salesforce.integrationUser.id,
      username: salesforce.integrationUser.username,
    },
  });
  expect(twin.sessions()).toBe(0);
  expect(await exchangeCode({ ...app(), code, verifier })).toMatchObject({ ok: false, fault: { kind: 'expired' } });
});

test('a code is worth nothing with another verifier', async () => {
  await open();
  const code = await codeOf();
  expect(await exchangeCode({ ...app(), code, verifier: 'w'.repeat(64) })).toMatchObject({ ok: false, fault: { kind: 'expired' } });
});

test('signs in as the integration user with our key', async () => {
  await open();
  const minted = await mintToken({
    ...app(),
    privateKeyPem: pem.privateKeyPem,
    username: salesforce.integrationUser.username,
    orgId: salesforce.orgId,
    now: Date.now(),
  });
  expect(minted).toEqual({ ok: true, value: { accessToken: expect.any(String), instanceUrl: twin.origin } });
});

test.each([
  ['a user nobody approved', { username: cast.rep.email }, 'The integration user is not approved for Relationship OS in Salesforce.'],
  ['an unknown user', { username: 'nobody@brightloop.example' }, 'Salesforce no longer accepts this connection.'],
  ['a stale assertion', { now: Date.now() - 3_600_000 }, 'Salesforce no longer accepts this connection.'],
  ['an unknown app', { consumerKey: 'another' }, 'Salesforce no longer accepts this connection.'],
  ['a user of another org', { orgId: '00D5f000000OTHER' }, 'This user belongs to another Salesforce org now. Connect it again.'],
])('is not let in: %s', async (_, changed, said) => {
  await open();
  const minted = await mintToken({
    ...app(),
    privateKeyPem: pem.privateKeyPem,
    username: salesforce.integrationUser.username,
    orgId: salesforce.orgId,
    now: Date.now(),
    ...changed,
  });
  expect(minted).toEqual({ ok: false, fault: { kind: 'expired', said } });
});

test('is not let in with another key', async () => {
  await open();
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const minted = await mintToken({
    ...app(),
    privateKeyPem: other,
    username: salesforce.integrationUser.username,
    orgId: salesforce.orgId,
    now: Date.now(),
  });
  expect(minted).toMatchObject({ ok: false, fault: { kind: 'expired' } });
});

test('the assertion names our app, the user and the address it goes to, for three minutes', async () => {
  await open();
  const now = Date.parse('2026-11-20T15:00:00.000Z');
  let assertion = '';
  const org = await serve(
    async (request) => {
      assertion = new URLSearchParams(await request.text()).get('assertion') ?? '';
      return Response.json({
        access_token: 't',
        instance_url: 'https://acme.my.salesforce.com',
        id: 'https://acme.my.salesforce.com/id/00D1/0051',
      });
    },
    { vendor: 'salesforce', port: 0 },
  );
  const ask = { login: org.origin, consumerKey: 'key', privateKeyPem: pem.privateKeyPem, username: 'sam@acme.example', orgId: '00D1', now };
  expect(await mintToken(ask)).toEqual({ ok: true, value: { accessToken: 't', instanceUrl: 'https://acme.my.salesforce.com' } });
  await org.close();
  const [head = '', claims = '', signature = ''] = assertion.split('.');
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'RS256' });
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
    iss: 'key',
    sub: 'sam@acme.example',
    aud: org.origin,
    exp: now / 1000 + 180,
  });
  expect(verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), keys.publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
});

test('ends a session, and one that is over already is as good', async () => {
  await open();
  const session = { accessToken: twin.login(salesforce.integrationUser.id), instanceUrl: twin.origin };
  expect(twin.sessions()).toBe(1);
  expect([await revokeToken(session), twin.sessions()]).toEqual([{ ok: true, value: true }, 0]);
  expect(await revokeToken(session)).toEqual({ ok: true, value: true });
});

test('says so when a session could not be ended', async () => {
  await open();
  const answers = [
    () => new Response('CANARY', { status: 503 }),
    () => Response.json({ error: 'unsupported_token_type' }, { status: 400 }),
  ];
  const said = await Promise.all(
    answers.map(async (answer) => {
      const org = await serve(answer, { vendor: 'salesforce', port: 0 });
      const reply = await revokeToken({ accessToken: 'a', instanceUrl: org.origin });
      await org.close();
      return reply.ok ? 'ended' : reply.fault.kind;
    }),
  );
  expect(said).toEqual(['broken', 'refused']);
  expect(await revokeToken({ accessToken: 'a', instanceUrl: 'http://127.0.0.1:1' })).toMatchObject({ fault: { kind: 'broken' } });
});
