import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { toPcm16 } from '../../shared/capture/mulaw.ts';
import { salesforceCard, unwrap } from '../ask.ts';
import { cast } from '../cast.ts';
import { openBrowser } from '../kit/browser.ts';
import { type Served, serve } from '../kit/serve.ts';
import { sampleCall } from '../sample-call/read.ts';
import { type Sandbox, startSandbox } from '../start.ts';
import { buildLightningPage } from './lightning/build.ts';
import { servePages } from './serve.ts';
import { likeness, wavAt48k } from './sound-alike.ts';

// The component that ships, in Chromium, on the Worker that ships. A file speaks into the microphone. Its sound goes through Opus, so the
// twin that knows the sample call by heart would not know it again: this recogniser says one sentence as soon as somebody speaks.
const folder = mkdtempSync(join(tmpdir(), 'microphone-'));
const spoken = toPcm16(sampleCall().tracks.rep.audio);
const SENTENCE = 'I will send you the proposal tomorrow';
let archived: Buffer | undefined;
let recognition: Served;
let sandbox: Sandbox;
let pages: Served;
let browser: Browser;
const fake = ['--use-fake-device-for-media-stream'];

beforeAll(async () => {
  await buildLightningPage();
  const file = join(folder, 'rep.wav');
  writeFileSync(file, wavAt48k(spoken));
  const sockets = new WebSocketServer({ noServer: true });
  recognition = await serve(
    async (request) => {
      archived = Buffer.from(await request.arrayBuffer());
      return Response.json(transcript);
    },
    {
      vendor: 'recognition',
      port: 0,
      bodyMaxBytes: 30 * 1024 * 1024,
      upgrade: (request, socket, head) => sockets.handleUpgrade(request, socket, head, hearOneSentence),
    },
  );
  sandbox = await startSandbox({ port: 0, speed: 1, keys: { DEEPGRAM_API: recognition.origin } });
  pages = await servePages(sandbox, 0);
  browser = await openBrowser([...fake, '--use-fake-ui-for-media-stream', `--use-file-for-fake-audio-capture=${file}%noloop`]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await pages?.close();
  await sandbox?.close();
  await recognition?.close();
  rmSync(folder, { recursive: true, force: true });
});

const words = SENTENCE.split(' ').map((word, at) => ({
  word,
  punctuated_word: word,
  start: 1 + at * 0.3,
  end: 1.2 + at * 0.3,
  confidence: 0.99,
}));
const transcript = {
  metadata: { duration: 8, channels: 2 },
  results: {
    channels: [
      { alternatives: [{ transcript: SENTENCE, confidence: 0.99, words }] },
      { alternatives: [{ transcript: '', confidence: 0, words: [] }] },
    ],
    utterances: [{ start: 1, end: 2.6, confidence: 0.99, channel: 0, transcript: SENTENCE, words, id: 'u1' }],
  },
};

function hearOneSentence(socket: WebSocket): void {
  let heardBytes = 0;
  let isSaid = false;
  const info = (event: string, said: string) => {
    const now = heardBytes / 8_000;
    const heard =
      said === ''
        ? []
        : words.map((word, at) => ({ word: word.word, confidence: 0.99, start: now - 1 + at * 0.1, end: now - 0.9 + at * 0.1 }));
    const window = { audio_window_start: 0, audio_window_end: now };
    socket.send(
      JSON.stringify({
        type: 'TurnInfo',
        event,
        turn_index: isSaid && said === '' ? 1 : 0,
        ...window,
        transcript: said,
        words: heard,
        end_of_turn_confidence: 0.9,
      }),
    );
  };
  socket.send(JSON.stringify({ type: 'Connected', request_id: 'r1', sequence_id: 0 }));
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) return socket.close(1000);
    heardBytes += data.length;
    const isLoud = toPcm16(new Uint8Array(data)).some((sample) => Math.abs(sample) > 4_000);
    if (isLoud && !isSaid && heardBytes > 16_000) {
      info('EndOfTurn', SENTENCE);
      isSaid = true;
    } else if (heardBytes % 1_920 === 0) info('Update', '');
  });
}

async function openPanel(page: Page): Promise<void> {
  await page.goto(`${pages.origin}/lightning/`);
  await page.getByRole('button', { name: 'Live guidance' }).click();
}

/** Of the call that runs, as the card shows it: minutes and seconds. */
async function elapsedMs(page: Page): Promise<number> {
  const shown = /(\d+):(\d\d)/.exec((await page.locator('#live-panel c-ros-live-call').textContent()) ?? '');
  return shown ? (Number(shown[1]) * 60 + Number(shown[2])) * 1_000 : 0;
}

test('the microphone of the Lightning component reaches the recording and the transcript, over a cut line too', async () => {
  const page = await browser.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (line) => line.type() === 'error' && wrong.push(line.text()));
  const lines: { cut(): Promise<void> }[] = [];
  await page.routeWebSocket(/\/media\/browser\//, (line) => {
    const far = line.connectToServer();
    lines.push({ cut: () => Promise.all([far.close({ code: 1000 }), line.close({ code: 1012 })]).then(() => undefined) });
  });
  await openPanel(page);
  await page.getByRole('button', { name: 'Use this microphone' }).click();
  await page.getByText('Nothing is sent until they agree.').waitFor({ timeout: 15_000 });
  await expect.poll(() => page.locator('[role=meter]').getAttribute('aria-valuenow'), { timeout: 10_000 }).not.toBe('0');
  await page.locator('#live-panel').getByRole('button', { name: 'They agreed' }).click({ timeout: 15_000 });
  await page.getByText('Your microphone is heard.').waitFor({ timeout: 15_000 });
  await page.getByText(SENTENCE).first().waitFor({ timeout: 20_000 });
  await lines.at(-1)?.cut();
  await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(2);
  await page.getByText('Your microphone is heard.').waitFor({ timeout: 10_000 });
  // So much of it that it can be told from any other part of the sample call.
  await expect.poll(() => elapsedMs(page), { timeout: 30_000, interval: 500 }).toBeGreaterThan(14_000);
  await page.getByRole('button', { name: 'End the recording' }).click();
  await page.getByText('The recording has ended.').waitFor({ timeout: 15_000 });
  expect(wrong).toEqual([]);
  await page.close();

  await expect.poll(() => archived?.subarray(0, 4).toString(), { timeout: 20_000 }).toBe('RIFF');
  const audio = archived?.subarray(58) ?? Buffer.alloc(0);
  const side = (n: number) => toPcm16(Uint8Array.from({ length: audio.length / 2 }, (_, at) => audio[at * 2 + n] ?? 0xff));
  expect(likeness(side(0), spoken)).toBeGreaterThan(0.8);
  expect(side(1).some((sample) => Math.abs(sample) > 100)).toBe(false);
  // What was heard is what is understood: the promise stands in the conversation, word for word.
  const card = salesforceCard(sandbox);
  await expect
    .poll(async () => JSON.stringify(unwrap(await card.get(`/v1/record/deal/${cast.salesforce.opportunityId}/conversation`))), {
      timeout: 30_000,
      interval: 1_000,
    })
    .toContain(SENTENCE);
}, 120_000);

test('a microphone that is refused, by the org or by the person, is said in a sentence with our own page beside it', async () => {
  const strict = await openBrowser([...fake, '--use-fake-ui-for-media-stream=deny']);
  const page = await strict.newPage();
  await page.route('**/lightning/', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), 'permissions-policy': 'microphone=()' } });
  });
  await openPanel(page);
  await page.getByRole('button', { name: 'Use this microphone' }).click();
  await page.getByText('Your Salesforce org does not let its pages use the microphone.').waitFor({ timeout: 15_000 });

  await page.unroute('**/lightning/');
  await openPanel(page);
  await page.getByRole('button', { name: 'Use this microphone' }).click();
  await page.getByText('The browser does not give Salesforce the microphone.').waitFor({ timeout: 15_000 });
  const panel = page.locator('c-ros-microphone');
  await panel.getByRole('button', { name: 'Listen to a meeting' }).click();
  await panel.getByRole('link', { name: 'Open the listening page' }).waitFor({ timeout: 15_000 });
  await strict.close();
}, 60_000);
