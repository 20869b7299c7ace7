import { build } from 'esbuild';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { serve } from '../../../sandbox/kit/serve.ts';
import { openRtms, type StreamOptions } from '../../../sandbox/zoom/rtms.ts';
import { toMulaw } from '../../../shared/capture/mulaw.ts';
import { type DialledLineUnderTest, dialledLineContract } from '../../ports/dialled-line.contract.ts';
import type { DialledLine, DialledSaid } from '../../ports/dialled-line.ts';

/** The adapter only works in workerd, so it runs there, behind a Worker that hands its words through. */
const WORKER = `
import { streamUrl } from '../../http/safe-url.ts';
import { zoomRtms } from './rtms.ts';
export default {
  async fetch(request) {
    const ask = JSON.parse(decodeURIComponent(new URL(request.url).searchParams.get('ask')));
    const [ours, theirs] = Object.values(new WebSocketPair());
    theirs.accept();
    const tell = (said) => theirs.send(JSON.stringify(said.type === 'voice' ? { ...said, pcm: [...said.pcm] } : said));
    const line = zoomRtms(ask.access, { stream: streamUrl, rtms: ask.rtms });
    const opened = await line.open(ask.stream, tell);
    if (!opened.ok) return Response.json(opened);
    theirs.addEventListener('message', () => opened.value.close());
    return new Response(null, { status: 101, webSocket: ours });
  },
};`;
const access = { clientId: 'client', clientSecret: 'secret' };
const [uuid, streamId] = ['/u//Aa==', 's1'];
const PATIENCE_MS = 2_000;

/** A steady wave of this loudness, four seconds of it. */
const wave = (level: number) =>
  toMulaw(Int16Array.from({ length: 32_000 * 4 }, (_, at) => Math.round(level * Math.sin((2 * Math.PI * 300 * at) / 8_000))));
const within = (level: number) => (sample: number) => Math.abs(sample) <= level * 1.1;

async function setUp(options: Partial<StreamOptions>): Promise<DialledLineUnderTest> {
  const rtms = openRtms(access, Date.now);
  const served = await serve(() => new Response(null, { status: 404 }), { vendor: 'zoom', port: 0, upgrade: rtms.upgrade });
  const voices = [
    { userId: 16_778_240, name: 'Sam Okafor', audio: wave(12_000) },
    { userId: 16_779_264, name: 'Maya Lindqvist', audio: wave(3_000) },
  ];
  const stream = rtms.begin({
    uuid,
    streamId,
    voices,
    pingMs: 100,
    signallingPatienceMs: PATIENCE_MS,
    mediaPatienceMs: PATIENCE_MS,
    ...options,
  });
  const bundle = await build({
    stdin: { contents: WORKER, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'esnext',
    conditions: ['workerd', 'worker', 'browser'],
  });
  const worker = new Miniflare(
    convertV4MiniflareOptions({
      workers: [
        {
          name: 'zoom',
          modules: [{ type: 'ESModule', path: 'zoom.js', contents: bundle.outputFiles[0]!.text }],
          compatibilityDate: '2026-10-23',
          compatibilityFlags: ['nodejs_compat'],
        },
      ],
    }),
  );
  const line = (clientSecret: string): DialledLine => ({
    async open(to, hear) {
      const ask = { access: { ...access, clientSecret }, rtms: served.origin, stream: to };
      const response = await worker.dispatchFetch(`http://worker/?ask=${encodeURIComponent(JSON.stringify(ask))}`, {
        headers: { Upgrade: 'websocket' },
      });
      const socket = response.webSocket;
      if (!socket) return (await response.json()) as Awaited<ReturnType<DialledLine['open']>>;
      socket.addEventListener('message', ({ data }) => {
        const said = JSON.parse(String(data)) as DialledSaid;
        hear(said.type === 'voice' ? { ...said, pcm: Int16Array.from(said.pcm) } : said);
      });
      socket.accept();
      return { ok: true, value: { close: () => socket.send('close') } };
    },
  });
  const facts = { meetingId: uuid, streamId, address: stream.address };
  return {
    line: line(access.clientSecret),
    stranger: line('wrong'),
    stream: facts,
    unknown: { ...facts, streamId: 's2' },
    elsewhere: { ...facts, address: 'wss://zoom.us.evil.example/' },
    people: [
      { who: '16778240', name: 'Sam Okafor', sounds: within(12_000) },
      { who: '16779264', name: 'Maya Lindqvist', sounds: within(3_000) },
    ],
    patienceMs: PATIENCE_MS,
    cutMedia: stream.cutMedia,
    cutSignalling: stream.cutSignalling,
    come() {
      stream.come({ userId: 9, name: 'Ravi', audio: wave(2_000) });
      return { who: '9', name: 'Ravi' };
    },
    go: (who) => stream.go(Number(who)),
    end: (isRevoked) => stream.end(isRevoked ? 8 : 6),
    seen: () => stream.seen,
    async close() {
      await worker.dispose();
      rtms.close();
      await served.close();
    },
  };
}

dialledLineContract('Zoom at 8 kHz', () => setUp({}));
// Where the media server gives nothing but wide band, in the other byte order, and is slow.
dialledLineContract('Zoom at 16 kHz, big end first', () => setUp({ rates: [16_000], order: 'big', slowMs: 50 }));
