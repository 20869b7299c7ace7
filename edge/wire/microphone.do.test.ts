import { evictDurableObject, runInDurableObject, SELF } from 'cloudflare:test';
import { beforeAll, expect, inject, test } from 'vitest';
// Our sample call's rep, through Chromium 147's MediaRecorder; four seconds of it are sent here.
import recorded from '../../shared/capture/microphone/chromium.webm?inline';
import { demux, newDemux } from '../../shared/capture/microphone/demux-webm.ts';
import { toMulaw } from '../../shared/capture/mulaw.ts';
import { encodeChunk, type ListenDown, type ListenUp, listenDown } from '../../shared/contracts/microphone.ts';
import * as calls from '../capture/store.ts';
import { compose } from '../compose.ts';
import type { Db } from '../db/client.ts';
import { ask, bindings, connectPortal, openTestDb, portal, publicUrl } from '../http/test-host.ts';
import { callStub } from '../stubs.ts';
import type { Owned } from '../tenants/store.ts';
import { opusDecoder } from '../vendors/opus/decoder.ts';
import { audioFiles } from './audio-files.ts';

const lightning = 'https://brightloop.lightning.force.com';
const webm = Uint8Array.from(atob(recorded.split(',')[1] ?? ''), (one) => one.charCodeAt(0));
const SIZE = 1_246;
const COUNT = 12;
const pieces = Array.from({ length: COUNT }, (_, n) => webm.subarray(n * SIZE, (n + 1) * SIZE));

let db: Db;
let owned: Owned;
beforeAll(async () => {
  db = openTestDb();
  owned = await connectPortal(db);
});

async function start(microphone: object | null = { hears: 'rep', origin: lightning }) {
  const path = `/v1/record/deal/${portal.dealId}/listen`;
  const pressed = await ask({ method: 'POST', path, body: { requestId: crypto.randomUUID(), ...(microphone ? { microphone } : {}) } });
  const { value } = (await pressed.json()) as { value: { callId: string; url: string; microphone?: { url: string; token: string } } };
  const ticket = value.microphone?.token ?? value.url.split('#')[1] ?? '';
  return { ...value, ticket, stub: callStub(bindings, owned.tenantId, value.callId) };
}

const knock = (callId: string, ticket: string, origin = lightning, words = 'ros.opus.v1') =>
  SELF.fetch(`${publicUrl}/media/browser/${callId}`, {
    headers: { upgrade: 'websocket', origin, 'sec-websocket-protocol': `${words}, token.${ticket}` },
  });

async function open(callId: string, ticket: string) {
  const response = await knock(callId, ticket);
  const socket = response.webSocket;
  if (!socket) throw new Error(`no socket: ${response.status}`);
  const told: ListenDown[] = [];
  let closed: { code: number; reason: string } | undefined;
  let toCallMs = 0;
  socket.addEventListener('message', ({ data }) => {
    const down = listenDown.parse(JSON.parse(String(data)));
    if (down.type === 'hello') toCallMs = down.elapsedMs - Date.now();
    told.push(down);
  });
  socket.addEventListener('close', ({ code, reason }) => {
    closed = { code, reason };
  });
  socket.accept();
  const heard = async <T extends ListenDown['type']>(type: T) => {
    await expect.poll(() => told.some((one) => one.type === type)).toBe(true);
    return told.findLast((one) => one.type === type) as Extract<ListenDown, { type: T }>;
  };
  const say = (message: ListenUp) => socket.send(JSON.stringify(message));
  return {
    socket,
    protocol: response.headers.get('sec-websocket-protocol'),
    told,
    heard,
    say,
    /** Call time, surely after all that was told. */
    nowMs: () => Date.now() + toCallMs + 50,
    agree: async () => {
      say({ type: 'consent', consent: 'granted' });
      await heard('consent');
    },
    closed: async () => {
      await expect.poll(() => closed).toBeDefined();
      return closed;
    },
    /** Pieces of the one recording; number 0 begins it. */
    send: (from: number, to: number, beganAtMs: number, firstSeq = 0) => {
      for (const [n, bytes] of pieces.entries())
        if (n >= from && n < to) socket.send(encodeChunk({ seq: firstSeq + n, isBeginning: n === 0, beganAtMs, bytes }));
    },
  };
}

async function over(callId: string, page: Awaited<ReturnType<typeof open>>) {
  page.say({ type: 'stop' });
  await page.heard('ended');
  await expect.poll(async () => (await calls.callOf(db, owned.tenantId, callId))?.status, { timeout: 10_000 }).not.toBe('live');
}

/** Both sides of the recording in the archive, mu-law. */
async function archived(callId: string): Promise<[Uint8Array, Uint8Array]> {
  const key = (await calls.callOf(db, owned.tenantId, callId))?.audioKey ?? '';
  const file = await audioFiles(compose(bindings)).open(owned.tenantId, key);
  const whole = new Uint8Array(await new Response(file?.body ?? null).arrayBuffer());
  const [channels, both] = [whole[22] ?? 0, whole.subarray(58)];
  const side = (n: number) => both.filter((_, at) => at % channels === n);
  return [side(0), side(1)];
}

/** What the recording sounds like to us. */
const spoken = (() => {
  const read = demux(newDemux(), webm.subarray(0, COUNT * SIZE));
  if ('code' in read) throw new Error(read.reason);
  const decoder = opusDecoder().begin();
  return Uint8Array.from(read.packets.flatMap(({ bytes }) => [...toMulaw(decoder.decode(bytes) ?? new Int16Array(0))]));
})();
const letters = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const sounds = (side: Uint8Array) => side.filter((byte) => byte !== 0xff && byte !== 0x7f).length;

test('a ticket opens one socket, for a recorder, from the page that asked', async () => {
  const { callId, ticket, microphone, url } = await start();
  expect({ address: microphone?.url, page: url }).toEqual({
    address: `${publicUrl.replace('http', 'ws')}/media/browser/${callId}`,
    page: `${publicUrl}/listen/${callId}`,
  });
  const page = await open(callId, ticket);
  expect({ protocol: page.protocol, hello: await page.heard('hello') }).toMatchObject({ protocol: 'ros.opus.v1', hello: { nextSeq: 0 } });
  expect((await knock(callId, ticket)).status).toBe(401);
  expect((await knock(callId, (await start()).ticket, 'https://evil.example')).status).toBe(403);
  expect((await knock(callId, (await start()).ticket, publicUrl, 'ros.v1')).status).toBe(401);
  // A page's ticket says nothing about where it will be used.
  expect((await knock(callId, (await start(null)).ticket)).status).toBe(401);
  await over(callId, page);
});

test.each(['javascript:alert(1)', 'https://a.example/path', 'null', ''])('a press from %j is no press', async (origin) => {
  const path = `/v1/record/deal/${portal.dealId}/listen`;
  const body = { requestId: crypto.randomUUID(), microphone: { hears: 'rep', origin } };
  expect((await ask({ method: 'POST', path, body })).status).toBe(400);
});

test('what the rep says is kept on the rep’s side from the yes on, to the sample, and nothing from before', async () => {
  const { callId, ticket } = await start();
  const page = await open(callId, ticket);
  await page.heard('hello');
  // A component that sends all the same.
  page.send(0, 8, 0);
  expect(await page.heard('ack')).toEqual({ type: 'ack', nextSeq: 4 });
  await page.agree();
  page.send(0, pieces.length, page.nowMs(), 8);
  await expect.poll(() => page.told.filter((one) => one.type === 'ack').at(-1)).toEqual({ type: 'ack', nextSeq: 16 });
  await over(callId, page);
  const [rep, customer] = await archived(callId);
  expect({ isWhole: letters(rep).includes(letters(spoken)), customer: sounds(customer) }).toEqual({ isWhole: true, customer: 0 });
  expect(sounds(rep)).toBe(sounds(spoken));
});

test('a line that was cut goes on in the middle of the recording, also after an eviction', async () => {
  const { callId, ticket, stub } = await start();
  const first = await open(callId, ticket);
  const { resume } = await first.heard('hello');
  await first.agree();
  const fromMs = first.nowMs();
  first.send(0, 9, fromMs);
  await expect.poll(() => first.told.filter((one) => one.type === 'ack').at(-1)).toEqual({ type: 'ack', nextSeq: 8 });
  first.socket.close(1000);
  await first.closed();
  // An object with open sockets to a recogniser is not evicted; one whose recogniser went away is.
  await fetch(inject('speechSwitch'), { method: 'POST' });
  await evictDurableObject(stub);

  const second = await open(callId, resume);
  expect(await second.heard('hello')).toMatchObject({ consent: 'granted', nextSeq: 8 });
  second.send(8, pieces.length, fromMs);
  await over(callId, second);
  const [rep] = await archived(callId);
  // The first packet after an eviction finds a decoder that has heard nothing: a little of it sounds different.
  expect(sounds(rep) / sounds(spoken)).toBeCloseTo(1, 2);
  const loud = (bytes: Uint8Array, at: number) => sounds(bytes.subarray(at * 800, at * 800 + 800)) > 100;
  const from = letters(rep).indexOf(letters(spoken.subarray(0, 15_000)));
  expect(from).toBeGreaterThan(-1);
  const steps = Array.from({ length: 38 }, (_, n) => n);
  expect(steps.filter((n) => loud(rep.subarray(from), n))).toEqual(steps.filter((n) => loud(spoken, n)));
});

test('a yes that is taken back leaves no half-read packet, and what follows is left out', async () => {
  const { callId, ticket, stub } = await start();
  const page = await open(callId, ticket);
  await page.heard('hello');
  await page.agree();
  page.send(0, 6, page.nowMs());
  await expect.poll(() => page.told.some((one) => one.type === 'ack')).toBe(true);
  page.say({ type: 'consent', consent: 'refused' });
  await expect.poll(() => page.told.some((one) => one.type === 'consent' && one.consent === 'refused')).toBe(true);
  page.send(6, 9, 0);
  await expect.poll(() => page.told.filter((one) => one.type === 'ack').at(-1)).toEqual({ type: 'ack', nextSeq: 8 });
  const kept = await runInDurableObject(stub, (_, { storage }) => storage.get<{ recording: unknown }>('recorderFeed'));
  expect(kept?.recording).toBeNull();
  await over(callId, page);
  expect((await calls.callOf(db, owned.tenantId, callId))?.audioKey).toBeNull();
});

test('whom the microphone hears is a fact of the call; one that hears everybody is one track', async () => {
  const { callId, ticket, stub } = await start({ hears: 'everyone', origin: lightning });
  expect(await runInDurableObject(stub, (_, { storage }) => storage.get<{ tracks?: string }>('facts'))).toMatchObject({ tracks: 'mixed' });
  const page = await open(callId, ticket);
  await page.heard('hello');
  await page.agree();
  page.send(0, pieces.length, page.nowMs());
  await over(callId, page);
  const [all, nobody] = await archived(callId);
  expect([sounds(all), nobody.length]).toEqual([sounds(spoken), 0]);
});

type Page = Awaited<ReturnType<typeof open>>;
const chunk = (seq: number, bytes: Uint8Array, isBeginning = seq === 0, beganAtMs = 60_000) =>
  encodeChunk({ seq, isBeginning, beganAtMs, bytes });
const bad: [string, number, (page: Page, nowMs: number) => void][] = [
  ['a chunk without audio', 4400, (page) => page.socket.send(chunk(0, new Uint8Array(0)))],
  ['a chunk too large', 4413, (page) => page.socket.send(new Uint8Array(900_000))],
  ['our page’s own frames', 4406, (page) => page.socket.send(new Uint8Array(652).fill(1))],
  [
    'audio in an unknown container',
    4406,
    (page, nowMs) => page.socket.send(chunk(0, Uint8Array.of(0x4f, 0x67, 0x67, 0x53, 0), true, nowMs)),
  ],
  ['a recording without its beginning', 4410, (page) => page.socket.send(chunk(0, pieces[1] ?? webm, false))],
  ['chunks in the wrong order', 4410, (page, nowMs) => [0, 1, 3].map((n) => page.send(n, n + 1, nowMs))],
  [
    'a damaged recording',
    4400,
    (page, nowMs) => [chunk(0, pieces[0] ?? webm, true, nowMs), chunk(1, new Uint8Array(500))].map((one) => page.socket.send(one)),
  ],
  ['audio from the future', 4429, (page, nowMs) => page.send(0, 3, nowMs + 60_000)],
  [
    'chunks faster than speech',
    4429,
    (page, nowMs) => {
      // The head of a recording, and then nothing that sounds.
      page.socket.send(chunk(0, webm.slice(0, 217), true, nowMs));
      for (let n = 1; n < 400; n++) page.socket.send(chunk(n, Uint8Array.of(0xec, 0x81, 0)));
    },
  ],
];
test.each(bad)('%s closes the socket with %i and a reason; the call goes on', async (_, code, misbehave) => {
  const { callId, ticket, stub } = await start();
  const page = await open(callId, ticket);
  const { resume } = await page.heard('hello');
  await page.agree();
  misbehave(page, page.nowMs());
  expect(await page.closed()).toMatchObject({ code, reason: expect.stringMatching(/^.{10,120}$/) });
  expect((await stub.look(-1)).state).toBe('live');
  const next = await open(callId, resume);
  await next.heard('hello');
  await over(callId, next);
});
