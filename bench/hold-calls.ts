import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openBooks } from '../sandbox/capture/books.ts';
import { readArchive } from '../sandbox/capture/read-archive.ts';
import { type RanCall, runCall } from '../sandbox/capture/run-call.ts';
import { channelOf, keptFrames } from '../sandbox/capture/talk.ts';
import { cast } from '../sandbox/cast.ts';
import { sampleCall } from '../sandbox/sample-call/read.ts';
import { startSandbox } from '../sandbox/start.ts';

/**
 * `npm run bench:hold -- --calls 150`: so many telephone calls at once, both tracks, a frame every 20 ms, as fast as people talk. What comes
 * over the line alone counts: the network's own recording, which would fill gaps, is switched off. With `--minutes 30` one call follows the
 * other on each of so many lines until then, which shows what memory does. Says what was kept, how the Worker's memory grew (medians of
 * quarters of the time, MB), and how late the machine that plays the vendors was itself.
 */
const { values } = parseArgs({ options: { calls: { type: 'string', default: '150' }, minutes: { type: 'string', default: '0' } } });
const calls = Number(values.calls);
const minutes = Number(values.minutes);
if (!(calls >= 1 && minutes >= 0)) {
  process.stderr.write('--calls takes a number of at least 1, --minutes one of at least 0.\n');
  process.exit(2);
}
const SAMPLED = 20;
const say = (line: string) => process.stderr.write(`${line}\n`);

const stateDir = mkdtempSync(join(tmpdir(), 'hold-'));
const sandbox = await startSandbox({ port: 0, speed: 1, stateDir, keepTwins: false, streamsMax: calls * 2 + 10, say });
const rss = (): { worker: number; cpuS: number } => {
  const mine = execFileSync('ps', ['-A', '-o', 'ppid=,rss=,cputimes=,comm='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([parent, , , name]) => Number(parent) === process.pid && name?.endsWith('workerd'));
  return {
    worker: Math.round(mine.reduce((sum, [, kb]) => sum + Number(kb), 0) / 1_024),
    cpuS: mine.reduce((sum, [, , cpu]) => sum + Number(cpu), 0),
  };
};

try {
  const sample = sampleCall();
  const books = await openBooks(sandbox.database.url, 'hubspot', String(cast.hubspot.portalId));
  sandbox.twilio.faults.restDown();
  const delay = monitorEventLoopDelay({ resolution: 10 });
  const before = { ...rss(), own: process.cpuUsage(), at: Date.now() };
  const ran: RanCall[] = [];
  const memory: number[] = [];
  const fate = { consent: 'granted', loses: 0, repeats: 0, disorders: 0, dice: () => 0.5 } as const;
  const running = Promise.all(
    Array.from({ length: calls }, async (_, n) => {
      // Calls begin one after the other: all of them at once would measure the start alone.
      await pause(n * 100);
      do ran.push(await runCall(sandbox, books, sample, fate));
      while (Date.now() - before.at < minutes * 60_000);
    }),
  );
  let isOver = false;
  running.finally(() => {
    isOver = true;
  });
  delay.enable();
  while (!isOver) {
    await pause(5_000);
    memory.push(rss().worker);
    say(`workerd ${memory.at(-1)} MB, own delay p99 ${Math.round(delay.percentile(99) / 1e6)} ms`);
  }
  await running;
  delay.disable();
  const after = { ...rss(), own: process.cpuUsage(before.own), at: Date.now() };
  await pause(5_000);
  const master = Buffer.from((JSON.parse(readFileSync(join(stateDir, 'secrets.json'), 'utf8')) as { sealKey: string }).sealKey, 'base64');
  const keys = await books.keys();
  let [all, kept, missing] = [0, 0, 0];
  const step = Math.max(1, Math.floor(ran.length / SAMPLED));
  for (const { talk, callSid, takenMs, streamsFromMs = 0 } of ran.filter((_, n) => n % step === 0)) {
    const call = await books.callOf(callSid);
    const stored = call?.audioKey ? await sandbox.worker.stored(call.audioKey) : null;
    if (!stored || !call?.audioKey || takenMs === undefined) {
      missing += 1;
      continue;
    }
    const file = readArchive(master, books.tenantId, keys, call.audioKey, stored);
    for (const [channel, track] of [
      [0, talk.tracks.outbound],
      [1, talk.tracks.inbound],
    ] as const) {
      const frames = keptFrames(track.subarray(streamsFromMs * 8), channelOf(file, channel), takenMs + 100 - streamsFromMs, {
        reachMs: 60,
        offsetMs: 60,
      });
      all += frames.all;
      kept += frames.kept;
    }
  }
  const seconds = (after.at - before.at) / 1_000;
  const quarters = Array.from({ length: 4 }, (_, at) => median(memory.slice((memory.length * at) / 4, (memory.length * (at + 1)) / 4)));
  const figures = {
    calls,
    ran: ran.length,
    secondsKept: Math.floor((kept / Math.max(1, all)) * 100_000) / 100_000,
    withoutRecording: missing,
    workerMb: { before: before.worker, most: Math.max(...memory), after: after.worker, quarters },
    workerCpu: Math.round(((after.cpuS - before.cpuS) / seconds) * 100) / 100,
    vendorsCpu: Math.round(((after.own.user + after.own.system) / 1e6 / seconds) * 100) / 100,
    vendorsDelayP99Ms: Math.round(delay.percentile(99) / 1e6),
    seconds: Math.round(seconds),
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  await sandbox.close();
  rmSync(stateDir, { recursive: true, force: true });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
