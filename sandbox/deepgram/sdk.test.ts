import { DeepgramClient } from '@deepgram/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleCall } from '../sample-call/read.ts';
import { type DeepgramTwin, startDeepgram } from './protocol.ts';

// The vendor's own client, live, on both generations of its API.
const { audio } = sampleCall().tracks.customer;
const TEN_SECONDS = 10 * 8_000;
const CHUNK = 640;
let twin: DeepgramTwin;
let client: DeepgramClient;

beforeAll(async () => {
  twin = await startDeepgram({ port: 0, apiKey: 'right', speed: 20, notice: () => undefined });
  const socket = twin.origin.replace(/^http/, 'ws');
  client = new DeepgramClient({
    apiKey: 'right',
    environment: { base: twin.origin, production: socket, agent: socket, agentRest: twin.origin },
  });
});
afterAll(() => twin.close());

interface Stream {
  on(
    event: 'message',
    hear: (message: { type?: string; transcript?: string; channel?: { alternatives?: { transcript?: string }[] } }) => void,
  ): void;
  connect(): unknown;
  waitForOpen(): Promise<unknown>;
  sendMedia(audio: ArrayBufferLike | Blob | ArrayBufferView): void;
  close(): void;
}

async function hear(
  stream: Stream,
  textOf: (message: Parameters<Parameters<Stream['on']>[1]>[0]) => string | undefined,
): Promise<string[]> {
  const heard: string[] = [];
  stream.on('message', (message) => {
    const text = textOf(message);
    if (text) heard.push(text);
  });
  stream.connect();
  await stream.waitForOpen();
  for (let at = 0; at < TEN_SECONDS; at += CHUNK) stream.sendMedia(audio.subarray(at, at + CHUNK));
  await expect.poll(() => heard.some((text) => /fine/.test(text)), { timeout: 10_000 }).toBe(true);
  stream.close();
  return heard;
}

test('@deepgram/sdk hears Flux turns', async () => {
  const stream = await client.listen.v2.connect({
    model: 'flux-general-en',
    encoding: 'mulaw',
    sample_rate: 8000,
    Authorization: 'Token right',
  });
  const heard = await hear(stream as unknown as Stream, ({ type, transcript }) => (type === 'TurnInfo' ? transcript : undefined));
  expect(heard.at(-1)).toBe("Sure, that's fine.");
});

test('@deepgram/sdk hears nova-3 results', async () => {
  const stream = await client.listen.v1.connect({
    model: 'nova-3',
    encoding: 'mulaw',
    sample_rate: 8000,
    interim_results: 'true',
    Authorization: 'Token right',
  });
  const heard = await hear(stream as unknown as Stream, ({ type, channel }) =>
    type === 'Results' ? channel?.alternatives?.[0]?.transcript : undefined,
  );
  expect(heard.join(' ')).toMatch(/sure.*fine/i);
});
