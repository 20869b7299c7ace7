import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { dice } from '../sandbox/kit/dice.ts';
import { makeCalls } from '../sandbox/torture/calls.ts';
import { leastRequests, requestsByPath, requestsOf } from '../sandbox/torture/count-requests.ts';
import { onItsWay, openLedger } from '../sandbox/torture/ledger.ts';
import { handOver } from '../sandbox/torture/load.ts';
import { percentiles } from '../sandbox/torture/percentiles.ts';
import { openWorld } from '../sandbox/torture/world.ts';

/**
 * `npm run bench:pipeline -- --calls N --tenants T --per-second R`: calls with their words handed over at hang-up, no faults. Measures
 * hang-up → call, note and task in the CRM, and the CRM requests that took, on this machine with the twins beside it. One line of JSON last.
 */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '300' },
    tenants: { type: 'string', default: '10' },
    'per-second': { type: 'string', default: '5' },
  },
});
const say = (line: string) => process.stderr.write(`${line}\n`);
const calls = Number(values.calls);
const tenants = Number(values.tenants);
const giveUpMs = 120_000;

const world = await openWorld(tenants, Math.max(2, Math.ceil(calls / tenants / 3)), say);
try {
  const { sandbox, accounts } = world;
  const started = new Map<string, number>();
  const before = requestsOf(sandbox);
  const beganMs = Date.now();
  const all = makeCalls(accounts, calls, beganMs - 86_400_000);
  await handOver(sandbox.worker.origin, sandbox.publicUrl, all, Number(values['per-second']), dice(1), ({ call, startedMs }) => {
    started.set(call.id, startedMs);
    if (started.size % 50 === 0) say(`${started.size} calls handed over`);
  });
  const ledger = openLedger(sandbox.database.url);
  const leftOf = async () => {
    const left = await Promise.all(accounts.map((account) => ledger.open(account)));
    return left.reduce((sum, one) => sum + onItsWay(one), 0);
  };
  while ((await leftOf()) > 0 && Date.now() - beganMs < giveUpMs + (calls / Number(values['per-second'])) * 1_000) await pause(500);

  const lags: number[] = [];
  let least = 0;
  let lastMs = beganMs;
  for (const account of accounts) {
    const { changes } = await ledger.read(account);
    least += leastRequests(account.host, changes);
    const done = new Map<string, number>();
    for (const { callExternalId, kind, writtenMs } of changes)
      if (kind !== 'move-stage' && writtenMs !== null) done.set(callExternalId, Math.max(done.get(callExternalId) ?? 0, writtenMs));
    for (const [id, writtenMs] of done) {
      lags.push(writtenMs - (started.get(id) ?? writtenMs));
      lastMs = Math.max(lastMs, writtenMs);
    }
  }
  for (const [path, times] of requestsByPath(sandbox)) say(`${String(times).padStart(6)}  ${path}`);
  const requests = requestsOf(sandbox) - before;
  const { p50, p95 } = percentiles(lags);
  const figures = {
    hangupToCrmMs: { p50, p95 },
    callsPerMinute: Math.round((lags.length / Math.max(1, lastMs - beganMs)) * 60_000),
    crmRequestsPerCall: Math.round((requests / calls) * 100) / 100,
    crmRequestsMinimum: Math.round((least / calls) * 100) / 100,
    calls: lags.length,
    database: world.database,
  };
  process.exitCode = lags.length === calls ? 0 : 1;
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  await world.close();
}
