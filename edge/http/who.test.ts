import { expect, test } from 'vitest';
import { type Signed, sha256Hex, type WhoDeps, whoKnocks } from './who.ts';

const ids = { tenantId: 'tenant-1', connectionId: 'connection-1' };
const query = 'portalId=4242&userId=71&userEmail=Sam%40brightloop.example&appId=31337';
const installKey = `ros_${'k'.repeat(43)}`;
const org = '00D5f000000SANDEAA';
const user = '0055f000000SAMOAAA';

function desk(over: Partial<WhoDeps> = {}) {
  const signed: Signed[] = [];
  const asked: string[] = [];
  const deps: WhoDeps = {
    publicUrl: 'https://ros.test',
    hubspot: {
      appId: '31337',
      isSigned: async (request) => {
        signed.push(request);
        return request.signature === 'right';
      },
    },
    resolveConnection: async (provider, externalId) => {
      asked.push(`${provider} ${externalId}`);
      return externalId === '4242' ? ids : null;
    },
    resolveInstallKey: async (orgId, hash) => {
      asked.push(orgId);
      return orgId === org && hash === (await sha256Hex(installKey)) ? ids : null;
    },
    ...over,
  };
  return { deps, signed, asked };
}

const fromHubspot = (search: string, signature = 'right') =>
  new Request(`http://127.0.0.1:9/v1/calls/1?${search}`, {
    method: 'POST',
    headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': '1000' },
  });
const fromSalesforce = (headers: Record<string, string> = {}) =>
  new Request('https://ros.test/v1/calls/1', {
    headers: { authorization: `Bearer ${installKey}`, 'x-ros-org-id': org, 'x-ros-user-id': user, ...headers },
  });

test('HubSpot’s user is who the signed query says, on our own address and the raw body', async () => {
  const { deps, signed } = desk();
  expect(await whoKnocks(deps, fromHubspot(query), '{"raw":1}')).toEqual({
    is: 'known',
    who: { ...ids, host: 'hubspot', user: { id: '71', email: 'sam@brightloop.example' } },
  });
  expect(signed).toEqual([
    { method: 'POST', url: `https://ros.test/v1/calls/1?${query}`, rawBody: '{"raw":1}', signature: 'right', timestamp: '1000' },
  ]);
});

test('a wrong signature is forged, and nobody is looked up for it', async () => {
  const { deps, asked } = desk();
  expect(await whoKnocks(deps, fromHubspot(query, 'wrong'), '')).toEqual({ is: 'forged' });
  expect(asked).toEqual([]);
});

test('a portal nobody connected is a stranger', async () => {
  const { deps } = desk();
  expect(await whoKnocks(deps, fromHubspot(query.replace('4242', '9')), '')).toEqual({ is: 'stranger', host: 'hubspot' });
});

test('a name said twice is nobody’s, whatever the signature says', async () => {
  const { deps, asked } = desk();
  for (const twice of ['portalId=4243', 'userId=72', 'appId=31337'])
    for (const search of [`${query}&${twice}`, `${twice}&${query}`])
      expect(await whoKnocks(deps, fromHubspot(search), '')).toEqual({ is: 'forged' });
  expect(asked).toEqual([]);
  const knock = await whoKnocks(deps, fromHubspot(`${query}&userEmail=lena%40brightloop.example`), '');
  expect(knock.is === 'known' && knock.who.user).toEqual({ id: '71', email: '' });
});

test('another app’s signature-bearing query, or a query without a name, is forged', async () => {
  const { deps } = desk();
  for (const search of [
    '',
    query.replace('31337', '1'),
    query.replace('appId=31337', ''),
    query.replace('userId=71', ''),
    query.replace('portalId=4242', ''),
    query.replace('4242', '%00'),
    query.replace('71', '7%001'),
  ])
    expect(await whoKnocks(deps, fromHubspot(search), '')).toEqual({ is: 'forged' });
});

test('without a HubSpot app, or without its id, every HubSpot knock is forged', async () => {
  const { deps } = desk();
  const nameless = { ...deps, hubspot: { appId: undefined, isSigned: async () => true } };
  for (const these of [{ ...deps, hubspot: undefined }, nameless])
    for (const search of [query, query.replace('appId=31337', '')])
      expect(await whoKnocks(these, fromHubspot(search), '')).toEqual({ is: 'forged' });
});

test('Salesforce’s user is who the gateway says, once the install key proves the org', async () => {
  const { deps } = desk();
  expect(await whoKnocks(deps, fromSalesforce(), '')).toEqual({
    is: 'known',
    who: { ...ids, host: 'salesforce', user: { id: user, email: '' } },
  });
});

test('a key of another org, or none we gave out, is forged', async () => {
  const { deps } = desk();
  for (const headers of [{ 'x-ros-org-id': '00D5f000000OTHEREA' }, { authorization: `Bearer ros_${'x'.repeat(43)}` }])
    expect(await whoKnocks(deps, fromSalesforce(headers), '')).toEqual({ is: 'forged' });
});

test('what has not the shape of a key, an org or a user is not looked up', async () => {
  const { deps, asked } = desk();
  for (const headers of [
    { authorization: '' },
    { authorization: installKey },
    { authorization: 'Bearer ros_short' },
    { authorization: `Bearer ${installKey} x` },
    { authorization: `Bearer ros_${'k'.repeat(81)}` },
    { 'x-ros-org-id': '' },
    { 'x-ros-org-id': '00D5f000000SAND' },
    { 'x-ros-org-id': "00D' or 1=1 --aaaa" },
    { 'x-ros-org-id': user },
    { 'x-ros-user-id': '' },
    { 'x-ros-user-id': org },
    { 'x-ros-user-id': `${user}, ${user}` },
  ])
    expect(await whoKnocks(deps, fromSalesforce(headers), '')).toEqual({ is: 'forged' });
  expect(asked).toEqual([]);
});

test('a request without any proof is forged', async () => {
  const { deps } = desk();
  expect(await whoKnocks(deps, new Request(`https://ros.test/v1/calls/1?${query}`), '')).toEqual({ is: 'forged' });
});
