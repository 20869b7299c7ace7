import type { IncomingMessage } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { cast } from '../cast.ts';
import { serve } from '../kit/serve.ts';
import { startTwilio } from './protocol.ts';
import { signature } from './sign.ts';

const account = cast.twilio.hubspot;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Said {
  event: string;
  media?: { track: string; chunk: string; timestamp: string; payload: string };
}

/** A Worker that answers the phone and writes down what it is told. */
async function worker(options: { twiml?: (origin: string) => string; contentType?: string; refusesStream?: boolean } = {}) {
  const told: { path: string; form: Record<string, string>; isSigned: boolean }[] = [];
  const said: Said[] = [];
  const handshakes: { signature: unknown; path: string | undefined }[] = [];
  const sockets = new WebSocketServer({ noServer: true });
  sockets.on('connection', (socket) => socket.on('message', (data) => said.push(JSON.parse(String(data)) as Said)));
  let origin = '';
  const served = await serve(
    async (request) => {
      const form = Object.fromEntries(new URLSearchParams(await request.text()));
      const path = new URL(request.url).pathname;
      told.push({
        path,
        form,
        isSigned: request.headers.get('x-twilio-signature') === signature(account.authToken, `${origin}${path}`, form),
      });
      if (path !== '/voice') return new Response(null, { status: 204 });
      const stream = `<Start><Stream url="${origin.replace('http', 'ws')}/media" track="both_tracks" statusCallback="${origin}/status"><Parameter name="callId" value="c_1"/></Stream></Start>`;
      const twiml = options.twiml?.(origin) ?? `<Response>${stream}<Dial>+14155550142</Dial></Response>`;
      return new Response(twiml, { headers: { 'content-type': options.contentType ?? 'text/xml' } });
    },
    {
      vendor: 'worker',
      port: 0,
      upgrade: (request: IncomingMessage, socket, head) => {
        handshakes.push({ signature: request.headers['x-twilio-signature'], path: request.url });
        if (options.refusesStream) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        sockets.handleUpgrade(request, socket, head, (one) => sockets.emit('connection', one, request));
      },
    },
  );
  origin = served.origin;
  closing.push(served.close);
  return { origin, told, said, handshakes };
}

async function twin() {
  const started = await startTwilio({ port: 0, now: () => Date.UTC(2026, 10, 20, 15) });
  closing.push(started.close);
  return started;
}

const second = (value: number) => new Uint8Array(8_000).fill(value);
const tracks = { inbound: second(1), outbound: second(2).subarray(0, 4_000) };
const call = (origin: string) => ({
  account,
  from: cast.customer.phone,
  to: account.number,
  voiceUrl: `${origin}/voice`,
  speed: 50,
  tracks,
});

test('rings, streams both tracks interleaved with every number a string, and says that it is over', async () => {
  const { origin, told, said, handshakes } = await worker();
  const twilio = await twin();
  const placed = await twilio.placeCall(call(origin));
  expect(await placed.done).toEqual({ status: 'completed', streamedMs: 1_000, notifications: [] });

  expect(told.map(({ path, form, isSigned }) => [path, form.CallStatus ?? form.StreamEvent, isSigned])).toEqual([
    ['/voice', 'ringing', true],
    ['/status', 'stream-started', true],
    ['/status', 'stream-stopped', true],
    ['/status', 'completed', true],
  ]);
  expect(told[0]!.form).toMatchObject({
    AccountSid: account.accountSid,
    CallSid: placed.callSid,
    From: cast.customer.phone,
    To: account.number,
    Direction: 'inbound',
  });
  expect(told[3]!.form.CallDuration).toBe('1');
  expect(handshakes).toEqual([{ signature: signature(account.authToken, `${origin.replace('http', 'ws')}/media`), path: '/media' }]);

  expect(said.map(({ event }) => event)).toEqual(['connected', 'start', ...Array(100).fill('media'), 'stop']);
  expect(said[1]).toMatchObject({
    sequenceNumber: '1',
    start: { callSid: placed.callSid, customParameters: { callId: 'c_1' }, tracks: ['inbound', 'outbound'] },
  });
  expect(said.slice(2, 5).map(({ media }) => [media!.track, media!.chunk, media!.timestamp, media!.payload.length])).toEqual([
    ['inbound', '1', '0', 216],
    ['outbound', '1', '0', 216],
    ['inbound', '2', '20', 216],
  ]);
  // The shorter track goes on in silence.
  expect(Buffer.from(said[101]!.media!.payload, 'base64').every((byte) => byte === 0xff)).toBe(true);
});

test('hangs up early', async () => {
  const { origin, said } = await worker();
  const placed = await (await twin()).placeCall({ ...call(origin), speed: 1 });
  placed.hangUp();
  const { status, streamedMs } = await placed.done;
  expect({ status, isShort: streamedMs < 1_000, last: said.at(-1)?.event }).toEqual({ status: 'completed', isShort: true, last: 'stop' });
});

test('fails the call when the answer is no TwiML, and opens no stream', async () => {
  const { origin, handshakes } = await worker({ twiml: () => '<Response><Sing/></Response>' });
  const placed = await (await twin()).placeCall(call(origin));
  const { status, notifications } = await placed.done;
  expect([status, notifications.map(({ code }) => code), handshakes]).toEqual(['failed', [12200], []]);
});

test('fails the call when the answer is not XML by its type', async () => {
  const { origin } = await worker({ contentType: 'text/html' });
  const { notifications } = await (await (await twin()).placeCall(call(origin))).done;
  expect(notifications.map(({ code }) => code)).toEqual([12300]);
});

test('goes on with the call when the stream is refused', async () => {
  const { origin, told } = await worker({ refusesStream: true });
  const { status, notifications } = await (await (await twin()).placeCall(call(origin))).done;
  expect([status, notifications.map(({ code }) => code)]).toEqual(['completed', [31920]]);
  expect(told.map(({ form }) => form.StreamEvent ?? form.CallStatus)).toEqual(['ringing', 'stream-error', 'completed']);
});

test('can cut the stream, say the end twice and sign with a wrong token', async () => {
  const { origin, told, said } = await worker();
  const twilio = await twin();
  twilio.faults.cutStreamNext(500);
  twilio.faults.repeatStatusNext();
  twilio.faults.forgeNext();
  await (await twilio.placeCall(call(origin))).done;
  expect(said.some(({ event }) => event === 'stop')).toBe(false);
  expect(told.filter(({ form }) => form.CallStatus === 'completed').length).toBe(2);
  expect(told.some(({ isSigned }) => isSigned)).toBe(false);
});

test('knows its calls over REST, for their own account alone', async () => {
  const { origin } = await worker();
  const twilio = await twin();
  const placed = await twilio.placeCall(call(origin));
  await placed.done;
  const at = (sid: string) => `${twilio.origin}/2010-04-01/Accounts/${sid}/Calls/${placed.callSid}.json`;
  const as = (who: { accountSid: string; authToken: string }) => ({
    headers: { authorization: `Basic ${btoa(`${who.accountSid}:${who.authToken}`)}` },
  });
  const known = await fetch(at(account.accountSid), as(account));
  expect(await known.json()).toMatchObject({ sid: placed.callSid, status: 'completed', from: cast.customer.phone, to: account.number });
  const other = cast.twilio.salesforce;
  const statuses = await Promise.all([
    fetch(at(account.accountSid)),
    fetch(at(account.accountSid), as(other)),
    fetch(at(other.accountSid), as(other)),
  ]);
  expect(statuses.map(({ status }) => status)).toEqual([401, 401, 404]);
});
