import { build } from 'esbuild';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { expect, test } from 'vitest';
import { startDeepgram } from '../../../sandbox/deepgram/protocol.ts';
import { mixed } from '../../../sandbox/deepgram/sound.ts';
import { type SampleSide, sampleCall } from '../../../sandbox/sample-call/read.ts';
import { interleave, wavHeader } from '../../../shared/capture/interleave.ts';
import { type SpeechUnderTest, speechContract } from '../../ports/speech.contract.ts';
import type { BatchSpeech, LiveSpeech, SpeechHeard } from '../../ports/speech.ts';

import type { LiveConfig } from './live.ts';

/** The adapters only work in workerd, so they run there, behind a Worker that hands their words through. */
const WORKER = `
import { deepgramLive } from './live.ts';
import { deepgramBatch } from './batch.ts';
export default {
  async fetch(request) {
    const ask = JSON.parse(decodeURIComponent(new URL(request.url).searchParams.get('ask')));
    if (ask.batch) {
      const body = ask.isStream ? request.body : new Uint8Array(await request.arrayBuffer());
      return Response.json(await deepgramBatch(ask.config).transcribe({ ...ask.batch, body }));
    }
    const [ours, theirs] = Object.values(new WebSocketPair());
    theirs.binaryType = 'arraybuffer';
    theirs.accept();
    const opened = await deepgramLive(ask.config).open(ask.live, (heard) => theirs.send(JSON.stringify(heard)));
    if (!opened.ok) return Response.json(opened);
    theirs.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') opened.value.close();
      else opened.value.feed(new Uint8Array(data));
    });
    return new Response(null, { status: 101, webSocket: ours });
  },
};`;

async function setUp(model: LiveConfig['model']): Promise<SpeechUnderTest> {
  const twin = await startDeepgram({ port: 0, apiKey: 'right', speed: 50, notice: () => {} });
  const bundle = await build({
    stdin: { contents: WORKER, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'esnext',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'fs', 'stream', 'buffer'],
  });
  const script = bundle.outputFiles[0]!.text;
  const worker = new Miniflare(
    convertV4MiniflareOptions({
      workers: [
        {
          name: 'speech',
          modules: [{ type: 'ESModule', path: 'speech.js', contents: script }],
          compatibilityDate: '2026-10-23',
          compatibilityFlags: ['nodejs_compat'],
        },
      ],
    }),
  );
  const config = (apiKey: string) => ({ api: twin.origin, apiKey, model });
  const address = (ask: object) => `http://worker/?ask=${encodeURIComponent(JSON.stringify(ask))}`;

  const live = (apiKey: string): LiveSpeech => ({
    async open(options, hear) {
      const response = await worker.dispatchFetch(address({ config: config(apiKey), live: options }), {
        headers: { Upgrade: 'websocket' },
      });
      const socket = response.webSocket;
      if (!socket) return (await response.json()) as Awaited<ReturnType<LiveSpeech['open']>>;
      socket.addEventListener('message', ({ data }) => hear(JSON.parse(String(data)) as SpeechHeard));
      socket.accept();
      return { ok: true, value: { feed: (audio) => socket.send(audio.slice()), close: () => socket.send('close') } };
    },
  });
  const batch: BatchSpeech = {
    async transcribe({ body, ...rest }) {
      const isStream = body instanceof ReadableStream;
      const bytes = isStream ? new Uint8Array(await new Response(body).arrayBuffer()) : body.slice();
      const ask = { config: config('right'), batch: rest, isStream };
      const response = await worker.dispatchFetch(address(ask), { method: 'POST', body: bytes });
      return (await response.json()) as Awaited<ReturnType<BatchSpeech['transcribe']>>;
    },
  };

  const call = sampleCall();
  const texts = (side: SampleSide) =>
    call.tracks[side].turns.map(({ words }) => ({ side, at: words[0]!.startMs, text: words.map(({ text }) => text).join(' ') }));
  const said = [...texts('rep'), ...texts('customer')].sort((one, other) => one.at - other.at);
  return {
    live: live('right'),
    liveStranger: live('wrong'),
    batch,
    track: { audio: call.tracks.customer.audio, turns: texts('customer').map(({ text }) => text) },
    recording: {
      audio: new Uint8Array(Buffer.concat([wavHeader({ channels: 2 }), interleave(call.tracks.rep.audio, call.tracks.customer.audio)])),
      turns: said.map(({ side, text }) => ({ role: side, text })),
    },
    dropNext: twin.faults.dropNext,
    refuseNext: twin.faults.refuseNext,
    async close() {
      await worker.dispose();
      await twin.close();
    },
  };
}

speechContract('Flux', () => setUp('flux'));
speechContract('nova-3', () => setUp('nova3'));

test('one track with two voices is heard as turns, each with its voice, and ends like any other', async () => {
  const it = await setUp('nova3-voices');
  const { rep, customer } = sampleCall().tracks;
  const heard: SpeechHeard[] = [];
  const over = Promise.withResolvers<void>();
  const opened = await it.live.open({ encoding: 'mulaw', sampleRate: 8_000, keyterms: [] }, (one) => {
    heard.push(one);
    if (one.type === 'closed') over.resolve();
  });
  if (!opened.ok) throw new Error(opened.fault.said);
  opened.value.feed(mixed([rep.audio, customer.audio]));
  opened.value.close();
  await over.promise;
  await it.close();
  const finals = heard.flatMap((one) => (one.type === 'turn' && one.final ? [one] : []));
  expect(finals.map(({ turn }) => turn)).toEqual(finals.map((_, turn) => turn));
  const of = (voice: number) =>
    finals
      .filter((one) => one.voice === voice)
      .map(({ text }) => text)
      .join(' ');
  const said = (side: SampleSide) =>
    it.recording.turns
      .filter(({ role }) => role === side)
      .map(({ text }) => text)
      .join(' ');
  expect([of(0), of(1), heard.at(-1)]).toEqual([said('rep'), said('customer'), { type: 'closed' }]);
});
