import { evictDurableObject, SELF } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { type GuidanceDown, guidanceDown } from '../../shared/contracts/guidance.ts';
import type { TicketView, WindowView } from '../../shared/contracts/view.ts';
import type { Db } from '../db/client.ts';
import { marksOfCall } from '../guide/marks/store.ts';
import { callStub } from '../stubs.ts';
import type { Owned } from '../tenants/store.ts';
import { ask, bindings, connectPortal, openTestDb, portal, publicUrl, quietCall, sam } from './test-host.ts';

let db: Db;
let owned: Owned;

beforeAll(async () => {
  db = openTestDb();
  owned = await connectPortal(db);
});

async function runningCall() {
  const callId = await quietCall(db, owned, { status: 'live', consent: 'announced', source: 'twilio' });
  const stub = callStub(bindings, owned.tenantId, callId);
  await stub.begin({ tenantId: owned.tenantId, callId, customerName: 'Maya Lindqvist', startedAtMs: Date.now(), repTrack: 'outbound' });
  return { callId, stub };
}

async function screenOf(stub: ReturnType<typeof callStub>, user = sam.id) {
  const { webSocket: socket } = await stub.fetch(`https://call/rep?user=${user}`, { headers: { upgrade: 'websocket' } });
  if (!socket) throw new Error('no screen');
  const frames: GuidanceDown[] = [];
  const closed: { code: number; reason: string }[] = [];
  socket.addEventListener('message', ({ data }) => {
    frames.push(guidanceDown.parse(JSON.parse(String(data))));
  });
  socket.addEventListener('close', ({ code, reason }) => {
    closed.push({ code, reason });
  });
  socket.accept();
  await expect.poll(() => frames.length).toBe(1);
  return { socket, frames, closed, types: () => frames.map(({ type }) => type) };
}

test.each([
  ['{"type":"shout"}', { code: 1007, reason: 'not a frame of ours' }],
  ['{', { code: 1007, reason: 'not a frame of ours' }],
  [new Uint8Array([1, 2]), { code: 1003, reason: 'text frames only' }],
  [`"${'x'.repeat(20_000)}"`, { code: 1009, reason: 'frame too large' }],
  ['{"type":"resume","after":99}', { code: 1008, reason: 'resume is ahead of the call' }],
])('a wrong frame closes its own screen with the reason; the call and the other screens go on', async (frame, reason) => {
  const { stub } = await runningCall();
  const [bad, good] = [await screenOf(stub), await screenOf(stub)];
  bad.socket.send(frame);
  await expect.poll(() => bad.closed).toEqual([reason]);
  await stub.decideConsent('granted', sam.id);
  await expect.poll(good.types).toEqual(['hello', 'consent']);
  expect(await stub.look(-1)).toMatchObject({ state: 'live', consent: 'granted' });
  expect(good.closed).toEqual([]);
});

test('a screen that speaks too fast is closed, and may come back', async () => {
  const { stub } = await runningCall();
  const screen = await screenOf(stub);
  for (let n = 0; n < 60; n++) screen.socket.send('{"type":"pong","cardId":"c","paintedMs":1}');
  await expect.poll(() => screen.closed).toEqual([{ code: 1008, reason: 'too fast' }]);
  expect((await screenOf(stub)).types()).toEqual(['hello']);
});

test('a screen that was away gets what it missed, and everything anew where that is not known any more', async () => {
  const { stub } = await runningCall();
  const first = await screenOf(stub);
  const seen = first.frames[0]?.type === 'hello' ? first.frames[0].seq : -1;
  await stub.decideConsent('granted', sam.id);
  const back = await screenOf(stub);
  back.socket.send(JSON.stringify({ type: 'resume', after: seen }));
  await expect.poll(back.types).toEqual(['hello', 'consent']);
  expect(back.frames[1]).toEqual({ type: 'consent', seq: seen + 1, consent: 'granted' });

  first.socket.close();
  back.socket.close();
  await evictDurableObject(stub);
  const later = await screenOf(stub);
  later.socket.send(JSON.stringify({ type: 'resume', after: seen }));
  await expect.poll(later.types).toEqual(['hello', 'hello']);
  expect(later.frames[1]).toMatchObject({ consent: 'granted', card: null, lines: [] });
});

test('seventeen screens are one too many: the oldest goes', async () => {
  const { stub } = await runningCall();
  const screens: Awaited<ReturnType<typeof screenOf>>[] = [];
  for (let n = 0; n < 17; n++) screens.push(await screenOf(stub));
  await expect.poll(() => screens.map(({ closed }) => closed.length)).toEqual([1, ...Array(16).fill(0)]);
  expect(screens[0]?.closed).toEqual([{ code: 1008, reason: 'too many screens' }]);
});

test('a ticket opens one screen, once, and none from a foreign page', async () => {
  const { callId } = await runningCall();
  const press = { requestId: crypto.randomUUID() };
  const answer = await (await ask({ method: 'POST', path: `/v1/calls/${callId}/ticket`, body: press })).json();
  const { token } = (answer as { value: TicketView }).value;
  const knock = async (origin?: string) => {
    const headers = { upgrade: 'websocket', 'sec-websocket-protocol': `ros.v1, token.${token}`, ...(origin ? { origin } : {}) };
    const response = await SELF.fetch(`${publicUrl}/live/${callId}`, { headers });
    response.webSocket?.accept();
    response.webSocket?.close();
    return response.status;
  };
  expect([await knock('https://evil.example'), await knock(publicUrl), await knock(publicUrl), await knock()]).toEqual([
    403, 101, 401, 401,
  ]);
});

test('a window opens once from our own page, is given the next ticket with each socket, and flags moments', async () => {
  const { callId, stub } = await runningCall();
  await stub.decideConsent('granted', sam.id);
  const press = () => ({ method: 'POST', path: `/v1/calls/${callId}/window`, body: { requestId: crypto.randomUUID() } });
  const given = new URL(((await (await ask(press())).json()) as { value: WindowView }).value.url);
  expect(given.origin + given.pathname).toBe(`${publicUrl}/window/${callId}`);
  const page = await SELF.fetch(given.origin + given.pathname);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect([page.headers.get('referrer-policy'), page.headers.get('cache-control')]).toEqual(['no-referrer', 'no-store']);
  expect(await page.text()).not.toContain(given.hash.slice(1));

  const knock = (token: string, origin = publicUrl) =>
    SELF.fetch(`${publicUrl}/live/${callId}`, {
      headers: { upgrade: 'websocket', 'sec-websocket-protocol': `ros.v1, token.${token}`, origin },
    });
  const come = async (token: string) => {
    const { webSocket: socket } = await knock(token);
    if (!socket) throw new Error('no window');
    const frames: GuidanceDown[] = [];
    const closed: number[] = [];
    socket.addEventListener('message', ({ data }) => {
      frames.push(guidanceDown.parse(JSON.parse(String(data))));
    });
    socket.addEventListener('close', ({ code }) => {
      closed.push(code);
    });
    socket.accept();
    await expect.poll(() => frames.length).toBe(1);
    const [hello] = frames;
    if (hello?.type !== 'hello') throw new Error('no hello');
    return { socket, frames, closed, hello };
  };

  const first = await come(given.hash.slice(1));
  expect(first.hello).toMatchObject({ customerName: 'Maya Lindqvist', hearing: 'listening', consent: 'granted' });
  expect(new URL(first.hello.window?.back ?? '').pathname).toBe(`/contacts/${portal.id}/record/0-3/${portal.dealId}`);
  expect((await knock(given.hash.slice(1))).status).toBe(401);
  const id = crypto.randomUUID();
  for (let twice = 0; twice < 2; twice++) first.socket.send(JSON.stringify({ type: 'mark', id }));
  await expect.poll(() => first.frames.at(-1)).toMatchObject({ type: 'mark', mark: { id } });
  first.socket.send('{"type":"mark","id":"now"}');
  await expect.poll(() => first.closed).toEqual([1007]);

  const second = await come(first.hello.window?.resume ?? '');
  expect(second.hello.marks?.map((mark) => mark.id)).toEqual([id]);
  // In Salesforce’s own page, where a screen may be, a window’s ticket was taken from somewhere; and then it is burnt.
  expect((await knock(second.hello.window?.resume ?? '', 'https://acme.lightning.force.com')).status).toBe(403);
  expect((await knock(second.hello.window?.resume ?? '')).status).toBe(401);
  await stub.hangUp();
  expect(await (await ask(press())).json()).toMatchObject({ ok: false, code: 'stale' });
  expect(await marksOfCall(db, owned.tenantId, callId)).toMatchObject([{ id }]);
});
