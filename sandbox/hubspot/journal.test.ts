import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import { type Hubspot, startHubspot } from './protocol.ts';

const { clientId, clientSecret, portalId, appId } = cast.hubspot;
const read = 'developer.webhooks_journal.read';
const write = 'developer.webhooks_journal.subscriptions.write';
const wanted = { subscriptionType: 'APP_LIFECYCLE_EVENT', eventTypeId: '4-1916193', properties: ['hs_app_id'] };

let hubspot: Hubspot;
let now = 0;
beforeEach(async () => {
  now = Date.parse('2026-11-20T12:00:00.000Z');
  hubspot = await startHubspot({ port: 0, now: () => now });
});
afterEach(() => hubspot.close());

async function tokenFor(scope: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope });
  const answer = await fetch(`${hubspot.origin}/oauth/2026-09/token`, { method: 'POST', body });
  // biome-ignore lint/suspicious/noExplicitAny: a vendor's answer, looked at from outside.
  const said: any = await answer.json();
  return said.access_token ?? said.error;
}

async function ask(bearer: string, method: string, path: string, body?: unknown) {
  const response = await fetch(path.startsWith('http') ? path : `${hubspot.origin}/webhooks-journal/${path}`, {
    method,
    headers: { ...(bearer ? { authorization: `Bearer ${bearer}` } : {}), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : undefined };
}

/** Somebody who subscribed and may read. */
async function reader() {
  await ask(await tokenFor(write), 'POST', 'subscriptions/2026-09', wanted);
  return { look: async (path: string) => ask(await tokenFor(read), 'GET', `journal/2026-09/${path}`) };
}

test('an uninstall is one file, at an address signed for a quarter of an hour', async () => {
  const { look } = await reader();
  expect(await look('earliest')).toEqual({ status: 204, body: undefined });
  hubspot.uninstall(portalId);
  const { body } = await look('earliest');
  const { url, currentOffset } = body;
  expect(body).toEqual({ url: expect.any(String), expiresAt: '2026-11-20T12:15:00.000Z', currentOffset: expect.any(String) });
  const event = {
    type: 'app_lifecycle_event',
    action: 'APP_UNINSTALL',
    portalId,
    occurredAt: '2026-11-20T12:00:00.000Z',
    eventTypeId: '4-1916193',
    properties: { hs_app_id: String(appId) },
  };
  const published = { offset: currentOffset, journalEvents: [event], publishedAt: '2026-11-20T12:00:00.000Z' };
  expect(await ask('', 'GET', url)).toEqual({ status: 200, body: published });
  expect((await ask('any', 'GET', url)).status).toBe(400);
  expect((await ask('', 'GET', url.replace(/.$/, 'x'))).status).toBe(403);
  now += 15 * 60_000 + 1;
  expect((await ask('', 'GET', url)).status).toBe(403);
  expect((await look(`offset/${currentOffset}/next`)).status).toBe(204);
});

test('files follow each other and are kept for three days; a place nobody knows is not found', async () => {
  const { look } = await reader();
  hubspot.uninstall(portalId);
  now += 86_400_000;
  hubspot.uninstall(portalId);
  const [first, last] = [await look('earliest'), await look('latest')].map(({ body }) => body.currentOffset);
  expect(last).not.toBe(first);
  expect((await look(`offset/${first}/next`)).body.currentOffset).toBe(last);
  now += 2 * 86_400_000;
  expect((await look('earliest')).body.currentOffset).toBe(last);
  expect([(await look(`offset/${first}/next`)).status, (await look('offset/never/next')).status]).toEqual([404, 404]);
});

test('what happened before anybody subscribed was not written down', async () => {
  hubspot.uninstall(portalId);
  const { look } = await reader();
  expect((await look('earliest')).status).toBe(204);
});

test('only the app itself gets in, for half an hour, and only with the scopes it asked for', async () => {
  const token = await tokenFor(read);
  const look = (bearer: string) => ask(bearer, 'GET', 'journal/2026-09/latest');
  expect((await look('')).status).toBe(401);
  expect((await look(hubspot.grant().accessToken)).status).toBe(401);
  expect((await look(token)).status).toBe(204);
  expect(await ask(token, 'POST', 'subscriptions/2026-09', wanted)).toMatchObject({ status: 403, body: { category: 'MISSING_SCOPES' } });
  expect(await tokenFor('crm.objects.deals.read')).toBe('invalid_scope');
  expect(await tokenFor('')).toBe('invalid_scope');
  now += 1_800_000;
  expect(await look(token)).toMatchObject({ status: 401, body: { category: 'EXPIRED_AUTHENTICATION' } });
});

test.each([
  ['no properties', { properties: undefined }],
  ['another kind', { subscriptionType: 'OBJECT' }],
  ['another event', { eventTypeId: '4-1' }],
  ['a portal of its own', { portalId }],
])('a subscription with %s is refused', async (_, changed) => {
  const token = await tokenFor(write);
  expect((await ask(token, 'POST', 'subscriptions/2026-09', { ...wanted, ...changed })).status).toBe(400);
});

test('a subscription is one, however often it is made', async () => {
  const token = await tokenFor(`${write} developer.webhooks_journal.subscriptions.read`);
  const made = [await ask(token, 'POST', 'subscriptions/2026-09', wanted), await ask(token, 'POST', 'subscriptions/2026-09', wanted)];
  expect(made[0]?.body.id).toBe(made[1]?.body.id);
  expect((await ask(token, 'GET', 'subscriptions/2026-09')).body.results).toEqual([made[1]?.body]);
});
