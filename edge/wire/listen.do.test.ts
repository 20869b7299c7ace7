import { evictDurableObject, SELF } from 'cloudflare:test';
import { beforeAll, expect, inject, test } from 'vitest';
import { BROWSER_FRAME_BYTES, encodeFrame } from '../../shared/capture/browser-frames.ts';
import { type BrowserDown, type BrowserUp, browserDown } from '../../shared/capture/browser-talk.ts';
import * as calls from '../capture/store.ts';
import { compose } from '../compose.ts';
import type { Db } from '../db/client.ts';
import { ask, bindings, connectPortal, lena, openTestDb, portal, publicUrl, quietCall } from '../http/test-host.ts';
import { callStub } from '../stubs.ts';
import type { Owned } from '../tenants/store.ts';
import { audioFiles } from './audio-files.ts';

let db: Db;
let owned: Owned;
beforeAll(async () => {
  db = openTestDb();
  owned = await connectPortal(db);
});

const press = (user?: typeof lena) =>
  ask({
    method: 'POST',
    path: `/v1/record/deal/${portal.dealId}/listen`,
    body: { requestId: crypto.randomUUID() },
    ...(user ? { user } : {}),
  });

async function start() {
  const { value } = (await (await press()).json()) as { value: { callId: string; url: string } };
  const ticket = value.url.split('#')[1] ?? '';
  return { ...value, ticket, stub: callStub(bindings, owned.tenantId, value.callId) };
}

const knock = (callId: string, ticket: string, headers: Record<string, string> = {}) =>
  SELF.fetch(`${publicUrl}/media/browser/${callId}`, {
    headers: { upgrade: 'websocket', origin: publicUrl, 'sec-websocket-protocol': `ros.v1, token.${ticket}`, ...headers },
  });

/** A page's socket, with everything it was told. */
async function open(callId: string, ticket: string) {
  const response = await knock(callId, ticket);
  const socket = response.webSocket;
  if (!socket) throw new Error(`no socket: ${response.status}`);
  const told: BrowserDown[] = [];
  let closed: { code: number; reason: string } | undefined;
  socket.addEventListener('message', ({ data }) => {
    told.push(browserDown.parse(JSON.parse(String(data))));
  });
  socket.addEventListener('close', ({ code, reason }) => {
    closed = { code, reason };
  });
  socket.accept();
  const heard = async <T extends BrowserDown['type']>(type: T) => {
    await expect.poll(() => told.some((one) => one.type === type)).toBe(true);
    return told.findLast((one) => one.type === type) as Extract<BrowserDown, { type: T }>;
  };
  return {
    socket,
    told,
    heard,
    closed: async () => {
      await expect.poll(() => closed).toBeDefined();
      return closed;
    },
    say: (message: BrowserUp) => socket.send(JSON.stringify(message)),
    /** Both channels from one frame number on, 80 ms each, loud enough to be found again; frame 0 is `fromMs` into the call. */
    speak: (seq: number, frames: number, fromMs = 0) => {
      for (let n = seq; n < seq + frames; n++) {
        const channel = n % 2 === 0 ? 0 : 1;
        const bytes = new Uint8Array(BROWSER_FRAME_BYTES).fill(channel === 0 ? 0x10 : 0x20);
        socket.send(encodeFrame({ channel, seq: n, atMs: fromMs + Math.floor(n / 2) * 80, bytes }));
      }
    },
  };
}

async function over(callId: string, page: Awaited<ReturnType<typeof open>>) {
  page.say({ type: 'stop' });
  await page.heard('ended');
  await expect.poll(async () => (await calls.callOf(db, owned.tenantId, callId))?.status, { timeout: 10_000 }).not.toBe('live');
}

async function recording(callId: string): Promise<Uint8Array> {
  const key = (await calls.callOf(db, owned.tenantId, callId))?.audioKey ?? '';
  const file = await audioFiles(compose(bindings)).open(owned.tenantId, key);
  return new Uint8Array(await new Response(file?.body ?? null).arrayBuffer()).subarray(58);
}
const sounding = (audio: Uint8Array, side: 0 | 1, byte: number) => audio.filter((one, at) => at % 2 === side && one === byte).length / 640;

test('a card opens a page once: its ticket works for one socket, from our own page, for this call', async () => {
  const { callId, ticket, url } = await start();
  expect(url.startsWith(`${publicUrl}/listen/${callId}#`)).toBe(true);
  expect((await knock(callId, ticket, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await knock(callId, ticket, { origin: 'null' })).status).toBe(403);
  const page = await open(callId, ticket);
  expect(await page.heard('hello')).toMatchObject({ nextSeq: 0, consent: 'unknown' });
  expect((await knock(callId, ticket)).status).toBe(401);
  const { resume } = await page.heard('hello');
  expect((await knock(crypto.randomUUID(), resume)).status).toBe(401);
  await over(callId, page);
});

test('pressed again on the same record, the same call goes on', async () => {
  const first = await start();
  const second = await start();
  expect(second.callId).toBe(first.callId);
  const page = await open(second.callId, second.ticket);
  await over(second.callId, page);
});

test('a call whose beginning failed after it was written down is begun by the next press', async () => {
  // Its row is there, and its object never heard of it.
  const callId = await quietCall(db, owned, { source: 'browser', externalId: crypto.randomUUID(), status: 'live', consent: 'unknown' });
  const stub = callStub(bindings, owned.tenantId, callId);
  expect((await stub.look(-1)).state).toBe('ended');
  const again = await start();
  expect(again.callId).toBe(callId);
  const page = await open(callId, again.ticket);
  expect(await page.heard('hello')).toMatchObject({ consent: 'unknown' });
  expect((await stub.look(-1)).state).toBe('live');
  await over(callId, page);
});

test('a press that is another call’s, of another record or another rep, opens nothing', async () => {
  for (const over of [{ record: { object: 'deal', id: '7999' } as const }, { repId: lena.id }]) {
    const requestId = crypto.randomUUID();
    await quietCall(db, owned, { source: 'browser', externalId: requestId, ...over });
    const answer = await ask({ method: 'POST', path: `/v1/record/deal/${portal.dealId}/listen`, body: { requestId } });
    expect(await answer.json()).toMatchObject({
      ok: false,
      code: 'no-permission',
      what: 'This press belongs to another call. Press again.',
    });
  }
});

test('whoever may not see the record opens nothing', async () => {
  expect(await (await press(lena)).json()).toMatchObject({ ok: false, code: 'no-permission' });
});

test('the page is ours alone: nobody frames it, nothing foreign runs in it', async () => {
  const response = await SELF.fetch(`${publicUrl}/listen/${crypto.randomUUID()}`);
  const policy = response.headers.get('content-security-policy') ?? '';
  const html = await response.text();
  const nonce = /nonce-([0-9a-f-]{36})/.exec(policy)?.[1] ?? 'none';
  expect({ framed: policy.includes("frame-ancestors 'none'"), shut: policy.includes("default-src 'none'") }).toEqual({
    framed: true,
    shut: true,
  });
  expect(html.match(/<script/g)?.length).toBe(1);
  expect(html).toContain(`nonce="${nonce}"`);
  expect(html).not.toMatch(/(src|href)=["']?https?:/);
  expect((await SELF.fetch(`${publicUrl}/listen/none`)).status).toBe(404);
  expect((await SELF.fetch(`${publicUrl}/listen/worklet.js`)).headers.get('content-type')).toContain('text/javascript');
});

test('both channels are kept from the yes on, each on its side, and acknowledged once they are', async () => {
  const beganMs = Date.now();
  const { callId, ticket } = await start();
  const page = await open(callId, ticket);
  await page.heard('hello');
  // A page that sends all the same: nothing of it is kept.
  page.speak(0, 26);
  expect(await page.heard('ack')).toEqual({ type: 'ack', nextSeq: 24 });
  page.say({ type: 'consent', consent: 'granted' });
  expect(await page.heard('consent')).toEqual({ type: 'consent', consent: 'granted' });
  page.speak(26, 60, Date.now() - beganMs);
  await expect.poll(() => page.told.filter((one) => one.type === 'ack').at(-1)).toEqual({ type: 'ack', nextSeq: 84 });
  await over(callId, page);
  const audio = await recording(callId);
  expect({ rep: sounding(audio, 0, 0x10), customer: sounding(audio, 1, 0x20) }).toEqual({ rep: 30, customer: 30 });
});

test('a page whose line was cut goes on where it stopped: nothing is lost, nothing comes twice', async () => {
  const beganMs = Date.now();
  const { callId, ticket, stub } = await start();
  const first = await open(callId, ticket);
  const { resume } = await first.heard('hello');
  first.say({ type: 'consent', consent: 'granted' });
  await first.heard('consent');
  // What is said from now on is said with consent, however long that took.
  const fromMs = Date.now() - beganMs;
  first.speak(0, 50, fromMs);
  await expect.poll(() => first.told.filter((one) => one.type === 'ack').at(-1)).toEqual({ type: 'ack', nextSeq: 48 });
  first.socket.close(1000);
  await first.closed();
  expect((await stub.look(-1)).state).toBe('live');
  // An object with open sockets to a recogniser is not evicted; one whose recogniser went away is.
  await fetch(inject('speechSwitch'), { method: 'POST' });
  await evictDurableObject(stub);

  const second = await open(callId, resume);
  expect(await second.heard('hello')).toMatchObject({ consent: 'granted', nextSeq: 48 });
  // From what was acknowledged on, as the page does.
  second.speak(48, 40, fromMs);
  await expect.poll(() => second.told.filter((one) => one.type === 'ack').at(-1)).toEqual({ type: 'ack', nextSeq: 84 });
  await over(callId, second);
  const audio = await recording(callId);
  expect({ rep: sounding(audio, 0, 0x10), customer: sounding(audio, 1, 0x20) }).toEqual({ rep: 44, customer: 44 });
});

test('a second socket takes the call over; the first one is told and closed', async () => {
  const { callId, ticket } = await start();
  const first = await open(callId, ticket);
  await first.heard('hello');
  const again = await start();
  const second = await open(callId, again.ticket);
  await second.heard('hello');
  expect(await first.closed()).toEqual({ code: 4409, reason: 'This call is now listened to in another window.' });
  await over(callId, second);
});

const bad: [string, number, (page: Awaited<ReturnType<typeof open>>) => void][] = [
  ['a message that is no JSON', 4400, (page) => page.socket.send('{"type":')],
  ['a message of no kind we know', 4400, (page) => page.socket.send('{"type":"card"}')],
  ['a long message', 4400, (page) => page.socket.send(JSON.stringify({ type: 'here', more: 'x'.repeat(2_000) }))],
  ['a frame cut short', 4400, (page) => page.socket.send(new Uint8Array(100).fill(1))],
  ['a frame too large', 4413, (page) => page.socket.send(new Uint8Array(900_000))],
  ['audio in an unknown format', 4406, (page) => page.socket.send(new Uint8Array(652).fill(9))],
  ['frames in the wrong order', 4410, (page) => [0, 1, 2, 6].map((seq) => page.speak(seq, 1))],
  ['audio faster than speech', 4429, (page) => page.speak(0, 400)],
];
test.each(bad)('%s closes the socket with %i and a reason; the call goes on', async (_, code, misbehave) => {
  const { callId, ticket, stub } = await start();
  const page = await open(callId, ticket);
  const { resume } = await page.heard('hello');
  misbehave(page);
  expect(await page.closed()).toMatchObject({ code, reason: expect.stringMatching(/^.{10,120}$/) });
  expect((await stub.look(-1)).state).toBe('live');
  const next = await open(callId, resume);
  await next.heard('hello');
  await over(callId, next);
});

test('a call that is over takes no page any more', async () => {
  const { callId, ticket } = await start();
  const page = await open(callId, ticket);
  const { resume } = await page.heard('hello');
  await over(callId, page);
  const late = await open(callId, resume);
  expect(await late.closed()).toEqual({ code: 4404, reason: 'This call has ended.' });
});
