import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { dice } from './kit/dice.ts';
import { stages as salesforceStages } from './salesforce/objects.ts';
import { makeCalls } from './torture/calls.ts';
import { check, type Verdict } from './torture/check.ts';
import { leastRequests, requestsByPath, requestsOf } from './torture/count-requests.ts';
import { breakCrms, type HumanEdit, killWorkers, stopDatabase, workByHand } from './torture/havoc.ts';
import { onItsWay, openLedger } from './torture/ledger.ts';
import { handOver, type Sent } from './torture/load.ts';
import { writeNaively } from './torture/naive.ts';
import { percentiles } from './torture/percentiles.ts';
import { readCrm } from './torture/read-crm.ts';
import { openWorld, type World } from './torture/world.ts';

/**
 * `npm run torture -- --calls N --tenants T --faults 0.3 --kills K --seed S`: N calls handed over to the real Worker for T customers on
 * two CRMs that fail, while the Worker is killed K times, the database loses power once and people work in the CRM. Reads the CRMs back
 * and compares. `--naive` writes without any of our care, and must be caught. Progress on stderr, one line of JSON last.
 */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '500' },
    tenants: { type: 'string', default: '20' },
    faults: { type: 'string', default: '0.3' },
    kills: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '12' },
    'per-second': { type: 'string', default: '25' },
    'database-down-s': { type: 'string' },
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
const tenants = number(values.tenants, 'tenants', 2);
const share = number(values.faults, 'faults', 0);
const kills = number(values.kills, 'kills', 0);
const seed = number(values.seed, 'seed', 0);
const minutes = number(values.minutes, 'minutes', 1);
const perSecond = number(values['per-second'], 'per-second', 1);
const loadMs = (calls / perSecond) * 1_000;
const downS =
  values['database-down-s'] === undefined
    ? Math.min(60, Math.round(loadMs / 5_000))
    : number(values['database-down-s'], 'database-down-s', 0);

const startedMs = Date.now();
const endsMs = startedMs + minutes * 60_000;
const seconds = () => Math.round((Date.now() - startedMs) / 1_000);
const say = (line: string) => process.stderr.write(`${String(seconds()).padStart(4)} s  ${line}\n`);
const pipelines = {
  hubspot: ['appointmentscheduled', 'qualifiedtobuy', 'presentationscheduled', 'decisionmakerboughtin', 'contractsent'],
  salesforce: salesforceStages.map(([name]) => name),
};

async function run(world: World): Promise<Record<string, unknown>> {
  const random = dice(seed);
  const { sandbox, accounts } = world;
  const before = requestsOf(sandbox);
  if (share > 0) breakCrms(world, share, seed);
  const all = makeCalls(accounts, calls, Date.now() - 7 * 86_400_000);
  if (values.naive) {
    const hubspotOnly = all.filter(({ account }) => account.host === 'hubspot');
    const finals = await writeNaively(world, hubspotOnly);
    await sandbox.hubspot.settleLate();
    return { ...judge(world, hubspotOnly, [], new Set(), finals) };
  }

  say(
    `${calls} calls of ${tenants} customers, ${Math.round(share * 100)} % faults, ${kills} kills, database down for ${downS} s, on ${world.database}`,
  );
  const sent: Sent[] = [];
  let again = 0;
  const loading = handOver(sandbox.worker.origin, sandbox.publicUrl, all, perSecond, random, (one, tries) => {
    sent.push(one);
    if (tries > 1) again += 1;
    if (sent.length % Math.ceil(calls / 10) === 0) say(`${sent.length} calls handed over`);
  });
  const killing = killWorkers(world, kills, Math.max(20_000, loadMs * 1.1), dice(seed + 1), say);
  const stopping = downS > 0 ? stopDatabase(world, loadMs / 3, downS * 1_000, say) : undefined;
  const clock = setInterval(() => void sandbox.worker.tick().catch(() => undefined), 60_000);
  const working = workByHand(world, Math.ceil(calls / 50), loadMs, dice(seed + 2));
  await loading;
  say('all calls handed over');
  const [recovery, , edits] = await Promise.all([killing, stopping, working]);
  clearInterval(clock);
  const open = await untilSettled(world, sent.length);
  await Promise.all([sandbox.hubspot.settleLate(), sandbox.salesforce.settleLate()]);
  say('reading both CRMs back');

  const ledger = openLedger(sandbox.database.url);
  const parked = new Set<string>();
  const finals = new Map<string, string>();
  const byState: Record<string, number> = {};
  const lags: number[] = [];
  const started = new Map(sent.map(({ call, startedMs: ms }) => [call.id, ms]));
  let minimum = 0;
  let failed = 0;
  for (const account of accounts) {
    const read = await ledger.read(account);
    failed += read.failed;
    minimum += leastRequests(account.host, read.changes);
    for (const change of read.changes) {
      byState[change.state] = (byState[change.state] ?? 0) + 1;
      const kind = change.kind === 'log-call' ? 'call' : change.kind === 'add-task' ? 'task' : change.kind;
      if (change.state === 'parked') parked.add(`${change.callExternalId}/${kind}`);
      if (change.kind === 'move-stage' && change.state === 'written' && change.to !== null)
        finals.set(`${account.n}/${change.recordId}`, change.to);
      const from = started.get(change.callExternalId);
      if (change.kind === 'log-call' && change.writtenMs !== null && from !== undefined) lags.push(change.writtenMs - from);
    }
  }
  for (const [path, times] of requestsByPath(sandbox)) say(`${String(times).padStart(6)}  ${path}`);
  if (open > 0)
    for (const account of accounts) for (const { what, count } of await ledger.waiting(account)) say(`${account.host} ${count} × ${what}`);
  const requests = requestsOf(sandbox) - before;
  return {
    ...judge(
      world,
      sent.map(({ call }) => call),
      edits,
      parked,
      finals,
    ),
    open,
    own429: [
      ...sandbox.hubspot.portals.map((one) => one.count().limited),
      ...sandbox.salesforce.orgIds.map((id) => sandbox.salesforce.org(id).count().limited),
    ].reduce((a, b) => a + b, 0),
    amplification: round(requests / Math.max(1, minimum)),
    ackMs: percentiles(sent.map(({ startedMs: from, ackedMs }) => ackedMs - from)),
    hookToCrmMs: percentiles(lags),
    recoveryMs: percentiles(recovery.backMs),
    kills: recovery.kills,
    sentAgain: again,
    faultsMet:
      sandbox.hubspot.portals.reduce((sum, one) => sum + one.count().faults, 0) +
      sandbox.salesforce.orgIds.reduce((sum, id) => sum + sandbox.salesforce.org(id).count().faults, 0),
    landedLate:
      sandbox.hubspot.portals.reduce((sum, one) => sum + one.count().late, 0) +
      sandbox.salesforce.orgIds.reduce((sum, id) => sum + sandbox.salesforce.org(id).count().late, 0),
    humanEdits: edits.length,
    failed,
    changes: byState,
    requests,
    minimum,
  };
}

function judge(
  world: World,
  taken: Parameters<typeof check>[0],
  edits: readonly HumanEdit[],
  parked: ReadonlySet<string>,
  finals: ReadonlyMap<string, string>,
): Verdict {
  const found = new Map(world.accounts.map((account) => [account.n, readCrm(world.sandbox, account)]));
  return check(taken, found, edits, pipelines, parked, finals);
}

/** Every account's calls are understood and nothing of theirs is on its way; or the time is over. Answers what is left. */
async function untilSettled(world: World, taken: number): Promise<number> {
  const ledger = openLedger(world.sandbox.database.url);
  let tickedMs = 0;
  for (;;) {
    const all = { ended: 0, transcribed: 0, postponed: 0, due: 0, writing: 0, taken: 0 };
    for (const account of world.accounts) {
      const left = await ledger.open(account).catch(() => ({ ...all, ended: 1, taken: 0 }));
      for (const name of Object.keys(all) as (keyof typeof all)[]) all[name] += left[name];
    }
    // What was kept while the database was away is not in it yet.
    const { taken: here, ...parts } = all;
    const kept = Math.max(0, taken - here);
    const open = onItsWay(all) + kept;
    if (open === 0 || Date.now() > endsMs) return open;
    const shown = Object.entries({ ...parts, kept }).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []));
    say(`${open} on their way: ${shown.join(', ')}`);
    if (open <= FEW)
      for (const account of world.accounts) for (const one of await ledger.waiting(account)) say(`  ${account.host}: ${one.what}`);
    await pause(3_000);
    // Cloudflare's clock comes round once a minute.
    if (Date.now() - tickedMs > 60_000) {
      tickedMs = Date.now();
      await world.sandbox.worker.tick().catch(() => undefined);
    }
  }
}

/** So few that one wants to know what each waits for. */
const FEW = 4;
const round = (n: number) => Math.round(n * 100) / 100;

const world = await openWorld(tenants, Math.max(2, Math.ceil(calls / tenants / 5)), say);
let outcome: Record<string, unknown>;
try {
  outcome = await run(world);
} finally {
  await world.close();
}
const { examples, ...figures } = outcome as Record<string, unknown> & { examples: string[] };
for (const example of examples) say(example);
const isGood = ['lost', 'duplicated', 'outOfOrder', 'wrongFinal', 'overwrittenHuman', 'crossTenant'].every((name) => figures[name] === 0);
const isDone = values.naive || (figures['open'] === 0 && figures['own429'] === 0 && figures['failed'] === 0);
process.stdout.write(`${JSON.stringify({ ok: isGood && isDone, ...figures, seed, seconds: seconds() })}\n`);
process.exitCode = isGood && isDone ? 0 : 1;
