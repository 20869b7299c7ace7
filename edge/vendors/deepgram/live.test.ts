import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SpeechHeard } from '../../ports/speech.ts';
import { deepgramLive, type LiveConfig } from './live.ts';

type Listener = (event: { data?: unknown }) => void;

/** A vendor's socket as workerd gives it; what is sent is kept, and the test says what comes back. */
function vendor(status = 101) {
  const listeners = new Map<string, Listener[]>();
  const sent: (string | number)[] = [];
  const asked: URL[] = [];
  let closed = 0;
  const socket = {
    addEventListener: (type: string, listener: Listener) => listeners.set(type, [...(listeners.get(type) ?? []), listener]),
    accept: () => undefined,
    send: (data: string | Uint8Array) => void sent.push(typeof data === 'string' ? data : data.byteLength),
    close: () => {
      closed += 1;
    },
  };
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(new URL(address));
    return status === 101 ? { webSocket: socket, status } : { webSocket: null, status, body: null };
  });
  return {
    sent,
    asked,
    closed: () => closed,
    says: (message: object) => {
      for (const listener of listeners.get('message') ?? []) listener({ data: JSON.stringify(message) });
    },
  };
}

const connected = { type: 'Connected' };
/** Flux has heard so far, and understood nothing new. */
const heardTo = (seconds: number) => ({
  type: 'TurnInfo',
  event: 'Update',
  turn_index: 0,
  audio_window_start: 0,
  audio_window_end: seconds,
  transcript: '',
  words: [],
});

async function open(model: LiveConfig['model'], it: ReturnType<typeof vendor>, keyterms: string[] = []) {
  const heard: SpeechHeard[] = [];
  const opening = deepgramLive({ api: 'https://deepgram.example', apiKey: 'k', model }).open(
    { encoding: 'mulaw', sampleRate: 8000, keyterms },
    (one) => void heard.push(one),
  );
  await vi.advanceTimersByTimeAsync(0);
  if (model === 'flux') it.says(connected);
  const opened = await opening;
  if (!opened.ok) return expect.fail(opened.fault.kind);
  return { session: opened.value, heard };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a track goes out in pieces of 80 ms, whatever the pieces it came in, and its rest before the goodbye', async () => {
  const it = vendor();
  const { session } = await open('flux', it);
  for (let frame = 0; frame < 9; frame++) session.feed(new Uint8Array(160));
  session.close();
  expect(it.sent).toEqual([640, 640, 160, '{"type":"CloseStream"}']);
});

test('Flux is asked for an early end of turn, and for each name by itself', async () => {
  const it = vendor();
  await open('flux', it, ['Maya Lindqvist', 'Zendara', 'a,b', 'c:2', 'x'.repeat(81)]);
  const { pathname, searchParams } = it.asked[0]!;
  expect([pathname, Object.fromEntries(searchParams), searchParams.getAll('keyterm')]).toEqual([
    '/v2/listen',
    {
      model: 'flux-general-en',
      encoding: 'mulaw',
      sample_rate: '8000',
      eot_threshold: '0.7',
      eager_eot_threshold: '0.4',
      keyterm: 'Zendara',
    },
    ['Maya Lindqvist', 'Zendara'],
  ]);
});

test('no more than fifty names are sent', async () => {
  const it = vendor();
  await open(
    'flux',
    it,
    Array.from({ length: 80 }, (_, n) => `Rival ${n}`),
  );
  expect(it.asked[0]?.searchParams.getAll('keyterm')).toHaveLength(50);
});

test('a session that answers nothing while we send is given up after four seconds', async () => {
  const it = vendor();
  const { session, heard } = await open('flux', it);
  for (let second = 0; second < 4; second++) {
    session.feed(new Uint8Array(8_000));
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(heard).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  session.feed(new Uint8Array(640));
  expect([heard, it.closed()]).toEqual([[{ type: 'closed', fault: { kind: 'broken', said: 'Deepgram stopped answering.' } }], 1]);
});

test('one that goes on talking and hears nothing new is half open, and is given up too', async () => {
  const it = vendor();
  const { session, heard } = await open('flux', it);
  it.says(heardTo(1));
  for (let quarter = 0; quarter < 20; quarter++) {
    session.feed(new Uint8Array(2_000));
    it.says(heardTo(1));
    await vi.advanceTimersByTimeAsync(250);
  }
  expect(heard.at(-1)).toEqual({ type: 'closed', fault: { kind: 'broken', said: 'Deepgram stopped answering.' } });
});

test('one that hears on, in silence too, is left alone', async () => {
  const it = vendor();
  const { session, heard } = await open('flux', it);
  for (let quarter = 1; quarter < 120; quarter++) {
    session.feed(new Uint8Array(2_000));
    it.says(heardTo(quarter / 4));
    await vi.advanceTimersByTimeAsync(250);
  }
  expect(heard.filter(({ type }) => type === 'closed')).toEqual([]);
});

test('one that falls five minutes behind is given up', async () => {
  const it = vendor();
  const { session, heard } = await open('flux', it);
  for (let n = 1; n <= 302; n++) {
    session.feed(new Uint8Array(8_000));
    it.says(heardTo(n / 1_000));
  }
  expect(heard.at(-1)).toEqual({ type: 'closed', fault: { kind: 'broken', said: 'Deepgram fell too far behind.' } });
});

test('nova is kept open through a silence on the line, and Flux is told nothing it does not know', async () => {
  const nova = vendor();
  await open('nova3', nova);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(nova.sent).toEqual(['{"type":"KeepAlive"}', '{"type":"KeepAlive"}']);
  const flux = vendor();
  await open('flux', flux);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(flux.sent).toEqual([]);
});

test('a vendor that never says it listens is not waited for beyond five seconds', async () => {
  vendor();
  const opening = deepgramLive({ api: 'https://deepgram.example', apiKey: 'k', model: 'flux' }).open(
    { encoding: 'mulaw', sampleRate: 8000, keyterms: [] },
    () => undefined,
  );
  await vi.advanceTimersByTimeAsync(5_001);
  expect(await opening).toMatchObject({ ok: false, fault: { kind: 'broken' } });
});
