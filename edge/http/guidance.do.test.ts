import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import type { GuidanceDown } from '../../shared/contracts/guidance.ts';
import type { GuidanceRulesView } from '../../shared/contracts/guidance-rules.ts';
import type { ConversationView, LiveView } from '../../shared/contracts/view.ts';
import * as calls from '../capture/store.ts';
import type { Db } from '../db/client.ts';
import { callStub } from '../stubs.ts';
import type { Owned } from '../tenants/store.ts';
import { ask, bindings, connectPortal, lena, openTestDb, quietCall, sam } from './test-host.ts';

const FRAME_BYTES = 160;
const RULE = 'price-objection';
let db: Db;
let owned: Owned;
const begun: { callId: string; stub: ReturnType<typeof callStub> }[] = [];

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

const requestId = () => crypto.randomUUID();
async function value<T>(method: string, path: string, body?: Record<string, unknown>): Promise<T> {
  const answer = await ask({ method, path, ...(body ? { body: { requestId: requestId(), ...body } } : {}) });
  return ((await answer.json()) as { value: T }).value;
}

/** A call of Sam's that is agreed to. */
async function talk() {
  const callId = await quietCall(db, owned, { status: 'live', consent: 'announced', repId: sam.id });
  const stub = callStub(bindings, owned.tenantId, callId);
  await stub.begin({ tenantId: owned.tenantId, callId, customerName: 'Maya Lindqvist', startedAtMs: Date.now(), repTrack: 'outbound' });
  begun.push({ callId, stub });
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
        const sound = sides[track].subarray(ms * 8, ms * 8 + FRAME_BYTES);
        const payload = btoa(String.fromCharCode(...(sound.length === FRAME_BYTES ? sound : hush)));
        const media = { track, chunk: '1', timestamp: String(ms), payload };
        line.send(JSON.stringify({ event: 'media', sequenceNumber: '1', streamSid: 'MZ1', media }));
      }
  };
  return { callId, stub, say };
}

/** What comes after the sample is silence. */
const hush = new Uint8Array(FRAME_BYTES).fill(0xff);

const startFacts = {
  accountSid: `AC${'1'.repeat(32)}`,
  streamSid: 'MZ1',
  callSid: `CA${'1'.repeat(32)}`,
  tracks: ['inbound', 'outbound'],
  mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
  customParameters: {},
};

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** A screen of Sam's: what it was told, and a way to speak. */
async function screen(stub: ReturnType<typeof callStub>) {
  const { webSocket: socket } = await stub.fetch(`https://call/rep?user=${sam.id}`, { headers: { upgrade: 'websocket' } });
  if (!socket) throw new Error('no socket');
  const told: GuidanceDown[] = [];
  socket.addEventListener('message', ({ data }) => void told.push(JSON.parse(String(data))));
  socket.accept();
  return { told, say: (up: Record<string, unknown>) => socket.send(JSON.stringify(up)) };
}

test('what a rep does with a card is kept with the call, counted for its rule, and remembered on the next one', async () => {
  const { callId, stub, say } = await talk();
  const { told, say: tell } = await screen(stub);
  say(0, 29);
  const cards = () => told.flatMap((one) => (one.type === 'card' && one.card.playId === RULE ? [one.card] : []));
  // The first one is taken back when its words change.
  let atS = 29;
  await vi.waitFor(() => {
    say(atS, ++atS);
    expect(cards().map(({ why }) => why.quote)).toContainEqual(expect.stringContaining('twice'));
  }, 20_000);
  await vi.waitFor(async () => {
    const shown = cards().at(-1)?.id ?? '';
    // A polled screen says how long ago it painted, and the socket's own word later changes nothing.
    const live = await value<LiveView>('GET', `/v1/calls/${callId}/live?since=0&painted=${shown}&paintedAgoMs=0`);
    expect(live).toMatchObject({ state: 'live', quiet: 'off' });
  });
  for (const { id } of cards()) tell({ type: 'pong', cardId: id, paintedMs: Date.now() });
  const press = (id: string, action: string) => value('POST', `/v1/calls/${callId}/feedback`, { cardId: id, action });
  for (const { id } of cards()) for (const action of ['muted', 'undone', 'never']) await press(id, action);
  expect(await value('POST', `/v1/calls/${callId}/step`, { id: 'no-such-point', done: true })).toEqual({ id: 'no-such-point', done: true });
  expect(await value('POST', `/v1/calls/${callId}/quiet`, { quiet: 'critical' })).toEqual({ quiet: 'critical' });
  await vi.waitFor(() => expect(told).toContainEqual({ type: 'quiet', seq: expect.any(Number), quiet: 'critical' }));
  await stub.hangUp();

  const { rules } = await value<GuidanceRulesView>('GET', '/v1/guidance/rules');
  expect(rules.find(({ ruleId }) => ruleId === RULE)).toMatchObject({ name: 'Price is too high', shown: 1, dismissed: 1, used: 0 });
  expect(rules.find(({ ruleId }) => ruleId === RULE)?.speechToScreenMs?.p50).toBeGreaterThanOrEqual(0);
  const conversation = await value<ConversationView>('GET', `/v1/calls/${callId}`);
  expect(conversation.speechToScreen?.cards).toBeGreaterThanOrEqual(1);
  expect(await value('GET', '/v1/guidance/mine')).toEqual({
    quiet: 'critical',
    never: [{ ruleId: RULE, name: 'Price is too high' }],
    rules: expect.arrayContaining([expect.objectContaining({ ruleId: RULE, shown: 1, dismissed: 1 })]),
  });

  const next = await talk();
  await vi.waitFor(async () => expect(await next.stub.look(-1)).toMatchObject({ quiet: 'critical' }), 5_000);
  expect(await value('PUT', '/v1/guidance/mine', { quiet: 'off', never: [] })).toMatchObject({ quiet: 'off', never: [] });
}, 60_000);

test('only who connected us sees how the rules do, and puts one back', async () => {
  const asLena = await ask({ path: '/v1/guidance/rules', user: lena });
  expect(await asLena.json()).toMatchObject({ ok: false, code: 'no-permission' });
  expect(await value('POST', `/v1/guidance/rules/${RULE}/restore`, {})).toEqual({ ruleId: RULE });
  const wrong = await ask({ method: 'PUT', path: '/v1/guidance/mine', body: { requestId: requestId(), quiet: 'loud', never: [] } });
  expect(wrong.status === 400 || ((await wrong.json()) as { ok: boolean }).ok === false).toBe(true);
});
