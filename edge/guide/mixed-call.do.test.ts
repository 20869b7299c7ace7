import { beforeAll, expect, inject, test } from 'vitest';
import type { Db } from '../db/client.ts';
import { bindings, connectPortal, openTestDb, quietCall, sam } from '../http/test-host.ts';
import { callStub } from '../stubs.ts';
import type { Owned } from '../tenants/store.ts';

const FRAME_BYTES = 160;
const SILENCE = 0xff;
let db: Db;
let owned: Owned;

beforeAll(async () => {
  db = openTestDb();
  owned = await connectPortal(db);
});

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const send = (line: WebSocket, message: object) => line.send(JSON.stringify({ streamSid: 'MZ9', sequenceNumber: '1', ...message }));

test('one microphone that hears both is told apart by voice, and its sides are guesses until what was said is enough', async () => {
  const callId = await quietCall(db, owned, { status: 'live', consent: 'announced' });
  const stub = callStub(bindings, owned.tenantId, callId);
  const facts = {
    tenantId: owned.tenantId,
    callId,
    customerName: 'Maya Lindqvist',
    repName: 'Sam Okafor',
    startedAtMs: Date.now(),
    repTrack: 'inbound' as const,
  };
  await stub.begin({ ...facts, tracks: 'mixed' });
  const { webSocket: line } = await stub.fetch('https://call/line', { headers: { upgrade: 'websocket' } });
  if (!line) throw new Error('no socket');
  line.accept();
  const format = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 };
  const sids = { accountSid: `AC${'9'.repeat(32)}`, streamSid: 'MZ9', callSid: `CA${'9'.repeat(32)}` };
  send(line, { event: 'start', start: { ...sids, tracks: ['inbound'], mediaFormat: format, customParameters: {} } });
  await stub.decideConsent('granted', sam.id);

  const { rep, customer } = inject('tracks');
  const [one, other] = [bytesOf(rep), bytesOf(customer)];
  const both = one.map((byte, at) => (byte === SILENCE || byte === 0x7f ? (other[at] ?? SILENCE) : byte));
  const play = (fromMs: number, toMs: number) => {
    for (let at = fromMs * 8; at < Math.min(toMs * 8, both.length); at += FRAME_BYTES) {
      const payload = btoa(String.fromCharCode(...both.subarray(at, at + FRAME_BYTES)));
      send(line, { event: 'media', media: { track: 'inbound', chunk: '1', timestamp: String(at / 8), payload } });
    }
  };
  const look = async () => {
    const view = await stub.look(-1);
    return view?.state === 'live' ? view : undefined;
  };
  // What comes while nobody listens yet is kept for ten seconds only.
  play(0, 2_000);
  await expect.poll(async () => (await look())?.spend?.speechSeconds, { timeout: 20_000, interval: 20 }).toBeGreaterThan(0);
  play(2_000, 15_000);
  const said = async () =>
    (await look())?.lines.filter(({ final }) => final).map(({ role, speaker, isGuess, text }) => [role, speaker, isGuess, text]);
  await expect.poll(said, { timeout: 20_000, interval: 50 }).toEqual([
    ['other', 'Speaker 1', true, "Hi Maya, it's Sam from Brightloop."],
    ['other', 'Speaker 1', true, 'Before we start, are you okay with this call being recorded and transcribed?'],
    ['customer', 'Speaker 2', undefined, "Sure, that's fine."],
    ['rep', 'Speaker 1', undefined, 'Great. Last week you said first replies take about nine hours. Is that still the main worry?'],
  ]);
});
