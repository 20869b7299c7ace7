import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { cast } from '../../../sandbox/cast.ts';
import { serve } from '../../../sandbox/kit/serve.ts';
import { startTwilio } from '../../../sandbox/twilio/protocol.ts';
import { wavReader } from '../../../shared/capture/read-wav.ts';
import { twilioDesk } from './desk.ts';

const account = cast.twilio.hubspot;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const RECORDING = `RE${'0'.repeat(32)}`;

async function call(speed = 20) {
  const streams: string[] = [];
  const told: Record<string, string>[] = [];
  const sockets = new WebSocketServer({ noServer: true });
  let origin = '';
  const served = await serve(
    async (request) => {
      const form = Object.fromEntries(new URLSearchParams(await request.text()));
      told.push(form);
      const media = `${origin.replace('http', 'ws')}/media`;
      return new URL(request.url).pathname === '/voice'
        ? new Response(`<Response><Start><Stream url="${media}" track="both_tracks"/></Start><Dial>+14155550142</Dial></Response>`, {
            headers: { 'content-type': 'text/xml' },
          })
        : new Response(null, { status: 204 });
    },
    {
      vendor: 'worker',
      port: 0,
      upgrade: (request, socket, head) =>
        sockets.handleUpgrade(request, socket, head, (one) => {
          one.on('message', (data) => {
            const said = JSON.parse(String(data)) as { event: string; start?: { customParameters: object } };
            if (said.event === 'start') streams.push(JSON.stringify(said.start?.customParameters));
          });
        }),
    },
  );
  origin = served.origin;
  closing.push(served.close);
  const twin = await startTwilio({ port: 0 });
  closing.push(twin.close);
  const track = (byte: number) => new Uint8Array(40_000).fill(byte);
  const placed = await twin.placeCall({
    account,
    from: cast.customer.phone,
    to: account.number,
    voiceUrl: `${origin}/voice`,
    speed,
    tracks: { inbound: track(0x10), outbound: track(0x90) },
  });
  const desk = twilioDesk({ api: twin.origin });
  const mine = { account: account.accountSid, secret: account.authToken, externalId: placed.callSid };
  return { desk, mine, placed, streams, told, origin, faults: twin.faults };
}
const kind = (result: { ok: true; value: unknown } | { ok: false; fault: { kind: string } }) =>
  result.ok ? result.value : result.fault.kind;

test('a stream that is asked for again comes with what we need to know, while the call runs', async () => {
  const { desk, mine, placed, streams, origin } = await call();
  const to = {
    mediaUrl: `${origin.replace('http', 'ws')}/media`,
    statusUrl: `${origin}/status`,
    parameters: { callId: 'c_1', repTrack: 'outbound' },
  };
  expect(kind(await desk.isOver(mine))).toBe(false);
  expect(kind(await desk.streamAgain(mine, to))).toBe(true);
  expect(kind(await desk.streamAgain(mine, { ...to, mediaUrl: 'https://example.com/media' }))).toBe('refused');
  await placed.done;
  expect(streams).toEqual(['{}', '{"callId":"c_1","repTrack":"outbound"}']);
  expect(kind(await desk.isOver(mine))).toBe(true);
  expect(kind(await desk.streamAgain(mine, to))).toBe('refused');
});

test('a recording is ready some time after its end, has both sides apart, and can be dropped twice', async () => {
  const { desk, mine, told, origin } = await call();
  const id = kind(await desk.record(mine, { statusUrl: `${origin}/status` })) as string;
  expect(kind(await desk.fetchRecording(mine, id))).toBe('busy');
  await pause(60);
  expect([kind(await desk.stopRecording(mine, id)), kind(await desk.stopRecording(mine, id))]).toEqual([true, true]);
  await expect
    .poll(() => told.some(({ RecordingSid, RecordingStatus }) => RecordingSid === id && RecordingStatus === 'completed'), {
      timeout: 5_000,
    })
    .toBe(true);
  const file = await desk.fetchRecording(mine, id);
  if (!file.ok) throw new Error(file.fault.said);
  const both = wavReader().push(new Uint8Array(await new Response(file.value.body).arrayBuffer()));
  expect([both?.[0][0], both?.[1][0], (both?.[0].length ?? 0) >= 8_000]).toEqual([0x10, 0x90, true]);
  expect([kind(await desk.dropRecording(mine, id)), kind(await desk.dropRecording(mine, id))]).toEqual([true, true]);
  expect(kind(await desk.fetchRecording(mine, id))).toBe('gone');
});

test('a recording whose answer was lost is found among the call’s own', async () => {
  const { desk, mine, origin, faults } = await call();
  const fromMs = Date.now();
  const other = kind(await desk.record(mine, { statusUrl: `${origin}/status` }));
  faults.loseRecordAnswerNext();
  const lost = await desk.record(mine, { statusUrl: `${origin}/status` });
  expect(lost).toMatchObject({ ok: false, fault: { kind: 'busy', ambiguous: true } });
  expect(kind(await desk.recordingsOf(mine, { fromMs, toMs: Date.now() }))).toEqual([expect.stringMatching(/^RE/), other]);
  expect(kind(await desk.recordingsOf(mine, { fromMs: fromMs - 60_000, toMs: fromMs - 30_000 }))).toEqual([]);
});

test('an answer that is none breaks nothing', async () => {
  const served = await serve(() => new Response('<html>', { status: 201 }), { vendor: 'twilio', port: 0 });
  closing.push(served.close);
  const desk = twilioDesk({ api: served.origin });
  const it = { account: account.accountSid, secret: 'x', externalId: `CA${'0'.repeat(32)}` };
  const answers = [
    await desk.isOver(it),
    await desk.record(it, { statusUrl: served.origin }),
    await desk.recordingsOf(it, { fromMs: 0, toMs: 0 }),
    await desk.fetchRecording(it, RECORDING),
  ];
  expect(answers.map(kind)).toEqual(['broken', 'broken', 'broken', 'broken']);
});

test('nobody else’s key opens it, and an id that is none goes nowhere', async () => {
  const { desk, mine } = await call();
  expect(kind(await desk.record({ ...mine, secret: 'other' }, { statusUrl: 'https://example.com/' }))).toBe('expired');
  expect(kind(await desk.isOver({ ...mine, externalId: '../../Accounts' }))).toBe('refused');
  expect(kind(await desk.fetchRecording(mine, RECORDING))).toBe('gone');
});

test('an address nobody answers at is busy, not broken for good', async () => {
  const desk = twilioDesk({ api: 'http://127.0.0.1:9' });
  const nobody = { account: account.accountSid, secret: 'x', externalId: `CA${'0'.repeat(32)}` };
  expect([kind(await desk.isOver(nobody)), kind(await desk.fetchRecording(nobody, RECORDING))]).toEqual(['busy', 'busy']);
});
