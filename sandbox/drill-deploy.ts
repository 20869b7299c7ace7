import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openAccounts } from './drill/accounts.ts';
import { judge } from './drill/judge.ts';
import { liveActivities, startCall } from './drill/live-call.ts';
import { untilSettled } from './drill/settle.ts';
import { bundleWorker } from './host.ts';
import { dice } from './kit/dice.ts';
import { startSandbox } from './start.ts';
import { makeCalls } from './torture/calls.ts';
import { handOver } from './torture/load.ts';

/**
 * `npm run drill:deploy`: telephone calls run and diallers hand calls over while another build of the Worker takes its place, and then the
 * first one again. Every call stands in its CRM once. Progress on stderr, one line of JSON last.
 */
const handedOver = 24;
const perSecond = 1;
/** By then the price was talked about, so a note in the CRM shows that what was heard before the deploy is kept. */
const talkMs = 8_000;
const startedMs = Date.now();
const say = (line: string) => process.stderr.write(`${String(Math.round((Date.now() - startedMs) / 1_000)).padStart(3)} s  ${line}\n`);

async function run(stateDir: string): Promise<Record<string, unknown>> {
  say('building two versions');
  const [plain, minified] = [await bundleWorker('plain'), await bundleWorker('minified')];
  if (plain === minified) throw new Error('Both versions are the same: nothing would be proven.');
  const sandbox = await startSandbox({ port: 0, speed: 6, stateDir, say: (line) => say(`  ${line}`) });
  try {
    const accounts = await openAccounts(sandbox);
    const before = accounts.map((account) => liveActivities(sandbox, account));
    const all = makeCalls(accounts, handedOver, Date.now() - 7 * 86_400_000);
    const handing = handOver(sandbox.worker.origin, sandbox.publicUrl, all, perSecond, dice(1), () => undefined);

    const running = [];
    for (const [n, build] of (['minified', 'plain'] as const).entries()) {
      const account = accounts[n];
      if (!account) throw new Error('There is no such account.');
      running.push(await startCall(sandbox, account));
      say(`a call runs in ${account.host}`);
      await pause(talkMs);
      const fromMs = Date.now();
      await sandbox.worker.deploy(build);
      say(`${n === 0 ? 'deployed' : 'rolled back'} in ${Date.now() - fromMs} ms, with it and others in flight`);
      await pause(1_000);
    }
    await Promise.all(running.map(({ over }) => over));
    await handing;
    say('all calls are over');
    await untilSettled(sandbox, accounts, 75_000);

    const { lost, duplicated, examples } = judge(sandbox, accounts, all);
    const live = { lost: 0, duplicated: 0 };
    for (const [n, account] of accounts.entries()) {
      const now = liveActivities(sandbox, account);
      const made = (kind: 'call' | 'note') => now[kind].filter((id) => !before[n]?.[kind].includes(id)).length;
      say(`${account.host}: ${made('call')} call, ${made('note')} note of the telephone call`);
      if (made('call') === 0 || made('note') === 0) live.lost += 1;
      if (made('call') > 1 || made('note') > 1) live.duplicated += 1;
    }
    for (const line of examples) say(line);
    const figures = { calls: all.length + running.length, lost: lost + live.lost, duplicated: duplicated + live.duplicated };
    return { ok: figures.lost === 0 && figures.duplicated === 0, ...figures };
  } finally {
    await sandbox.close();
  }
}

const stateDir = mkdtempSync(join(tmpdir(), 'drill-deploy-'));
try {
  const outcome = await run(stateDir);
  process.stdout.write(`${JSON.stringify({ ...outcome, seconds: Math.round((Date.now() - startedMs) / 1_000) })}\n`);
  process.exitCode = outcome['ok'] === true ? 0 : 1;
} catch (error) {
  process.stdout.write(`${JSON.stringify({ ok: false, why: error instanceof Error ? error.message : 'unknown' })}\n`);
  process.exitCode = 1;
} finally {
  rmSync(stateDir, { recursive: true, force: true });
}
