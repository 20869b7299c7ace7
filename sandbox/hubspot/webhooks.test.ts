import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast } from '../cast.ts';
import type { HubspotEvent } from './events.ts';
import type { Change } from './state.ts';
import { noon, type TwinUnderTest, twinUnderTest } from './twin-under-test.ts';
import { openWebhooks } from './webhooks.ts';

const { appId, contactId, dealId, portalId, rep } = cast.hubspot;
const clientSecret = 'a-secret';

interface Post {
  events: HubspotEvent[];
  body: string;
  signature: string;
  timestamp: string;
}
let posts: Post[];
let answers: number[];
let server: Server;
let url: string;
let twin: TwinUnderTest;
beforeEach(async () => {
  [posts, answers] = [[], []];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const [signature, timestamp] = ['x-hubspot-signature-v3', 'x-hubspot-request-timestamp'].map((name) => String(request.headers[name]));
    posts.push({ events: JSON.parse(body), body, signature: signature ?? '', timestamp: timestamp ?? '' });
    response.writeHead(answers.shift() ?? 204, { 'retry-after': '0' }).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/hubspot`;
  twin = await twinUnderTest();
});
afterEach(async () => {
  await twin.hubspot.close();
  await new Promise((done) => server.close(done));
});
const events = () => posts.flatMap((post) => post.events);

test('nothing is queued until somebody subscribes', async () => {
  twin.hubspot.people.edit('deals', dealId, { amount: '1' });
  twin.hubspot.webhooks.subscribe({ url, clientSecret, appId });
  await twin.hubspot.webhooks.flush();
  expect([posts, twin.hubspot.webhooks.count().events]).toEqual([[], 0]);
});

test('an edit by a person and one by the app are told apart, signed', async () => {
  twin.hubspot.webhooks.subscribe({ url, clientSecret, appId });
  twin.hubspot.people.edit('deals', dealId, { amount: '1' });
  await twin.ask('PATCH', `/objects/2026-09/deals/${dealId}`, { properties: { amount: '2', dealname: cast.deal.name } });
  await twin.hubspot.webhooks.flush();
  const told = {
    portalId,
    appId,
    subscriptionType: 'object.propertyChange',
    attemptNumber: 0,
    objectId: Number(dealId),
    objectTypeId: '0-3',
  };
  const change = { ...told, occurredAt: Date.parse(noon), propertyName: 'amount' };
  expect(events()).toEqual([
    expect.objectContaining({ ...change, propertyValue: '1', changeSource: 'CRM_UI', sourceId: `userId:${rep.userId}` }),
    expect.objectContaining({ ...change, propertyValue: '2', changeSource: 'INTEGRATION', sourceId: String(appId) }),
  ]);
  expect(new Set(events().map(({ eventId }) => eventId)).size).toBe(2);
  for (const { body, signature, timestamp } of posts)
    expect(signature).toBe(createHmac('sha256', clientSecret).update(`POST${url}${body}${timestamp}`).digest('base64'));
});

test('a create, a merge, a deletion and a privacy deletion are told in HubSpot’s words', async () => {
  twin.hubspot.webhooks.subscribe({
    url,
    clientSecret,
    appId,
    subscriptionTypes: ['object.creation', 'object.merge', 'object.deletion', 'contact.privacyDeletion'],
  });
  const other = twin.hubspot.people.add('contacts', { email: 'o@x.example', mobilephone: '+14155550199' });
  const merged = twin.hubspot.people.merge('contacts', contactId, other);
  twin.hubspot.people.erase(merged);
  twin.hubspot.people.archive('deals', dealId);
  await twin.hubspot.webhooks.flush();
  const told = events().map(({ subscriptionType, objectId, changeFlag }) => [subscriptionType, objectId, changeFlag]);
  expect(told).toEqual([
    ['object.creation', Number(other), 'CREATED'],
    ['object.merge', Number(contactId), undefined],
    ['object.deletion', Number(other), 'DELETED'],
    ['contact.privacyDeletion', Number(merged), undefined],
    ['object.deletion', Number(dealId), 'DELETED'],
  ]);
  expect(events()[1]).toMatchObject({
    primaryObjectId: Number(contactId),
    mergedObjectIds: [Number(other)],
    newObjectId: Number(merged),
    numberOfPropertiesMoved: 3,
  });
});

test('a batch that is refused as a whole is not told', async () => {
  twin.hubspot.webhooks.subscribe({ url, clientSecret, appId });
  const inputs = [
    { id: dealId, properties: { amount: '1' } },
    { id: '1', properties: { amount: '1' } },
  ];
  expect((await twin.ask('POST', '/objects/2026-09/deals/batch/update', { inputs })).status).toBe(404);
  await twin.hubspot.webhooks.flush();
  expect(posts).toEqual([]);
});

const changes = (count: number): Change[] =>
  Array.from({ length: count }, (_, n) => ({
    kind: 'propertyChange',
    type: 'deals',
    id: String(n),
    atMs: 0,
    by: { type: 'CRM_UI', id: 'userId:1' },
    name: 'amount',
    value: String(n),
  }));
const open = (waited: number[] = []) => {
  const webhooks = openWebhooks(portalId, { now: () => Date.parse(noon), wait: async (ms) => void waited.push(ms) });
  webhooks.subscribe({ url, clientSecret, appId, retryMs: [1, 2, 3] });
  return webhooks;
};

test('a POST carries a hundred events at most', async () => {
  const webhooks = open();
  for (const change of changes(250)) webhooks.tell(change);
  await webhooks.flush();
  expect(posts.map((post) => post.events.length).sort((a, b) => b - a)).toEqual([100, 100, 50]);
});

test('a POST that was not taken comes again with the next attempt number, and is given up at last', async () => {
  const waited: number[] = [];
  const webhooks = open(waited);
  answers = [500, 429, 302];
  for (const change of changes(1)) webhooks.tell(change);
  await webhooks.flush();
  expect(events().map(({ attemptNumber, eventId }) => [attemptNumber, eventId])).toEqual(
    [0, 1, 2, 3].map((n) => [n, events()[0]?.eventId]),
  );
  answers = [500, 500, 500, 500];
  for (const change of changes(1)) webhooks.tell(change);
  await webhooks.flush();
  expect(waited).toEqual([1, 2, 3, 1, 2, 3]);
  expect(webhooks.count()).toMatchObject({ events: 2, posts: 8, delivered: 1, retries: 6, lost: 1, waiting: 0 });
});

test('a receiver that hangs is left after the timeout', async () => {
  const hanging = createServer(() => {});
  await new Promise<void>((done) => hanging.listen(0, '127.0.0.1', done));
  const webhooks = openWebhooks(portalId, { now: () => 0, timeoutMs: 20 });
  webhooks.subscribe({ url: `http://127.0.0.1:${(hanging.address() as AddressInfo).port}/`, clientSecret, appId, retryMs: [] });
  for (const change of changes(1)) webhooks.tell(change);
  await webhooks.flush();
  hanging.closeAllConnections();
  hanging.close();
  expect(webhooks.count()).toMatchObject({ posts: 1, lost: 1 });
});

test('a plan doubles, reorders within its reach and delays, the same with the same seed; nothing is lost', async () => {
  const run = async () => {
    posts = [];
    const webhooks = open();
    webhooks.setPlan({ seed: 7, duplicate: 0.1, reorder: 200, delay: 0.1, delayMs: 60_000 });
    for (const change of changes(600)) webhooks.tell(change);
    await webhooks.flush();
    return { seen: events().map(({ objectId }) => objectId), counts: webhooks.count() };
  };
  const [first, second] = [await run(), await run()];
  expect(new Set(first.seen).size).toBe(600);
  expect(first.seen.length).toBe(600 + first.counts.duplicated);
  expect(first.counts.duplicated).toBeGreaterThan(30);
  expect([...first.seen].sort((a, b) => a - b)).toEqual([...second.seen].sort((a, b) => a - b));
  expect(first.seen).not.toEqual([...first.seen].sort((a, b) => a - b));
});

test('reordering alone moves no event farther than its reach', async () => {
  const webhooks = open();
  webhooks.setPlan({ seed: 3, reorder: 40 });
  for (const change of changes(100)) webhooks.tell(change);
  await webhooks.flush();
  const moved = posts[0]!.events.map(({ objectId }, n) => Math.abs(objectId - n));
  expect(Math.max(...moved)).toBeLessThanOrEqual(40);
  expect(Math.max(...moved)).toBeGreaterThan(5);
});

test('an app hears of what it asked for alone', async () => {
  const webhooks = open();
  webhooks.subscribe({ url, clientSecret, appId, properties: ['dealstage'] });
  for (const change of changes(5)) webhooks.tell(change);
  webhooks.tell({ kind: 'creation', type: 'calls', id: '1', atMs: 0, by: { type: 'CRM_UI', id: 'userId:1' } });
  await webhooks.flush();
  expect([posts, webhooks.count().events]).toEqual([[], 0]);
});
