import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { type SalesforceTwin, startSalesforce } from './protocol.ts';

const { salesforce } = cast;
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
let twin: SalesforceTwin;
const open = async (orgs: number, stateFile?: string) => {
  twin = await startSalesforce({
    port: 0,
    orgs,
    stateFile,
    redirectUris: ['http://127.0.0.1:1/back'],
    publicKeyPem: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  });
  return twin.orgIds.map((id) => twin.org(id));
};
afterEach(() => twin.close());

const encode = (it: unknown) => Buffer.from(JSON.stringify(it)).toString('base64url');
async function mint(sub: string): Promise<Record<string, string>> {
  const claims = { iss: salesforce.consumerKey, sub, aud: 'https://login.salesforce.com', exp: Date.now() / 1000 + 100 };
  const signed = `${encode({ alg: 'RS256' })}.${encode(claims)}`;
  const assertion = `${signed}.${createSign('RSA-SHA256').update(signed).sign(keys.privateKey, 'base64url')}`;
  const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  return (await fetch(`${twin.origin}/services/oauth2/token`, { method: 'POST', body })).json() as Promise<Record<string, string>>;
}
const call = (token: string | undefined, method: string, path: string, body?: unknown) =>
  fetch(`${twin.origin}/services/data/v67.0${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

test('the first org is the cast’s, the others have ids and user names of their own', async () => {
  const orgs = await open(3);
  expect(orgs.map(({ orgId, username }) => [orgId, username])).toEqual([
    [salesforce.orgId, 'integration@brightloop.example'],
    ['00D5f0000000002EAA', 'integration+2@brightloop.example'],
    ['00D5f0000000003EAA', 'integration+3@brightloop.example'],
  ]);
  expect(() => twin.org('00D5f0000000009EAA')).toThrow();
});

test('the user name says which org a JWT opens, and its session opens no other', async () => {
  const [first, second] = await open(2);
  const session = await mint(second?.username ?? '');
  expect(session).toMatchObject({ instance_url: twin.origin, id: expect.stringContaining(`/id/${second?.orgId}/`) });
  await call(session['access_token'], 'PATCH', `/sobjects/Opportunity/${salesforce.opportunityId}`, { NextStep: 'second alone' });
  const steps = [first, second].map((org) => org?.row('Opportunity', salesforce.opportunityId)?.NextStep);
  expect(steps).toEqual(['Agree on the rollout', 'second alone']);
  expect([first?.count().requests, second?.count().requests, second?.count().logins]).toEqual([0, 1, 1]);
  // The same secret under the other org's name is no session.
  const forged = `${first?.orgId.slice(0, 15)}!${session['access_token']?.split('!')[1]}`;
  expect((await call(forged, 'GET', '/limits')).status).toBe(401);
});

test('login_hint says who sits at the browser, and so which org connects', async () => {
  const [, second] = await open(2);
  const redirect_uri = 'http://127.0.0.1:1/back';
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: salesforce.consumerKey,
    redirect_uri,
    scope: 'openid api',
    code_challenge: createHash('sha256').update('verifier').digest('base64url'),
    code_challenge_method: 'S256',
    sandbox_approve: '1',
    login_hint: second?.username ?? '',
  });
  const reply = await fetch(`${twin.origin}/services/oauth2/authorize?${query}`, { redirect: 'manual' });
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: salesforce.consumerKey,
    client_secret: salesforce.consumerSecret,
    redirect_uri,
    code: new URL(reply.headers.get('location') ?? '').searchParams.get('code') ?? '',
    code_verifier: 'verifier',
  });
  const session = await (await fetch(`${twin.origin}/services/oauth2/token`, { method: 'POST', body })).json();
  const headers = { authorization: `Bearer ${session.access_token}` };
  expect(await (await fetch(`${twin.origin}/services/oauth2/userinfo`, { headers })).json()).toMatchObject({
    organization_id: second?.orgId,
    preferred_username: second?.username,
  });
});

test('an admin who takes the app away ends its sessions, in that org alone', async () => {
  const [first, second] = await open(2);
  const kept = (await mint(first?.username ?? ''))['access_token'];
  const lost = (await mint(second?.username ?? ''))['access_token'];
  second?.setApproved(false);
  expect([(await call(kept, 'GET', '/limits')).status, (await call(lost, 'GET', '/limits')).status]).toEqual([200, 401]);
  expect(await mint(second?.username ?? '')).toMatchObject({ error: 'invalid_grant' });
  second?.setApproved(true);
  expect(await mint(second?.username ?? '')).toMatchObject({ token_type: 'Bearer' });
});

test('a used-up day is one org’s own', async () => {
  const [first, second] = await open(2);
  second?.setExhausted(true);
  const status = async (org = first) => (await call(org?.login(salesforce.integrationUser.id), 'GET', '/limits')).status;
  expect([await status(), await status(second)]).toEqual([200, 403]);
});

test('every org survives a restart', async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), 'sf-')), 'org.json');
  const [first, second] = await open(2, stateFile);
  first?.setInstallKey('one');
  second?.setInstallKey('two');
  await twin.close();
  expect((await open(2, stateFile)).map((org) => org.installKey())).toEqual(['one', 'two']);
});

test('a thousand tasks do not make the next upsert slow', async () => {
  const [org] = await open(1);
  const token = org?.login(salesforce.integrationUser.id);
  for (let n = 0; n < 20; n++) {
    const records = Array.from({ length: 200 }, (_, m) => ({ attributes: { type: 'Task' }, ROS_Key__c: `k${n}-${m}` }));
    await call(token, 'PATCH', '/composite/sobjects/Task/ROS_Key__c', { records });
  }
  const started = performance.now();
  const soql = (key: string) => `/query?q=${encodeURIComponent(`SELECT Id FROM Task WHERE ROS_Key__c = '${key}'`)}`;
  for (let n = 0; n < 50; n++) {
    expect((await call(token, 'PATCH', `/sobjects/Task/ROS_Key__c/k${n % 20}-7`, { Subject: 'x' })).status).toBe(200);
    expect(await (await call(token, 'GET', soql(`k${n % 20}-8`))).json()).toMatchObject({ totalSize: 1 });
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});
