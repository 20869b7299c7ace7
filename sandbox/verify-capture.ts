import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Books, openBooks } from './capture/books.ts';
import { readArchive } from './capture/read-archive.ts';
import { again, type Fate, type RanCall, runCall } from './capture/run-call.ts';
import { channelOf, keptFrames, secretBytes, wordsLost } from './capture/talk.ts';
import { cast } from './cast.ts';
import { bundleWorker } from './host.ts';
import { dice } from './kit/dice.ts';
import { findPostgres, startCluster } from './postgres/cluster.ts';
import { sampleCall } from './sample-call/read.ts';
import { type Sandbox, startSandbox } from './start.ts';
import { killWorkers } from './torture/havoc.ts';

/**
 * `npm run verify:capture -- --calls N --seed S`: N telephone calls with the real Worker while frames are lost, doubled and shuffled,
 * sockets break, the Worker is killed and replaced, and the speech vendor is away for 30 s. Opens what was kept and compares it with what
 * was said. `--naive` takes the telephone network's own recording away, and must be caught. Progress on stderr, one line of JSON last.
 */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '20' },
    kills: { type: 'string' },
    'outage-s': { type: 'string', default: '30' },
    naive: { type: 'boolean', default: false },
  },
});
const number = (text: string, name: string, least: number): number => {
  const read = Number(text);
  if (Number.isFinite(read) && read >= least) return read;
  process.stderr.write(`--${name} takes a number of at least ${least}, not “${text}”.\n`);
  process.exit(2);
};
const calls = number(values.calls, 'calls', 1);
const seed = number(values.seed, 'seed', 0);
const atOnce = number(values['at-once'], 'at-once', 1);
const kills = values.kills === undefined ? Math.max(1, Math.round(calls / 20)) : number(values.kills, 'kills', 0);
const outageMs = number(values['outage-s'], 'outage-s', 0) * 1_000;

/** How far from its time a frame may stand after a break: a clock that is asked over the network, by a Worker that just began, knows no better. */
const REACH_MS = 250;
/** How far off a whole call may stand: its beginning is known from a clock alone where the Worker died before anything could be kept. */
const OFFSET_MS = 2_000;
/** Who answers whom has to stay readable. */
const SIDES_APART_MS = 100;
const FRAMES_A_SECOND = 50;
const SETTLE_MS = 360_000;
const startedMs = Date.now();
const seconds = () => Math.round((Date.now() - startedMs) / 1_000);
const say = (line: string) => process.stderr.write(`${String(seconds()).padStart(4)} s  ${line}\n`);
const sample = sampleCall();

function fateOf(n: number, random: () => number): Fate {
  const between = (from: number, to: number) => from + random() * (to - from);
  const [cut, stall, cutAtMs, stallAtMs] = [random(), random(), between(10_000, 70_000), between(10_000, 70_000)];
  return {
    // Some are never asked, and some say no.
    consent: n % 10 === 9 ? 'none' : n % 20 === 8 ? 'refused' : 'granted',
    loses: 0.05,
    repeats: 0.02,
    disorders: 0.03,
    ...(cut < 0.4 ? { cutAtMs } : {}),
    ...(stall < 0.3 ? { stallAtMs } : {}),
    dice: dice(seed * 10_000 + n),
  };
}

let spilled = 0;
async function run(sandbox: Sandbox, stateDir: string): Promise<Record<string, unknown>> {
  const books = await openBooks(sandbox.database.url, 'hubspot', String(cast.hubspot.portalId));
  if (values.naive) sandbox.twilio.faults.restDown();
  const random = dice(seed);
  const fates = Array.from({ length: calls }, (_, n) => fateOf(n, random));
  const lengthMs = sample.durationMs + 7_000;
  const overMs = Math.ceil(calls / atOnce) * lengthMs * 0.9;
  say(`${calls} calls, ${atOnce} at once, ${kills} kills, speech away for ${outageMs / 1_000} s`);

  const ran: RanCall[] = [];
  const queue = [...fates];
  const hands = Array.from({ length: atOnce }, async (_, hand) => {
    await pause((hand * lengthMs) / atOnce);
    for (let fate = queue.shift(); fate; fate = queue.shift()) {
      // Nobody can ring where nobody answers: the network plays its own message then, and the customer calls again.
      await again(
        async () => ((await fetch(`${sandbox.worker.origin}/healthz`, { signal: AbortSignal.timeout(1_000) })).ok ? true : null),
        30_000,
      );
      let one = await runCall(sandbox, books, sample, fate);
      for (let tries = 0; one.callId === undefined && tries < 5; tries++) {
        await pause(1_000);
        one = await runCall(sandbox, books, sample, fate);
      }
      ran.push(one);
      if (ran.length % Math.ceil(calls / 10) === 0) say(`${ran.length} calls are over`);
    }
  });
  const killing = kills > 0 ? killWorkers({ sandbox }, kills, overMs, dice(seed + 1), say) : undefined;
  const breaking = (async () => {
    await pause(overMs * 0.45);
    if (outageMs > 0) say('the speech vendor is away');
    sandbox.deepgram.faults.outage(outageMs > 0);
    sandbox.deepgram.drop();
    await pause(outageMs);
    sandbox.deepgram.faults.outage(false);
    await pause(overMs * 0.05);
    // All objects leave memory at once, and all sockets break.
    await sandbox.worker.deploy('minified');
    say('the Worker was replaced');
  })();
  await Promise.all([...hands, killing, breaking]);
  say('all calls are over');
  await untilHeard(sandbox, books, ran);
  return judge(sandbox, books, ran, stateDir);
}

/** Every call has its transcript, or the time is over. */
async function untilHeard(sandbox: Sandbox, books: Books, ran: readonly RanCall[]): Promise<void> {
  const endsAt = Date.now() + SETTLE_MS;
  let tickedMs = 0;
  for (;;) {
    const open: string[] = [];
    for (const { callSid } of ran) {
      const call = await books.callOf(callSid);
      if (call && (call.status === 'live' || call.status === 'ended')) open.push(`${call.status}/${call.tries}`);
    }
    if (open.length === 0 || Date.now() > endsAt) return;
    say(`${open.length} calls have no transcript yet: ${[...new Set(open)].join(' ')}`);
    if (Date.now() - tickedMs > 30_000) {
      tickedMs = Date.now();
      await sandbox.worker.tick().catch(() => undefined);
    }
    await pause(3_000);
  }
}

async function judge(sandbox: Sandbox, books: Books, ran: readonly RanCall[], stateDir: string): Promise<Record<string, unknown>> {
  const master = Buffer.from((JSON.parse(readFileSync(join(stateDir, 'secrets.json'), 'utf8')) as { sealKey: string }).sealKey, 'base64');
  const keys = await books.keys();
  const total = { all: 0, kept: 0, lost: 0, words: 0, caught: 0, before: spilled, unsealed: 0, worst: 1, shiftMs: 0, offMs: 0, apartMs: 0 };
  for (const [n, { fate, talk, callSid, takenMs, askedMs, streamsFromMs = 0 }] of ran.entries()) {
    const call = await books.callOf(callSid);
    if (call) total.caught += 1;
    else say(`call ${n} was not caught`);
    const stored = call?.audioKey ? await sandbox.worker.stored(call.audioKey) : null;
    if (fate.consent !== 'granted' || takenMs === undefined || askedMs === undefined) {
      if (stored) total.before += stored.length;
      continue;
    }
    if (stored && Buffer.from(stored).subarray(0, 4).toString() === 'RIFF') total.unsealed += 1;
    const file = stored && call?.audioKey ? readArchive(master, books.tenantId, keys, call.audioKey, stored) : new Uint8Array(58);
    const mine = { all: 0, kept: 0, offs: [] as number[], lost: [] as string[] };
    for (const [channel, side, track] of [
      [0, 'rep', talk.tracks.outbound],
      [1, 'customer', talk.tracks.inbound],
    ] as const) {
      const kept = channelOf(file, channel);
      total.before += secretBytes(kept);
      const frames = keptFrames(track.subarray(streamsFromMs * 8), kept, takenMs - streamsFromMs, {
        reachMs: REACH_MS,
        offsetMs: OFFSET_MS,
      });
      mine.all += frames.all;
      mine.kept += frames.kept;
      total.shiftMs = Math.max(total.shiftMs, frames.shiftMs);
      mine.offs.push(frames.offMs);
      const known = sample.tracks[side].turns.flatMap(({ words }) => words).filter(({ startMs }) => startMs + talk.shiftMs >= takenMs);
      const lost = wordsLost(
        known.map(({ text }) => text),
        call ? await books.wordsOf(call.id, side) : [],
      );
      total.words += known.length;
      mine.lost.push(...lost);
    }
    const [rep = 0, customer = 0] = mine.offs;
    const offMs = Math.max(Math.abs(rep), Math.abs(customer));
    total.offMs = Math.max(total.offMs, offMs);
    total.apartMs = Math.max(total.apartMs, Math.abs(rep - customer));
    total.all += mine.all;
    total.kept += mine.kept;
    total.lost += mine.lost.length;
    total.worst = Math.min(total.worst, mine.kept / Math.max(1, mine.all));
    if (mine.kept < mine.all || mine.lost.length > 0 || offMs > REACH_MS)
      say(
        `call ${n}: ${mine.all - mine.kept} of ${mine.all} frames and ${mine.lost.length} words lost, ${Math.round(offMs)} ms off; cut ${Math.round(fate.cutAtMs ?? 0)}, stall ${Math.round(fate.stallAtMs ?? 0)}, ${call?.status} ${call?.trouble ?? ''}, ${stored?.length ?? 'no'} bytes under ${call?.audioKey ?? 'no key'}`,
      );
  }
  return {
    calls: ran.length,
    secondsKept: Math.floor((total.kept / Math.max(1, total.all)) * 100_000) / 100_000,
    finalWordsLost: total.lost,
    bytesBeforeConsent: total.before,
    caughtShare: total.caught / Math.max(1, ran.length),
    farthestMs: Math.round(total.shiftMs),
    /** Whole calls, and one side against the other. */
    offMs: Math.round(total.offMs),
    sidesApartMs: Math.round(total.apartMs),
    worstCall: Math.floor(total.worst * 10_000) / 10_000,
    consentedSeconds: Math.round(total.all / FRAMES_A_SECOND),
    words: total.words,
    unsealed: total.unsealed,
    kills,
  };
}

// Made beforehand: the calls do not wait for it.
await bundleWorker('minified');
const stateDir = mkdtempSync(join(tmpdir(), 'capture-'));
const bin = findPostgres();
const cluster = bin ? await startCluster(bin) : null;
let figures: Record<string, unknown>;
try {
  const sandbox = await startSandbox({
    port: 0,
    speed: 1,
    stateDir,
    keepTwins: false,
    ...(cluster ? { pgUrl: cluster.url } : {}),
    taste: (audio) => {
      spilled += secretBytes(audio);
    },
    say: (line) => say(`  ${line}`),
  });
  try {
    figures = await run(sandbox, stateDir);
  } finally {
    await sandbox.close();
  }
} finally {
  await cluster?.close();
  rmSync(stateDir, { recursive: true, force: true });
}
const isGood =
  Number(figures['secondsKept']) >= 0.995 &&
  figures['finalWordsLost'] === 0 &&
  figures['bytesBeforeConsent'] === 0 &&
  figures['caughtShare'] === 1 &&
  figures['unsealed'] === 0 &&
  Number(figures['sidesApartMs']) <= SIDES_APART_MS;
process.stdout.write(`${JSON.stringify({ ...figures, ok: isGood, seed, seconds: seconds() })}\n`);
process.exitCode = isGood ? 0 : 1;
