import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import type { LiveView } from '../../shared/contracts/view.ts';
import * as calls from '../capture/store.ts';
import type { Db } from '../db/client.ts';
import { callStub } from '../stubs.ts';
import type { Owned } from '../tenants/store.ts';
import { ask, bindings, connectPortal, lena, openTestDb, quietCall, sam } from './test-host.ts';

const FRAME_BYTES = 160;
let db: Db;
let owned: Owned;
interface Talk {
  callId: string;
  stub: ReturnType<typeof callStub>;
  /** Seconds of the sample, both sides. */
  say(fromS: number, toS: number): void;
}
const begun: Talk[] = [];

beforeAll(async () => {
  db = openTestDb();
  owned = await connectPortal(db);
});

/** Nothing may go on by itself once the database is gone. */
afterAll(async () => {
  for (const { stub, callId } of begun) {
    await stub.hangUp();
    await vi.waitFor(async () => {
      expect((await calls.callOf(db, owned.tenantId, callId))?.status).toMatch(/understood|failed|transcribed/);
    }, 10_000);
  }
}, 30_000);

const get = async (path: string, user = sam) => (await (await ask({ path, user })).json()) as Record<string, unknown>;
const put = async (body: Record<string, unknown>, user = sam) => {
  const answer = await ask({ method: 'PUT', path: '/v1/settings/budget', body: { requestId: crypto.randomUUID(), ...body }, user });
  return (await answer.json()) as Record<string, unknown>;
};
const usage = async () =>
  (await get('/v1/usage'))['value'] as { speech: { live: number; capMinutes: number; state: string }; notices: { said: string }[] };

/** A call that is agreed to; both sides of the sample are said into it, as fast as they can be sent. */
async function talk(): Promise<Talk> {
  const callId = await quietCall(db, owned, { status: 'live', consent: 'announced' });
  const stub = callStub(bindings, owned.tenantId, callId);
  await stub.begin({ tenantId: owned.tenantId, callId, customerName: 'Maya Lindqvist', startedAtMs: Date.now(), repTrack: 'outbound' });
  const { webSocket: line } = await stub.fetch('https://call/line', { headers: { upgrade: 'websocket' } });
  if (!line) throw new Error('no socket');
  line.accept();
  line.send(JSON.stringify({ event: 'start', sequenceNumber: '1', streamSid: 'MZ1', start: startFacts }));
  await stub.decideConsent('granted', sam.id);
  const { rep, customer } = inject('tracks');
  const sides = { outbound: bytesOf(rep), inbound: bytesOf(customer) };
  const say = (fromS: number, toS: number) => {
    for (let ms = fromS * 1_000; ms < toS * 1_000; ms += 20)
      for (const track of ['inbound', 'outbound'] as const) {
        const payload = btoa(String.fromCharCode(...sides[track].subarray(ms * 8, ms * 8 + FRAME_BYTES)));
        line.send(
          JSON.stringify({
            event: 'media',
            sequenceNumber: '2',
            streamSid: 'MZ1',
            media: { track, chunk: '1', timestamp: String(ms), payload },
          }),
        );
      }
  };
  const call = { callId, stub, say };
  begun.push(call);
  return call;
}

const look = async ({ stub }: Talk) => (await stub.look(-1)) as Extract<LiveView, { state: 'live' }>;

const startFacts = {
  accountSid: `AC${'1'.repeat(32)}`,
  streamSid: 'MZ1',
  callSid: `CA${'1'.repeat(32)}`,
  tracks: ['inbound', 'outbound'],
  mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
  customParameters: {},
};
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

test('a month is an admin’s to see, and its budget an admin’s to say', async () => {
  expect(await get('/v1/usage')).toMatchObject({
    ok: true,
    value: { speech: { capMinutes: 5_000, state: 'open' }, model: { capUsd: 20 }, notices: [] },
  });
  expect(await get('/v1/usage', lena)).toMatchObject({ ok: false, code: 'no-permission' });
  expect(await put({ speechMinutes: 100, modelUsd: null })).toEqual({ ok: true, value: { speechMinutes: 100, modelUsd: null } });
  expect(await put({ speechMinutes: 1, modelUsd: 1 }, lena)).toMatchObject({ ok: false, code: 'no-permission' });
  expect(await get('/v1/settings/budget')).toEqual({ ok: true, value: { speechMinutes: 100, modelUsd: null } });
  expect((await usage()).speech.capMinutes).toBe(100);
  for (const nonsense of [
    {},
    { speechMinutes: -1, modelUsd: null },
    { speechMinutes: 1.5, modelUsd: null },
    { speechMinutes: 'x', modelUsd: 1 },
  ])
    expect(await put(nonsense)).toMatchObject({ status: 400, field: 'speechMinutes' });
});

test('what a call costs is seen while it runs, and stands in the month once it is over', async () => {
  await put({ speechMinutes: null, modelUsd: null });
  const before = (await usage()).speech.live;
  const call = await talk();
  call.say(0, 6);
  await expect.poll(async () => (await look(call)).spend?.speechSeconds ?? 0, { timeout: 10_000 }).toBeGreaterThanOrEqual(11);
  // A minute of speech is taken ahead.
  await expect.poll(async () => ((await usage()).speech.live - before) * 60, { timeout: 10_000 }).toBeGreaterThanOrEqual(60);
  const first = (await look(call)).spend;
  expect(first?.usd).toBeGreaterThan(0.001);
  expect((await look(call)).unguided).toBeUndefined();
  call.say(6, 14);
  await expect.poll(async () => (await look(call)).spend?.speechSeconds ?? 0, { timeout: 10_000 }).toBeGreaterThanOrEqual(27);
  await call.stub.hangUp();
  await expect.poll(async () => Math.round(((await usage()).speech.live - before) * 60), { timeout: 10_000 }).toBeLessThanOrEqual(31);
  expect(Math.round(((await usage()).speech.live - before) * 60)).toBeGreaterThanOrEqual(27);
});

test('at the cap nobody is guided and everybody is recorded, and the admin is told once', async () => {
  await put({ speechMinutes: 0, modelUsd: null });
  const call = await talk();
  call.say(0, 2);
  await expect.poll(async () => (await look(call)).unguided, { timeout: 10_000 }).toMatch(/recorded/);
  const heard = (await look(call)).spend?.speechSeconds ?? 0;
  call.say(2, 12);
  await call.stub.hangUp();
  // What was sent before the answer came, and no more.
  expect(heard).toBeLessThanOrEqual(20);
  await expect.poll(async () => (await calls.callOf(db, owned.tenantId, call.callId))?.audioKey ?? '', { timeout: 10_000 }).not.toBe('');
  const { notices, speech } = await usage();
  expect(speech.state).toBe('over');
  expect(notices.filter(({ said }) => said.includes('used up')).map(({ said }) => said)).toEqual([
    'This month’s speech minutes are used up, so live guidance is off until next month. Calls are still recorded and read.',
  ]);
  await put({ speechMinutes: null, modelUsd: null });
});
