import { runInDurableObject, SELF } from 'cloudflare:test';
import { sql } from 'drizzle-orm';
import { beforeAll, expect, inject, test, vi } from 'vitest';
import * as changes from '../act/store.ts';
import * as calls from '../capture/store.ts';
import { compose } from '../compose.ts';
import type { Db } from '../db/client.ts';
import { keepNews } from '../db/inbox.ts';
import { joinRooms } from '../join-rooms.ts';
import { callStub } from '../stubs.ts';
import * as tenants from '../tenants/store.ts';
import { bindings, connectPortal, openTestDb, otherTenant, portal, publicUrl, quietCall } from './test-host.ts';
import { sha256Hex } from './who.ts';

const settings = inject('worker');
const orgId = '00D5f000000NEWSEAA';
const key = `ros_${'k'.repeat(40)}`;
let db: Db;
let owned: tenants.Owned;
let org: tenants.Owned;

beforeAll(async () => {
  db = openTestDb();
  owned = await connectPortal(db);
  const installer = { installerId: '0055f000000SAMOAAA', installerEmail: '', tenantName: 'Org', timeZone: 'UTC' };
  org = await tenants.install(db, { provider: 'salesforce', externalId: orgId, installKeyHash: await sha256Hex(key), ...installer });
});

async function sign(url: string, body: string, timestamp: string, secret = settings['HUBSPOT_CLIENT_SECRET'] ?? ''): Promise<string> {
  const utf8 = (text: string) => new TextEncoder().encode(text);
  const hmacKey = await crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const tag = await crypto.subtle.sign('HMAC', hmacKey, utf8(`POST${url}${body}${timestamp}`));
  return btoa(String.fromCharCode(...new Uint8Array(tag)));
}

async function hubspot(body: unknown, over: { secret?: string; ageMs?: number } = {}): Promise<number> {
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  const url = `${publicUrl}/hooks/hubspot`;
  const timestamp = String(Date.now() - (over.ageMs ?? 0));
  const response = await SELF.fetch(url, {
    method: 'POST',
    headers: { 'x-hubspot-signature-v3': await sign(url, raw, timestamp, over.secret), 'x-hubspot-request-timestamp': timestamp },
    body: raw,
  });
  await response.text();
  return response.status;
}

let count = 0;
const event = (over: object = {}) => ({
  eventId: ++count,
  subscriptionId: 12,
  portalId: Number(portal.id),
  appId: Number(settings['HUBSPOT_APP_ID']),
  occurredAt: Date.now(),
  subscriptionType: 'object.propertyChange',
  attemptNumber: 0,
  objectId: 7001,
  objectTypeId: '0-3',
  changeSource: 'CRM_UI',
  sourceId: 'userId:71',
  propertyName: 'amount',
  propertyValue: '9',
  ...over,
});
/** What the inbox still has to do. */
async function waiting(tenantId: string) {
  const [rows] = await db.asTenant(tenantId, (q) => [q.execute(sql`select event_key from inbox where state = 'new'`)]);
  return rows.rows;
}

async function dueChange(recordId: string, to: string): Promise<string> {
  const id = crypto.randomUUID();
  const body = { kind: 'set-field', field: 'amount', label: 'Amount', mode: 'overwrite', from: '5', to } as const;
  const record = { object: 'deal', id: recordId } as const;
  const rest = { record, also: [], policy: 'suggest', state: 'waiting', body, reason: '', evidence: [], ordinal: 0 } as const;
  await changes.planChanges(db, owned.tenantId, [{ id, callId: null, connectionId: owned.connectionId, opKey: id, ...rest }]);
  return id;
}

test('what somebody wrote in HubSpot themselves is no longer proposed, however often it is told', async () => {
  const id = await dueChange('7301', '9');
  const told = event({ objectId: 7301, occurredAt: Date.now() + 60_000 });
  expect(await hubspot([told, told])).toBe(200);
  expect(await hubspot([told])).toBe(200);
  await vi.waitFor(async () => expect(await changes.changeOf(db, owned.tenantId, id)).toMatchObject({ state: 'superseded', version: 2 }));
  expect(await waiting(owned.tenantId)).toEqual([]);
});

test('refuses what HubSpot did not sign, what is too old and what is too large', async () => {
  expect(await hubspot([event()], { secret: 'another' })).toBe(401);
  expect(await hubspot([event()], { ageMs: 6 * 60_000 })).toBe(401);
  expect((await SELF.fetch(`${publicUrl}/hooks/hubspot`, { method: 'POST', body: '[]' })).status).toBe(401);
  expect(await hubspot(' '.repeat(256 * 1024 + 1))).toBe(413);
});

test.each([
  ['[', 400],
  ['{}', 400],
  ['null', 400],
  ['"\\u0000"', 400],
  ['[]', 200],
  ['[1,null,{}]', 200],
])('answers %s with %i', async (body, status) => {
  expect(await hubspot(body)).toBe(status);
});

test('a portal nobody connected is thanked and forgotten', async () => {
  const other = await otherTenant(db);
  expect(await hubspot([event({ portalId: 99_999_999 })])).toBe(200);
  expect(await waiting(other.tenantId)).toEqual([]);
});

test('an erasure takes the words, the name and the recording', async () => {
  const callId = await quietCall(db, owned, { contactId: '9301', audioKey: 'calls/9301' });
  const said = { seq: 0, role: 'customer', speaker: 'Maya', text: 'seven', startMs: 0, endMs: 1, confidence: 1 } as const;
  await calls.saveUtterances(db, owned.tenantId, callId, [said]);
  await bindings.AUDIO.put('calls/9301', 'sound');
  // What was said lies in the call's object, too.
  const stub = callStub(bindings, owned.tenantId, callId);
  await stub.begin({ tenantId: owned.tenantId, callId, customerName: 'Maya', startedAtMs: Date.now(), repTrack: 'outbound' });
  const told = event({ objectId: 9301, objectTypeId: undefined, subscriptionType: 'contact.privacyDeletion' });
  expect(await hubspot([told])).toBe(200);
  await vi.waitFor(async () => expect(await waiting(owned.tenantId)).toEqual([]));
  expect(await calls.utterancesOf(db, owned.tenantId, callId)).toEqual([]);
  expect(await calls.callOf(db, owned.tenantId, callId)).toMatchObject({ customerName: 'Erased', contactId: null, audioKey: null });
  expect(await bindings.AUDIO.get('calls/9301')).toBeNull();
  expect(await runInDurableObject(stub, async (_, { storage }) => [...(await storage.list())])).toEqual([['destroyed', true]]);
});

test('the sweep deals with what was kept and then left lying', async () => {
  const id = await dueChange('7302', '9');
  const record = { object: 'deal', id: '7302' };
  const news = { is: 'deleted', record, atMs: Date.now() };
  await keepNews(db, owned.tenantId, 'hubspot', [{ key: 'left', body: { connectionId: owned.connectionId, news } }]);
  await joinRooms(compose(bindings)).sweep();
  expect(await changes.changeOf(db, owned.tenantId, id)).toMatchObject({ state: 'parked', parkedWhy: 'gone' });
});

async function salesforce(body: unknown, headers: Record<string, string> = {}): Promise<number> {
  const response = await SELF.fetch(`${publicUrl}/hooks/salesforce`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'x-ros-org-id': orgId, 'x-ros-user-id': '0055f000000SAMOAAA', ...headers },
    body: JSON.stringify(body),
  });
  await response.text();
  return response.status;
}
const saved = {
  object: 'Opportunity',
  id: '0065f000000DEALAAA',
  change: 'updated',
  by: '0055f000000SAMOAAA',
  at: '2026-11-03T10:00:00.000Z',
};

test('an org proves itself with its install key, and speaks for itself only', async () => {
  expect(await salesforce({ orgId, events: [saved, saved] })).toBe(200);
  expect(await salesforce({ orgId, events: [saved] }, { authorization: 'Bearer ros_anotherkeyanotherkey' })).toBe(401);
  expect(await salesforce({ orgId, events: [saved] }, { 'x-hubspot-signature-v3': 'x' })).toBe(401);
  expect(await salesforce({ orgId: '00D5f000000SANDEAA', events: [saved] })).toBe(403);
  expect(await salesforce({ orgId: '00D5f000000SANDEAA', events: [] })).toBe(200);
  expect(await salesforce([])).toBe(400);
  // Nothing waits on that deal, so there was nothing to read.
  await vi.waitFor(async () => expect(await waiting(org.tenantId)).toEqual([]));
});
