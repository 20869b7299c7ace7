import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Served, serve } from '../kit/serve.ts';
import { type LiveStream, openRtms, type StreamOptions } from './rtms.ts';

const app = { clientId: 'client', clientSecret: 'secret' };
const [uuid, streamId] = ['u==', 's1'];
const signature = createHmac('sha256', app.clientSecret).update(`${app.clientId},${uuid},${streamId}`).digest('hex');
const hello = { msg_type: 1, protocol_version: 1, sequence: 0, meeting_uuid: uuid, rtms_stream_id: streamId, signature };
const audio = { content_type: 2, sample_rate: 1, channel: 1, codec: 1, data_opt: 2, send_rate: 20 };
const mediaHello = { ...hello, msg_type: 3, media_type: 1, payload_encryption: false, media_params: { audio } };
const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Message = Record<string, unknown>;
interface Client {
  /** Everything that came so far. */
  heard: Message[];
  say(message: unknown): void;
  next(type: number): Promise<Message>;
  closed: Promise<string>;
}

async function twin(
  options: Partial<StreamOptions> = {},
): Promise<{ stream: LiveStream; to(kind: 'signalling' | 'media'): Promise<Client> }> {
  const rtms = openRtms(app, Date.now);
  const served: Served = await serve(() => new Response(null, { status: 404 }), { vendor: 'zoom', port: 0, upgrade: rtms.upgrade });
  closing.push(() => served.close(), rtms.close);
  const voices = [{ userId: 1, name: 'Sam', audio: new Uint8Array(8_000).fill(0x20) }];
  const stream = rtms.begin({ uuid, streamId, voices, ...options });
  return {
    stream,
    async to(kind) {
      const host = kind === 'media' ? 'zoomsjc144-195-19-87mmr.sjc.zoom.us' : new URL(stream.address).hostname;
      const socket = new WebSocket(served.origin.replace('http', 'ws'), { headers: { 'x-zoom-host': host } });
      const heard: Message[] = [];
      const closed = new Promise<string>((done) => socket.on('close', (_code, reason) => done(String(reason))));
      socket.on('message', (data) => heard.push(JSON.parse(String(data)) as Message));
      await once(socket, 'open');
      return {
        heard,
        closed,
        say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
        next: (type) =>
          expect
            .poll(() => heard.find((one) => one['msg_type'] === type), { interval: 5, timeout: 5_000 })
            .toBeDefined()
            .then(() => heard.find((one) => one['msg_type'] === type)!),
      };
    },
  };
}

/** Both sockets, and the word that audio may come. */
async function listening(options: Partial<StreamOptions> = {}) {
  const { stream, to } = await twin(options);
  const signalling = await to('signalling');
  signalling.say(hello);
  await signalling.next(2);
  const media = await to('media');
  media.say(mediaHello);
  await media.next(4);
  return { stream, to, signalling, media };
}
const statusOf = async (client: Client, message: unknown, type: number) => {
  client.say(message);
  return (await client.next(type))['status_code'];
};

test('takes the handshakes in their order, and sends each person alone once it is told to', async () => {
  const { signalling, media, stream } = await listening();
  expect(media.heard.some(({ msg_type }) => msg_type === 14)).toBe(false);
  signalling.say({ msg_type: 5, events: [{ event_type: 3, subscribe: true }] });
  expect(await signalling.next(6)).toMatchObject({ event: { event_type: 3, participants: [{ user_id: 1, user_name: 'Sam' }] } });
  signalling.say({ msg_type: 7, rtms_stream_id: streamId });
  const { content } = (await media.next(14)) as { content: { user_id: number; data: string } };
  expect([content.user_id, Buffer.from(content.data, 'base64').length]).toEqual([1, 640]);
  stream.end(6);
  expect(await signalling.next(8)).toMatchObject({ state: 4, reason: 6 });
});

test.each([
  ['another signature', { ...hello, signature: 'f'.repeat(64) }, 3],
  ['another stream', { ...hello, rtms_stream_id: 's2' }, 2],
  ['another meeting', { ...hello, meeting_uuid: 'v==' }, 4],
  ['another version', { ...hello, protocol_version: 2 }, 4],
  ['another message first', { ...hello, msg_type: 5 }, 1],
  ['no JSON', '{', 1],
])('refuses signalling with %s', async (_what, message, status) => {
  const client = await (await twin()).to('signalling');
  expect(await statusOf(client, message, 2)).toBe(status);
  await client.closed;
});

test.each([
  ['another signature', { ...mediaHello, signature: '' }, 3],
  ['another message first', { ...mediaHello, msg_type: 7 }, 1],
  ['all kinds of media at once', { ...mediaHello, media_type: 32 }, 7],
  ['no word on encryption', { ...mediaHello, payload_encryption: undefined }, 4],
  ['another content', { ...mediaHello, media_params: { audio: { ...audio, content_type: 1 } } }, 19],
  ['a rate it does not give', { ...mediaHello, media_params: { audio: { ...audio, sample_rate: 3 } } }, 20],
  ['two channels', { ...mediaHello, media_params: { audio: { ...audio, channel: 2 } } }, 21],
  ['another codec', { ...mediaHello, media_params: { audio: { ...audio, codec: 4 } } }, 22],
  ['another option', { ...mediaHello, media_params: { audio: { ...audio, data_opt: 3 } } }, 23],
  ['another pace', { ...mediaHello, media_params: { audio: { ...audio, send_rate: 30 } } }, 24],
])('refuses media with %s', async (_what, message, status) => {
  const { to } = await twin();
  const signalling = await to('signalling');
  expect(await statusOf(signalling, hello, 2)).toBe(0);
  expect(await statusOf(await to('media'), message, 4)).toBe(status);
});

test('refuses a second connection of either kind, and media before signalling', async () => {
  const { to } = await twin();
  expect(await statusOf(await to('media'), mediaHello, 4)).toBe(2);
  const { to: toOpen, stream } = await listening();
  expect(await statusOf(await toOpen('signalling'), hello, 2)).toBe(8);
  expect(await statusOf(await toOpen('media'), mediaHello, 4)).toBe(16);
  expect(stream.seen).toMatchObject({ signalling: 1, media: 1, refused: [8, 16] });
});

test('closes whoever says something out of its order', async () => {
  const { to } = await twin();
  const signalling = await to('signalling');
  expect(await statusOf(signalling, hello, 2)).toBe(0);
  signalling.say({ msg_type: 7, rtms_stream_id: streamId });
  expect(await signalling.closed).toBe('signalling: out of order');
  const { media } = await listening();
  media.say({ msg_type: 7, rtms_stream_id: streamId });
  expect(await media.closed).toBe('media: out of order');
});

test('closes whoever does not answer that they are there', async () => {
  const { signalling, media } = await listening({ pingMs: 20, signallingPatienceMs: 60, mediaPatienceMs: 200 });
  expect(await signalling.closed).toBe('signalling: no answer');
  const { timestamp } = await media.next(12);
  // Not the one that was asked for.
  media.say({ msg_type: 13, timestamp: Number(timestamp) - 1 });
  expect(await media.closed).toBe('media: no answer');
});

test('whoever asks for no option gets everybody in one', async () => {
  const { to } = await twin();
  const signalling = await to('signalling');
  expect(await statusOf(signalling, hello, 2)).toBe(0);
  const media = await to('media');
  expect(await statusOf(media, { ...mediaHello, media_params: { audio: { ...audio, data_opt: undefined } } }, 4)).toBe(0);
  signalling.say({ msg_type: 7, rtms_stream_id: streamId });
  expect(await media.next(14)).toMatchObject({ content: { user_id: 0 } });
});
