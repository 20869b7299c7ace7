import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { unwrap } from '../sandbox/ask.ts';
import { startSandbox } from '../sandbox/start.ts';
import type { LiveView } from '../shared/contracts/view.ts';
import { openRecogniser } from './live/recogniser.ts';
import { type RigCall, startCall, wallMs } from './live/rig.ts';
import { workerUse } from './live/worker-use.ts';

/**
 * `npm run bench:poll [-- --reps 100 --seconds 20 --awayMs 100]`: so many reps of one HubSpot portal look at their running calls as the server
 * tells them to; each question takes `awayMs` longer than here, because HubSpot carries it. Says how many questions were under way at once:
 * HubSpot allows a portal's app twenty. One line of JSON last on stdout.
 */
const { values } = parseArgs({
  options: {
    reps: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '20' },
    awayMs: { type: 'string', default: '100' },
  },
});
const [reps, seconds, awayMs] = [Number(values.reps), Number(values.seconds), Number(values.awayMs)];
if (!(reps >= 1 && seconds >= 1 && awayMs >= 0)) {
  process.stderr.write('--reps and --seconds take a number of at least 1, --awayMs one of at least 0.\n');
  process.exit(2);
}
const say = (line: string) => process.stderr.write(`${line}\n`);
const WARM_MS = 4_000;

const recogniser = await openRecogniser();
const keys = { DEEPGRAM_API: recogniser.origin };
const sandbox = await startSandbox({ port: 0, speed: 1, keys, keepTwins: false, say: (line) => say(`  ${line}`) });
try {
  const calls: RigCall[] = [];
  while (calls.length < reps) calls.push(await startCall(sandbox, calls.length, 'hubspot'));
  say(`${reps} calls ring`);
  const began = wallMs();
  const endsAt = began + WARM_MS + seconds * 1_000;
  const [atOnce, tookMs, pollMs]: [number[], number[], number[]] = [[], [], []];
  let underWay = 0;
  let refused = 0;
  const look = async (call: RigCall, since: number): Promise<LiveView> => {
    underWay += 1;
    const at = wallMs();
    const isWarm = at - began > WARM_MS;
    if (isWarm) atOnce.push(underWay);
    try {
      const answer = await call.card.get(`/v1/calls/${call.ringing.callId}/live?since=${since}`);
      await pause(awayMs);
      if (isWarm) tookMs.push(wallMs() - at);
      return unwrap<LiveView>(answer);
    } finally {
      underWay -= 1;
    }
  };
  const follow = async (call: RigCall, n: number): Promise<void> => {
    // People open their records in their own time.
    await pause((n * 700) / reps);
    for (let since = -1; wallMs() < endsAt; ) {
      const view = await look(call, since).catch(() => undefined);
      if (!view) refused += 1;
      if (view?.state === 'ended') return;
      since = view?.seq ?? since;
      const waitMs = view?.pollMs ?? 1_000;
      pollMs.push(waitMs);
      await pause(waitMs);
    }
  };
  // Every call's line goes on, as slowly as it may.
  const keeping = setInterval(() => calls.forEach((call) => void call.frame()), 2_000);
  await Promise.all(calls.map(follow));
  clearInterval(keeping);
  for (const call of calls) call.hangUp();
  const sorted = atOnce.toSorted((one, other) => one - other);
  const times = tookMs.toSorted((one, other) => one - other);
  const figures = {
    reps,
    awayMs,
    questions: atOnce.length,
    perSecond: Math.round(atOnce.length / seconds),
    atOnce: { p50: rank(sorted, 0.5), p99: rank(sorted, 0.99), max: sorted.at(-1) ?? 0 },
    tookMs: { p50: Math.round(rank(times, 0.5)), p95: Math.round(rank(times, 0.95)) },
    pollMs: pollMs.at(-1) ?? 0,
    refused,
    rssMb: workerUse().rssMb,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  await sandbox.close();
  await recogniser.close();
}

function rank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
