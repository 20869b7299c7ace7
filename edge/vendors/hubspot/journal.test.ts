import { afterEach, expect, test } from 'vitest';
import { cast } from '../../../sandbox/cast.ts';
import { type Hubspot, startHubspot } from '../../../sandbox/hubspot/protocol.ts';
import { type Served, serve } from '../../../sandbox/kit/serve.ts';
import { ok } from '../../../shared/kit/result.ts';
import { hubspotJournal } from './journal.ts';
import { uninstall } from './oauth.ts';

const { clientId, clientSecret, portalId } = cast.hubspot;
const appId = String(cast.hubspot.appId);
const day = 86_400_000;

let hubspot: Hubspot | undefined;
let other: Served | undefined;
afterEach(async () => {
  await Promise.all([hubspot?.close(), other?.close()]);
  hubspot = undefined;
  other = undefined;
});

async function open() {
  const clock = { now: Date.parse('2026-11-20T12:00:00.000Z') };
  const requests: string[] = [];
  const twin = await startHubspot({
    port: 0,
    now: () => clock.now,
    portals: 2,
    record: ({ method, path, status }) => requests.push(`${method} ${path.split('?')[0]} ${status}`),
  });
  hubspot = twin;
  const app = { api: twin.origin, clientId, clientSecret, appId, now: () => clock.now };
  return { twin, clock, requests, app, journal: hubspotJournal(app) };
}

test('what happened in every portal since we subscribed is read file by file, until there is nothing', async () => {
  const { twin, clock, journal } = await open();
  twin.uninstall(portalId);
  expect(await journal.subscribe()).toEqual(ok(true));
  expect(await journal.next(undefined)).toEqual(ok(null));
  twin.uninstall(portalId + 1);
  const firstMs = clock.now;
  clock.now += 1_000;
  const { accessToken } = twin.grant();
  await uninstall({ api: twin.origin, accessToken });
  const first = await journal.next(undefined);
  expect(first).toEqual(ok({ offset: expect.any(String), uninstalled: [{ account: String(portalId + 1), atMs: firstMs }] }));
  const second = await journal.next(first.ok ? first.value?.offset : '');
  expect(second).toEqual(ok({ offset: expect.any(String), uninstalled: [{ account: String(portalId), atMs: clock.now }] }));
  const last = second.ok ? second.value?.offset : '';
  expect(await journal.next(last)).toEqual(ok(null));
  expect(await journal.latest()).toEqual(ok(last));
});

test('subscribing again changes nothing', async () => {
  const { twin, journal } = await open();
  expect([await journal.subscribe(), await journal.subscribe()]).toEqual([ok(true), ok(true)]);
  twin.uninstall(portalId);
  const first = await journal.next(undefined);
  expect(await journal.next(first.ok ? first.value?.offset : '')).toEqual(ok(null));
});

test('a place of four days ago is gone', async () => {
  const { twin, clock, journal } = await open();
  await journal.subscribe();
  twin.uninstall(portalId);
  const first = await journal.next(undefined);
  clock.now += 4 * day;
  expect(await journal.next(first.ok ? first.value?.offset : '')).toMatchObject({ fault: { kind: 'gone' } });
  expect(await journal.latest()).toEqual(ok(null));
});

test('one token serves its half hour, and one that was refused is replaced once', async () => {
  const { clock, journal, requests } = await open();
  await journal.subscribe();
  await journal.next(undefined);
  clock.now += 29 * 60_000;
  await journal.next(undefined);
  expect(requests.filter((one) => one.startsWith('POST /oauth'))).toEqual(Array(2).fill('POST /oauth/2026-09/token 200'));

  let asked = 0;
  other = await serve(
    (request) => {
      if (request.url.includes('/oauth/')) return Response.json({ access_token: `token-${++asked}`, expires_in: 1_800 });
      return request.headers.get('authorization') === 'Bearer token-2'
        ? new Response(null, { status: 204 })
        : Response.json({ category: 'INVALID_AUTHENTICATION' }, { status: 401 });
    },
    { vendor: 'hubspot', port: 0 },
  );
  expect(await hubspotJournal({ api: other.origin, clientId, clientSecret, appId, now: () => 0 }).latest()).toEqual(ok(null));
  expect(asked).toBe(2);
});

test('an app that HubSpot does not know is refused', async () => {
  const { app } = await open();
  expect(await hubspotJournal({ ...app, clientSecret: 'wrong' }).subscribe()).toMatchObject({ fault: { kind: 'refused' } });
});

/** A journal of one file, at the address `url` says. */
async function pointing(url: (origin: string) => string, file: (request: Request) => Response) {
  const served = await serve(
    (request) => {
      if (request.url.includes('/oauth/')) return Response.json({ access_token: 'token', expires_in: 1_800 });
      if (!request.url.includes('/webhooks-journal/')) return file(request);
      return Response.json({ url: url(served.origin), expiresAt: 'soon', currentOffset: 'one' });
    },
    { vendor: 'hubspot', port: 0 },
  );
  other = served;
  return hubspotJournal({ api: served.origin, clientId, clientSecret, appId, now: () => 0 }).next(undefined);
}
const broken = { ok: false, fault: { kind: 'broken' } };

test('a file brings what is about us, whatever else stands in it', async () => {
  const at = '2026-11-20T12:00:00.000Z';
  const journalEvents = [
    { type: 'crmObject', action: 'CREATE', portalId: 1, occurredAt: at, objectId: 7 },
    { type: 'app_lifecycle_event', action: 'APP_INSTALL', portalId: 2, occurredAt: at, eventTypeId: '4-1909196' },
    { type: 'app_lifecycle_event', action: 'APP_UNINSTALL', portalId: 3, occurredAt: at, properties: { hs_app_id: appId } },
    { type: 'app_lifecycle_event', action: 'APP_UNINSTALL', portalId: 4, occurredAt: at, properties: { hs_app_id: '1' } },
    { type: 'app_lifecycle_event', eventTypeId: '4-1916193', portalId: '5', occurredAt: Date.parse(at) },
    { type: 'app_lifecycle_event', action: 'APP_UNINSTALL', portalId: 6, occurredAt: 'some day' },
    'CANARY',
  ];
  let brought: string | null = '';
  const read = await pointing(
    (origin) => `${origin}/files/one?signature=abc`,
    (request) => {
      brought = request.headers.get('authorization');
      return new Response(JSON.stringify({ journalEvents }));
    },
  );
  const atMs = Date.parse(at);
  expect(read).toEqual(ok({ offset: 'one', uninstalled: ['3', '5'].map((account) => ({ account, atMs })) }));
  expect(brought).toBeNull();
});

test.each([
  ['lies where nothing is encrypted', () => 'http://127.0.0.1:1/file', () => new Response('{}')],
  ['is no longer there', undefined, () => new Response('<Error/>', { status: 403 })],
  ['is somewhere else', undefined, () => new Response(null, { status: 302, headers: { location: 'https://example.com' } })],
  ['is not JSON', undefined, () => new Response('CANARY')],
  ['is something else', undefined, () => new Response('[]')],
  ['is longer than HubSpot makes them', undefined, () => new Response(`{"journalEvents":["${'x'.repeat(9 * 1024 * 1024)}"]}`)],
] as const)('a file that %s is not read', async (_, url, file) => {
  const read = await pointing(url ?? ((origin) => `${origin}/files/one`), file);
  expect(read).toMatchObject(broken);
  expect(JSON.stringify(read)).not.toContain('CANARY');
});

test('a journal that breaks off or talks nonsense is broken', async () => {
  for (const answer of [() => 'reset' as const, () => new Response('CANARY'), () => Response.json({ url: 'CANARY' })]) {
    other = await serve(
      (request) => (request.url.includes('/oauth/') ? Response.json({ access_token: 'token', expires_in: 1_800 }) : answer()),
      { vendor: 'hubspot', port: 0 },
    );
    const said = await hubspotJournal({ api: other.origin, clientId, clientSecret, appId, now: () => 0 }).next(undefined);
    expect(said).toMatchObject(broken);
    expect(JSON.stringify(said)).not.toContain('CANARY');
    await other.close();
    other = undefined;
  }
});
