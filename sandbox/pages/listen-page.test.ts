import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toPcm16 } from '../../shared/capture/mulaw.ts';
import type { LiveView } from '../../shared/contracts/view.ts';
import { hubspotCard, requestId, unwrap } from '../ask.ts';
import { cast } from '../cast.ts';
import { openBrowser } from '../kit/browser.ts';
import { type Served, serve } from '../kit/serve.ts';
import { sampleCall } from '../sample-call/read.ts';
import { type Sandbox, startSandbox } from '../start.ts';
import { envelope, FRAME, likeness, wavAt48k } from './sound-alike.ts';

// The page that ships, in Chromium, on the Worker that ships. A file speaks into the microphone; Chromium would let it speak in the tab
// too, so the tab's sound is made in the page. Recordings lie sealed: what recognition is sent of one is what the archive holds.
const folder = mkdtempSync(join(tmpdir(), 'listen-'));
const repPcm = toPcm16(sampleCall().tracks.rep.audio);
let archived: Buffer | undefined;
let recognition: Served;
let sandbox: Sandbox;
let browser: Browser;
const fake = ['--use-fake-device-for-media-stream'];

beforeAll(async () => {
  const spoken = join(folder, 'rep.wav');
  writeFileSync(spoken, wavAt48k(repPcm));
  recognition = await serve(
    async (request) => {
      if (new URL(request.url).pathname === '/v1/listen') archived = Buffer.from(await request.arrayBuffer());
      return new Response('{}', { status: 400 });
    },
    { vendor: 'recognition', port: 0 },
  );
  sandbox = await startSandbox({ port: 0, speed: 1, keys: { DEEPGRAM_API: recognition.origin } });
  browser = await openBrowser([...fake, '--use-fake-ui-for-media-stream', `--use-file-for-fake-audio-capture=${spoken}%noloop`]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
  await recognition?.close();
  rmSync(folder, { recursive: true, force: true });
});

const card = () => hubspotCard(sandbox);
async function start(): Promise<{ callId: string; url: string }> {
  return unwrap(await card().post(`/v1/record/deal/${cast.hubspot.dealId}/listen`, { requestId: requestId() })) as {
    callId: string;
    url: string;
  };
}

/** Runs in the page: a tab that hums at 440 Hz, or shares its picture alone. */
function shareTab(isSounding: boolean): void {
  navigator.mediaDevices.getDisplayMedia = async () => {
    const picture = document.createElement('canvas');
    picture.getContext('2d');
    const shared = picture.captureStream(1);
    if (!isSounding) return shared;
    const clock = new AudioContext();
    const hum = new OscillatorNode(clock, { frequency: 440 });
    const out = clock.createMediaStreamDestination();
    hum.connect(new GainNode(clock, { gain: 0.3 })).connect(out);
    hum.start();
    return new MediaStream([...shared.getVideoTracks(), ...out.stream.getAudioTracks()]);
  };
}

test('the rep’s microphone and the meeting’s tab reach the recording, each on its side, and nothing from before the yes', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (line) => line.type() === 'error' && wrong.push(line.text()));
  await page.addInitScript(shareTab, true);

  const { callId, url } = await start();
  await page.goto(url);
  await page.getByText('Connected.').waitFor({ timeout: 10_000 });
  expect(new URL(page.url()).hash).toBe('');
  await page.getByRole('button', { name: 'Share the meeting’s tab' }).click();
  await page.getByText('The tab’s sound is on.').waitFor({ timeout: 10_000 });
  await page.getByRole('button', { name: 'They agreed' }).click();
  await page.getByText('They agreed. The conversation is being recorded.').waitFor();
  await page.getByRole('button', { name: 'Use my microphone' }).click();
  await page.getByText('Your microphone is on.').waitFor({ timeout: 10_000 });
  await expect
    .poll(() => page.locator('#rep-level').evaluate((meter: HTMLMeterElement) => meter.value), { timeout: 10_000 })
    .toBeGreaterThan(0.2);
  expect(await page.getByLabel('Microphone').locator('option').count()).toBeGreaterThan(0);
  await expect.poll(() => elapsedMs(callId), { timeout: 20_000, interval: 500 }).toBeGreaterThan(12_000);

  // A page loaded anew goes on with the same call; its first ticket is long used up.
  await page.reload();
  await page.getByText('Connected.').waitFor({ timeout: 10_000 });
  await page.getByText('They agreed. The conversation is being recorded.').waitFor();
  await page.getByRole('button', { name: 'End the recording' }).click();
  await page.getByText('This call has ended.').waitFor({ timeout: 10_000 });
  expect(wrong).toEqual([]);
  await context.close();

  const [rep, customer] = await recorded();
  expect(likeness(rep, repPcm)).toBeGreaterThan(0.8);
  expect(tone(customer)).toBeGreaterThan(0.9);
}, 60_000);

test('what is missing is said in a sentence with what to do: no microphone allowed, a tab without sound, a used-up ticket', async () => {
  const strict = await openBrowser([...fake, '--use-fake-ui-for-media-stream=deny']);
  const page = await strict.newPage();
  const { url } = await start();
  await page.goto(url);
  await page.getByText('Connected.').waitFor({ timeout: 10_000 });
  await page.getByRole('button', { name: 'Use my microphone' }).click();
  await page.getByText('The browser does not give us the microphone.').waitFor({ timeout: 10_000 });
  await page.getByRole('button', { name: 'Share the meeting’s tab' }).click();
  await page.getByText('No tab was shared, so only you are heard.').waitFor({ timeout: 10_000 });
  await page.evaluate(shareTab, false);
  await page.getByRole('button', { name: 'Share the meeting’s tab' }).click();
  await page.getByText('The tab was shared without its sound.').waitFor({ timeout: 10_000 });

  // Whoever opens the same address elsewhere gets nothing, and the first window keeps its call.
  const other = await strict.newContext();
  const second = await other.newPage();
  await second.goto(url);
  await second.getByText('Open it again from the record.').waitFor({ timeout: 10_000 });
  await other.close();
  await page.getByRole('button', { name: 'They refused' }).click();
  await page.getByText('They refused. Nothing is recorded.').waitFor();
  await page.getByRole('button', { name: 'End the recording' }).click();
  await page.getByText('This call has ended.').waitFor();
  await strict.close();
}, 60_000);

async function elapsedMs(callId: string): Promise<number> {
  const view = unwrap(await card().get(`/v1/calls/${callId}/live?since=-1`)) as LiveView;
  return view.state === 'live' ? view.elapsedMs : 0;
}

/** Both sides of the one recording in the archive, 16-bit. */
async function recorded(): Promise<[Int16Array, Int16Array]> {
  await expect.poll(() => archived?.subarray(0, 4).toString(), { timeout: 15_000 }).toBe('RIFF');
  const audio = archived?.subarray(58) ?? Buffer.alloc(0);
  const side = (n: number) => toPcm16(Uint8Array.from({ length: audio.length / 2 }, (_, at) => audio[at * 2 + n] ?? 0xff));
  return [side(0), side(1)];
}

/** The share of a second's loudness that is a hum of 440 Hz, in the middle of what was heard. */
function tone(pcm: Int16Array): number {
  const loud = envelope(pcm).findIndex((level) => level > 3) * FRAME;
  const second = pcm.subarray(loud + 8_000, loud + 16_000);
  let [re, im, all] = [0, 0, 0];
  for (const [at, sample] of second.entries()) {
    re += sample * Math.cos((2 * Math.PI * 440 * at) / 8_000);
    im += sample * Math.sin((2 * Math.PI * 440 * at) / 8_000);
    all += sample * sample;
  }
  return (2 * (re * re + im * im)) / second.length / (all || 1);
}
