import { env, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import type { LiveView } from '../../shared/contracts/view.ts';
import { openFile } from '../capture/sealed-file.ts';
import * as calls from '../capture/store.ts';
import { type Db, openDb } from '../db/client.ts';
import type { Env } from '../env.ts';
import { callStub, writerStub } from '../stubs.ts';
import { openKeyring } from '../tenants/keys/keyring.ts';
import { readMasters } from '../tenants/keys/masters.ts';
import * as keys from '../tenants/keys/store.ts';
import * as tenants from '../tenants/store.ts';

const bindings = env as unknown as Env;
const FRAME_BYTES = 160;
let db: Db;
let tenantId: string;
let connectionId: string;
const rung: string[] = [];

beforeAll(async () => {
  db = openDb(inject('worker')['DATABASE_URL'] ?? '');
  const installed = await tenants.install(db, {
    provider: 'hubspot',
    externalId: crypto.randomUUID(),
    tenantName: 'Test',
    timeZone: 'America/New_York',
    installerId: '71',
    installerEmail: 'sam@brightloop.example',
  });
  tenantId = installed.tenantId;
  connectionId = installed.connectionId;
  // No CRM stands behind this tenant: what was understood waits for one, and its writer goes to sleep.
  await tenants.setConnectionState(db, tenantId, connectionId, 'needs-reconnect');
});

/** Nothing may go on by itself once the database is gone: every call is settled, and the writer sleeps. */
afterAll(async () => {
  for (const callId of rung)
    await vi.waitFor(async () => {
      const call = await calls.callOf(db, tenantId, callId);
      expect(call?.status === 'failed' || (call?.status === 'transcribed' && call.nextAt !== null)).toBe(true);
    }, 15_000);
  const writer = writerStub(bindings, tenantId, connectionId);
  await vi.waitFor(async () => {
    await runDurableObjectAlarm(writer);
    expect(await runInDurableObject(writer, (_, state) => state.storage.getAlarm())).toBeNull();
  }, 10_000);
}, 30_000);

async function ring() {
  const startedAtMs = Date.now();
  const { id: callId } = await calls.createCall(db, tenantId, {
    connectionId,
    source: 'twilio',
    externalId: crypto.randomUUID(),
    record: { object: 'deal', id: '7001' },
    repId: '71',
    repEmail: 'sam@brightloop.example',
    repName: 'Sam Okafor',
    customerName: 'Maya Lindqvist',
    direction: 'inbound',
    startedAt: new Date(startedAtMs),
    timeZone: 'America/New_York',
    consent: 'announced',
  });
  rung.push(callId);
  const stub = callStub(bindings, tenantId, callId);
  await stub.begin({ tenantId, callId, customerName: 'Maya Lindqvist', startedAtMs, repTrack: 'outbound' });
  const { webSocket: socket } = await stub.fetch('https://call/line', { headers: { upgrade: 'websocket' } });
  if (!socket) throw new Error('no socket');
  socket.accept();
  return { callId, stub, socket };
}

/** The recording as it was before it was sealed. */
async function unsealed(audioKey: string): Promise<Uint8Array> {
  const masters = readMasters(bindings);
  if (!masters.ok) throw new Error(masters.fault);
  const keyring = openKeyring({
    masters: masters.value,
    now: Date.now,
    keysOf: (of) => keys.keysOf(db, of),
    addKey: (of, key) => keys.addKey(db, of, key),
  });
  const [file = '', kid = ''] = audioKey.split('.');
  const opened = await keyring.fileKeyOf(tenantId, file, kid);
  const head = await bindings.AUDIO.head(audioKey);
  if (!opened || !head) throw new Error('no recording');
  const read = async (offset: number, length: number) => (await bindings.AUDIO.get(audioKey, { range: { offset, length } }))!.body;
  const of = { key: opened.raw, bound: ['ros', 'a1', tenantId, file, kid].join('|') };
  return new Uint8Array(await new Response(await openFile(of, read, head.size)).arrayBuffer());
}

const ended = (callId: string) =>
  expect.poll(async () => (await calls.callOf(db, tenantId, callId))?.status, { timeout: 10_000 }).not.toBe('live');

/** Sends both tracks from one second to another, as Twilio does. */
function speak(socket: WebSocket, fromS: number, toS: number): void {
  const { rep, customer } = inject('tracks');
  for (let at = fromS * 8_000; at < toS * 8_000; at += FRAME_BYTES) {
    for (const [track, audio] of [
      ['inbound', decode(customer)],
      ['outbound', decode(rep)],
    ] as const) {
      const payload = btoa(String.fromCharCode(...audio.subarray(at, at + FRAME_BYTES)));
      socket.send(
        JSON.stringify({
          event: 'media',
          sequenceNumber: '1',
          streamSid: 'MZ1',
          media: { track, chunk: '1', timestamp: String(at / 8), payload },
        }),
      );
    }
  }
}

const decoded = new Map<string, Uint8Array>();
function decode(base64: string): Uint8Array {
  const known = decoded.get(base64) ?? Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  decoded.set(base64, known);
  return known;
}

const start = JSON.stringify({
  event: 'start',
  sequenceNumber: '1',
  streamSid: 'MZ1',
  start: {
    accountSid: `AC${'1'.repeat(32)}`,
    streamSid: 'MZ1',
    callSid: `CA${'1'.repeat(32)}`,
    tracks: ['inbound', 'outbound'],
    mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
    customParameters: {},
  },
});

const stop = JSON.stringify({ event: 'stop', sequenceNumber: '9', streamSid: 'MZ1', stop: { accountSid: '', callSid: '' } });

async function seen(stub: { look(since: number): Promise<LiveView> }, isEnough: (view: Extract<LiveView, { state: 'live' }>) => boolean) {
  return expect
    .poll(
      async () => {
        const view = await stub.look(-1);
        return view.state === 'live' && isEnough(view);
      },
      { timeout: 20_000, interval: 50 },
    )
    .toBe(true);
}

const speechOpened = async () => Number(await (await fetch(inject('speechSwitch'))).text());
const elapsed = async (stub: { look(since: number): Promise<LiveView> }) =>
  ((await stub.look(-1)) as { elapsedMs?: number }).elapsedMs ?? 0;

test('without consent nothing is heard: recognition is never opened and no recording is kept', async () => {
  const openedBefore = await speechOpened();
  const { callId, stub, socket } = await ring();
  socket.send(start);
  speak(socket, 0, 10);
  await expect.poll(() => elapsed(stub)).toBeGreaterThan(9_000);
  expect(await stub.look(-1)).toMatchObject({ consent: 'announced', card: null, lines: [], talkShareRep: null });
  await stub.hangUp();
  expect(await calls.callOf(db, tenantId, callId)).toMatchObject({ status: 'ended', audioKey: null });
  expect(await speechOpened()).toBe(openedBefore);
});

test('a second line of the same call takes over: the first is closed, and what it still says moves no clock', async () => {
  const { callId, stub, socket } = await ring();
  const mine = start.replace('"customParameters":{}', `"customParameters":{"callId":"${callId}","repTrack":"outbound"}`);
  socket.send(mine);
  speak(socket, 0, 2);
  await expect.poll(() => elapsed(stub)).toBeGreaterThan(1_900);
  const closed = new Promise<number>((done) => socket.addEventListener('close', ({ code }) => done(code)));
  const { webSocket: second } = await stub.fetch('https://call/line', { headers: { upgrade: 'websocket' } });
  if (!second) throw new Error('no socket');
  second.accept();
  second.send(mine);
  speak(second, 0, 1);
  // On its way before it heard that it is over.
  speak(socket, 20, 22);
  expect(await closed).toBe(1_000);
  speak(second, 1, 2);
  await expect.poll(() => elapsed(stub)).toBeGreaterThan(3_900);
  expect(await elapsed(stub)).toBeLessThan(10_000);
  await stub.hangUp();
});

test('a recording holds not one byte from before the consent', async () => {
  const { callId, stub, socket } = await ring();
  socket.send(start);
  speak(socket, 0, 10);
  await expect.poll(() => elapsed(stub)).toBeGreaterThan(9_900);
  await stub.decideConsent('granted', '71');
  speak(socket, 10, 14);
  await seen(stub, (view) => view.lines.length > 0);
  socket.send(stop);
  await ended(callId);

  const audioKey = (await calls.callOf(db, tenantId, callId))?.audioKey ?? '';
  const stored = await bindings.AUDIO.get(audioKey);
  expect(new TextDecoder().decode((await stored?.arrayBuffer())?.slice(0, 4))).toBe('ROSA');
  const audio = (await unsealed(audioKey)).subarray(58);
  const isSounding = (fromS: number, toS: number) => audio.subarray(fromS * 16_000, toS * 16_000).some((byte) => byte !== 0xff);
  expect({ before: isSounding(0, 10), after: isSounding(10, 14) }).toEqual({ before: false, after: true });
});

test('a call evicted in the middle keeps its consent, its words and its recording, on the same line', async () => {
  const { callId, stub, socket } = await ring();
  socket.send(start);
  await stub.decideConsent('granted', '71');
  speak(socket, 0, 14);
  await seen(stub, (view) => view.lines.some((line) => line.text.includes('nine hours')));
  const nineHours = async () =>
    (await stub.ask(crypto.randomUUID(), 'What did they say about nine hours?')).sources.map(({ quote }) => quote);
  const said = await nineHours();
  expect(said.join()).toContain('nine hours');

  // An object with open sockets to a recogniser is not evicted; one whose recogniser went away is.
  await fetch(inject('speechSwitch'), { method: 'POST' });
  await evictDurableObject(stub);

  const after = await stub.look(-1);
  // No CRM says where this deal stands: every gate of a sale is open until somebody proves it.
  expect(after).toMatchObject({
    state: 'live',
    consent: 'granted',
    callId,
    gates: { stage: null, next: { line: expect.stringMatching(/^Not a/) } },
  });
  expect(await nineHours()).toEqual(said);
  expect(after.state === 'live' && after.lines.some((line) => line.text.includes('nine hours'))).toBe(true);

  speak(socket, 14, 29);
  await seen(stub, (view) => view.lines.some((line) => line.text.includes('quiet mornings')));
  socket.send(stop);
  await ended(callId);
  const call = await calls.callOf(db, tenantId, callId);
  expect(call).toMatchObject({ durationMs: 29_000, audioKey: expect.stringContaining(`audio/${tenantId}/${callId}.`) });
  const size = (await (await bindings.AUDIO.get(call?.audioKey ?? ''))?.arrayBuffer())?.byteLength ?? 0;
  // Two channels of 8 kHz mu-law; an eviction may cost half a second.
  expect(size).toBeGreaterThan(2 * 8_000 * 28.4);
});

test('a refusal is final: what was heard is gone and a later yes changes nothing', async () => {
  const { callId, stub, socket } = await ring();
  socket.send(start);
  await stub.decideConsent('granted', '71');
  speak(socket, 0, 10);
  await seen(stub, (view) => view.lines.length > 0);
  await stub.decideConsent('refused', '71');
  await stub.decideConsent('granted', '71');
  expect(await stub.look(-1)).toMatchObject({ consent: 'refused', lines: [], card: null });
  expect(await stub.ask(crypto.randomUUID(), 'What did they say?')).toMatchObject({ isKnown: false, sources: [] });
  await stub.hangUp();
  expect(await calls.callOf(db, tenantId, callId)).toMatchObject({ consent: 'refused', audioKey: null });
});

test('hanging up twice ends the call once', async () => {
  const { callId, stub, socket } = await ring();
  socket.send(start);
  await stub.hangUp();
  await stub.hangUp();
  expect(await stub.look(-1)).toMatchObject({ state: 'ended', callId });
  expect((await calls.callOf(db, tenantId, callId))?.status).not.toBe('live');
});
