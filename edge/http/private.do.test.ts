import { runInDurableObject } from 'cloudflare:test';
import { getTableName, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { beforeAll, expect, inject, test } from 'vitest';
import * as changes from '../act/store.ts';
import * as calls from '../capture/store.ts';
import type { Db } from '../db/client.ts';
import * as schema from '../db/schema.ts';
import { callStub, spoolStub } from '../stubs.ts';
import type { Owned } from '../tenants/store.ts';
import * as tenants from '../tenants/store.ts';
import { ask, bindings, connectPortal, lena, openTestDb, portal, quietCall, sam } from './test-host.ts';

const FRAME_BYTES = 160;
let db: Db;
let owned: Owned;

beforeAll(async () => {
  db = openTestDb();
  owned = await connectPortal(db);
});

const press = () => ({ requestId: crypto.randomUUID() });
const post = async (path: string, body: Record<string, unknown> = {}, user = sam) =>
  (await (await ask({ method: 'POST', path, body: { ...press(), ...body }, user })).json()) as {
    ok: boolean;
    code?: string;
    value?: { standing?: unknown[]; isPrivate?: boolean };
  };

/** A call that rings, is agreed to, and is being heard. */
async function liveCall() {
  const callId = await quietCall(db, owned, { status: 'live', consent: 'announced', source: 'twilio' });
  const stub = callStub(bindings, owned.tenantId, callId);
  await stub.begin({ tenantId: owned.tenantId, callId, customerName: 'Maya Lindqvist', startedAtMs: Date.now(), repTrack: 'outbound' });
  const { webSocket: line } = await stub.fetch('https://call/line', { headers: { upgrade: 'websocket' } });
  if (!line) throw new Error('no socket');
  line.accept();
  line.send(JSON.stringify({ event: 'start', sequenceNumber: '1', streamSid: 'MZ1', start: startFacts }));
  await stub.decideConsent('granted', sam.id);
  const { rep, customer } = inject('tracks');
  speak(line, { outbound: bytesOf(rep), inbound: bytesOf(customer) }, 0, 14);
  await expect.poll(async () => JSON.stringify(await stub.look(-1)).includes('nine hours'), { timeout: 20_000, interval: 50 }).toBe(true);
  return { callId, stub, line, more: () => speak(line, { outbound: bytesOf(rep), inbound: bytesOf(customer) }, 14, 18) };
}

const startFacts = {
  accountSid: `AC${'1'.repeat(32)}`,
  streamSid: 'MZ1',
  callSid: `CA${'1'.repeat(32)}`,
  tracks: ['inbound', 'outbound'],
  mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
  customParameters: {},
};
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

function speak(line: WebSocket, tracks: Record<'inbound' | 'outbound', Uint8Array>, fromS: number, toS: number): void {
  for (let at = fromS * 8_000; at < toS * 8_000; at += FRAME_BYTES)
    for (const [track, audio] of Object.entries(tracks)) {
      const payload = btoa(String.fromCharCode(...audio.subarray(at, at + FRAME_BYTES)));
      const media = { track, chunk: '1', timestamp: String(at / 8), payload };
      line.send(JSON.stringify({ event: 'media', sequenceNumber: '1', streamSid: 'MZ1', media }));
    }
}

/** Everything the call's object has, as text. */
const keptBy = (stub: ReturnType<typeof callStub>) =>
  runInDurableObject(stub, async (_, { storage }) => {
    const tables = storage.sql
      .exec<{ name: string }>(
        `select name from sqlite_master where type = 'table' and name not like '\\_cf%' escape '\\' and name not like 'sqlite%'`,
      )
      .toArray();
    const rows = tables.flatMap(({ name }) => storage.sql.exec(`select count(*) as n from "${name}"`).toArray());
    return { words: JSON.stringify([...(await storage.list())]), rows: rows.reduce((sum, row) => sum + Number(row['n']), 0) };
  });
const recordingsOf = async (callId: string) => (await bindings.AUDIO.list({ prefix: `audio/${owned.tenantId}/${callId}` })).objects.length;

/** Tables of this tenant that hold the word. */
async function tablesHolding(word: string): Promise<string[]> {
  // A ticket can only be burnt, and holds no words.
  const tables = Object.values(schema).flatMap((it) => (it instanceof PgTable && getTableName(it) !== 'tickets' ? [it] : []));
  const rows = await db.asTenant(owned.tenantId, (q) => tables.map((table) => q.execute(sql`select to_jsonb(t) as row from ${table} t`)));
  return tables.flatMap((table, i) => (JSON.stringify(rows[i]?.rows).includes(word) ? [getTableName(table)] : []));
}

test('a running call that is destroyed stops at once, and within five seconds nothing of it is left anywhere', async () => {
  const { callId, stub, line, more } = await liveCall();
  expect((await keptBy(stub)).rows).toBeGreaterThan(0);
  const closed = new Promise((done) => line.addEventListener('close', done));

  const startedMs = Date.now();
  expect(await post(`/v1/calls/${callId}/destroy`)).toMatchObject({ ok: true, value: { callId, standing: [] } });
  expect(Date.now() - startedMs).toBeLessThan(5_000);
  await closed;

  expect(await keptBy(stub)).toEqual({ words: '[["destroyed",true]]', rows: 0 });
  expect(await recordingsOf(callId)).toBe(0);
  expect(await calls.callOf(db, owned.tenantId, callId)).toMatchObject({ status: 'failed', missed: 'destroyed', audioKey: null });
  // What comes late finds nobody: not the line's last words, not its goodbye, not another beginning.
  try {
    more();
  } catch {
    // The line is closed on this side, too.
  }
  await stub.begin({ tenantId: owned.tenantId, callId, customerName: 'Maya Lindqvist', startedAtMs: 0, repTrack: 'outbound' });
  await stub.hangUp();
  expect(await stub.decideConsent('granted', sam.id)).toBe('unknown');
  expect(await stub.look(-1)).toEqual({ state: 'ended', seq: 0, callId: '' });
  expect((await stub.fetch('https://call/line', { headers: { upgrade: 'websocket' } })).status).toBe(404);
  expect([await recordingsOf(callId), (await keptBy(stub)).rows]).toEqual([0, 0]);
  // Pressed again it is the same.
  expect(await post(`/v1/calls/${callId}/destroy`)).toMatchObject({ ok: true, value: { standing: [] } });
});

test('a call that is over is destroyed in every store: tables, recording, file, its object and the spool', async () => {
  const canary = `Kanari-${crypto.randomUUID()}`;
  const externalId = `dialler-${crypto.randomUUID()}`;
  const source = crypto.randomUUID().replaceAll('-', '');
  await tenants.addConnection(db, owned.tenantId, { provider: 'webhook', externalId: source, settings: {} });
  const uploadKey = `files/${owned.tenantId}/${crypto.randomUUID()}`;
  const callId = await quietCall(db, owned, { source: 'webhook', externalId, customerName: canary, uploadKey });
  const audioKey = `audio/${owned.tenantId}/${callId}.wav`;
  for (const key of [uploadKey, audioKey]) await bindings.AUDIO.put(key, canary);
  await calls.moveCall(db, owned.tenantId, callId, 'understood', 'understood', { audioKey });
  const evidence = { quote: canary, seq: 0, role: 'customer', speaker: canary, startMs: 0, endMs: 1_000 } as const;
  await calls.saveUtterances(db, owned.tenantId, callId, [{ ...evidence, text: canary, confidence: 1 }]);
  const planned = (kind: 'waiting' | 'written', ordinal: number) => ({
    callId,
    connectionId: owned.connectionId,
    opKey: `${callId}-${ordinal}`,
    record: { object: 'deal', id: portal.dealId } as const,
    also: [],
    policy: 'suggest' as const,
    state: kind,
    body: { kind: 'add-note', body: canary, at: new Date().toISOString() } as const,
    reason: canary,
    evidence: [evidence],
    ordinal,
  });
  await changes.planChanges(db, owned.tenantId, [planned('waiting', 0), planned('written', 1)]);
  await db.asTenant(owned.tenantId, (q) => [
    q.execute(sql`update changes set crm_id = '880', written_at = now() where op_key = ${`${callId}-1`}`),
  ]);
  const spool = spoolStub(bindings, source);
  const letter = {
    source,
    id: 'm1',
    timestamp: '1',
    signature: 'v1,x',
    body: JSON.stringify({ id: externalId, transcript: [{ text: canary }] }),
  };
  await runInDurableObject(spool, async (it, { storage }) => {
    await it.keep(letter, 0);
    await it.keep({ ...letter, id: 'm2', body: 'no JSON' }, 0);
    await storage.deleteAlarm();
  });
  expect((await tablesHolding(canary)).sort()).toEqual(['calls', 'changes', 'utterances']);

  const startedMs = Date.now();
  const done = await post(`/v1/calls/${callId}/destroy`);
  expect(Date.now() - startedMs).toBeLessThan(5_000);
  // What stands in the CRM is listed, with how long it can be taken back there.
  expect(done.value?.standing).toMatchObject([{ change: { state: 'written', crmId: '880', body: { kind: 'add-note', body: '' } } }]);
  expect(done.value?.standing?.[0]).toHaveProperty('undoableUntil');
  expect(JSON.stringify(done)).not.toContain(canary);

  expect(await tablesHolding(canary)).toEqual([]);
  expect([await bindings.AUDIO.get(uploadKey), await bindings.AUDIO.get(audioKey)]).toEqual([null, null]);
  const letters = await runInDurableObject(spool, (_, { storage }) => storage.sql.exec('select letter from letters').toArray());
  expect([letters.length, JSON.stringify(letters).includes(canary)]).toEqual([1, false]);
  expect((await keptBy(callStub(bindings, owned.tenantId, callId))).words).not.toContain(canary);
  await runInDurableObject(spool, (_, { storage }) => storage.deleteAll());
});

test('only the call’s rep, or who connected us, makes it private or destroys it', async () => {
  const callId = await quietCall(db, owned);
  for (const verb of ['private', 'destroy'])
    expect(await post(`/v1/calls/${callId}/${verb}`, {}, lena)).toMatchObject({ ok: false, code: 'no-permission' });
  expect(await calls.callOf(db, owned.tenantId, callId)).toMatchObject({ isPrivate: false, status: 'understood' });
});

test('a private call is its rep’s alone, whoever made it so, and only they share it again', async () => {
  const callId = await quietCall(db, owned, { repId: lena.id, repEmail: lena.email });
  const sees = async (user: typeof sam) => ((await (await ask({ path: `/v1/calls/${callId}`, user })).json()) as { ok: boolean }).ok;
  expect([await sees(sam), await sees(lena)]).toEqual([true, true]);
  expect(await post(`/v1/calls/${callId}/private`)).toMatchObject({ ok: true, value: { isPrivate: true } });
  expect([await sees(sam), await sees(lena)]).toEqual([false, true]);
  expect(await post(`/v1/calls/${callId}/private`, { isPrivate: false })).toMatchObject({ ok: false, code: 'no-permission' });
  expect(await post(`/v1/calls/${callId}/private`, { isPrivate: false }, lena)).toMatchObject({ ok: true });
  expect([await sees(sam), await sees(lena)]).toEqual([true, true]);
});

test('whoever else watches a running call loses their screen when it becomes private, and their ticket with it', async () => {
  const { callId, stub, line } = await liveCall();
  const screen = async (user: string) => {
    const { webSocket } = await stub.fetch(`https://call/rep?user=${user}`, { headers: { upgrade: 'websocket' } });
    if (!webSocket) throw new Error('no screen');
    webSocket.accept();
    let isClosed = false;
    webSocket.addEventListener('close', () => {
      isClosed = true;
    });
    return { isClosed: () => isClosed };
  };
  const [mine, theirs] = [await screen(sam.id), await screen(lena.id)];
  expect(await post(`/v1/calls/${callId}/private`)).toMatchObject({ ok: true });
  await expect.poll(theirs.isClosed).toBe(true);
  expect(mine.isClosed()).toBe(false);
  line.close();
  await post(`/v1/calls/${callId}/destroy`);
});

test('an admin says whom nobody may hear and where the reps sit, and reads it back', async () => {
  const never = { domains: ['acme.example'], numbers: ['+4930*'], words: ['HR'], reps: ['72'] };
  const consent = { office: 'US-NY', offices: [{ userId: '72', place: 'DE' }], atLeast: null };
  for (const [name, said] of Object.entries({ 'never-record': never, consent })) {
    const path = `/v1/settings/${name}`;
    expect(await (await ask({ method: 'PUT', path, body: { ...press(), ...said } })).json()).toEqual({ ok: true, value: said });
    expect(await (await ask({ path })).json()).toEqual({ ok: true, value: said });
    for (const method of ['GET', 'PUT'])
      expect(
        await (await ask({ method, path, user: lena, ...(method === 'GET' ? {} : { body: { ...press(), ...said } }) })).json(),
      ).toMatchObject({
        code: 'no-permission',
      });
    expect((await ask({ method: 'PUT', path, body: { ...press(), ...said, office: 'Berlin', domains: ['not a domain'] } })).status).toBe(
      400,
    );
  }
  const nothing = { domains: [], numbers: [], words: [], reps: [] };
  await ask({ method: 'PUT', path: '/v1/settings/never-record', body: { ...press(), ...nothing } });
  await ask({ method: 'PUT', path: '/v1/settings/consent', body: { ...press(), office: null, offices: [], atLeast: null } });
});

test('says how many calls were caught of those that came, and why each of the others was not', async () => {
  const startedAt = new Date('2019-03-04T10:00:00.000Z');
  const missed = { startedAt, status: 'failed', missed: 'never-record', trouble: 'Not recorded.' } as const;
  const never = await quietCall(db, owned, missed);
  const heard = await quietCall(db, owned, { startedAt });
  await calls.saveUtterances(db, owned.tenantId, heard, [
    { seq: 0, role: 'rep', speaker: 'Sam', text: 'Hi', startMs: 0, endMs: 400, confidence: 1 },
  ]);
  const view = await (await ask({ path: '/v1/capture/coverage?from=2019-03-04&to=2019-03-05' })).json();
  expect(view).toEqual({
    ok: true,
    value: {
      from: '2019-03-04T00:00:00.000Z',
      to: '2019-03-05T00:00:00.000Z',
      known: 2,
      caught: 1,
      share: 0.5,
      open: 0,
      byReason: [{ why: 'never-record', count: 1 }],
      misses: [{ callId: never, startedAt: startedAt.toISOString(), repName: 'Sam Okafor', why: 'never-record', said: 'Not recorded.' }],
      knownFrom: ['doors'],
    },
  });
  expect(await (await ask({ path: '/v1/capture/coverage?from=2019-03-04&to=2019-03-05', user: lena })).json()).toMatchObject({
    code: 'no-permission',
  });
  // Who names no time sees the last thirty days.
  expect((await ask({ path: '/v1/capture/coverage' })).status).toBe(200);
  for (const query of ['?from=2019-03-04', '?from=2019-03-05&to=2019-03-04', '?from=x&to=y', '?from=2010-01-01&to=2019-01-01'])
    expect((await ask({ path: `/v1/capture/coverage${query}` })).status).toBe(400);
});
