import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { cast } from '../cast.ts';
import type { FaultKind } from '../hubspot/fault-plan.ts';
import { readCrm } from './read-crm.ts';
import type { World } from './world.ts';

/** What passes by itself: what a person must solve (a scope, a conflict, a removed app) has tests of its own. */
const hubspotKinds: readonly FaultKind[] = [
  'rate-limit',
  'rate-limit-wait',
  'secondly',
  'fail-before',
  'fail-after',
  '502-before',
  '502-after',
  '503-before',
  '503-after',
  'timeout',
  'timeout-before',
  'late',
  'reset-before',
  'reset-after',
  'truncate',
  'html',
  'partial',
  'locked',
  'expired',
];

export function breakCrms({ sandbox }: World, share: number, seed: number): void {
  sandbox.hubspot.setFaults({ share, seed, kinds: hubspotKinds, retryAfterS: 2 });
  // Its own choice without kinds leaves out the day's limit.
  sandbox.salesforce.setFaults({ share, seed });
}

export interface Recovery {
  kills: number;
  /** From SIGKILL to the first answer of the next workerd, ms. */
  backMs: number[];
}

/** SIGKILL for our own workerd, spread over `overMs`; the host starts another one. */
export async function killWorkers(
  world: { sandbox: { worker: { origin: string } } },
  kills: number,
  overMs: number,
  random: () => number,
  say: (line: string) => void,
): Promise<Recovery> {
  const backMs: number[] = [];
  for (let n = 0; n < kills; n++) {
    await pause((overMs / kills) * (0.5 + random()));
    const killedMs = Date.now();
    for (const pid of workerds()) process.kill(pid, 'SIGKILL');
    await untilUp(world.sandbox.worker.origin);
    backMs.push(Date.now() - killedMs);
    say(`killed the Worker, back after ${backMs.at(-1)} ms`);
  }
  return { kills, backMs };
}

async function untilUp(origin: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    await pause(100);
    const isUp = await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
      (answer) => answer.body?.cancel().then(() => true) ?? true,
      () => false,
    );
    if (isUp) return;
  }
  throw new Error('workerd did not come back');
}

/** Our own children only: another sandbox may run on this machine. */
function workerds(): number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, name]) => Number(parent) === process.pid && name?.endsWith('workerd'))
    .map(([pid]) => Number(pid));
}

/** The database loses power for `forMs`. Answers how long it took to be back after that. */
export async function stopDatabase(world: World, afterMs: number, forMs: number, say: (line: string) => void): Promise<void> {
  await pause(afterMs);
  say(`the database is down for ${forMs / 1_000} s`);
  await world.crashDatabase();
  await pause(forMs);
  await world.restartDatabase();
  say('the database is back');
}

/** What a person set in the CRM, and must still stand there at the end. */
export interface HumanEdit {
  account: number;
  dealId: string;
  field: 'stage' | 'amount';
  value: string;
}

/** Where people move deals. */
const stageOf = { hubspot: 'decisionmakerboughtin', salesforce: 'Value Proposition' };

/** People work in the CRM meanwhile: they move some deals and correct some amounts. Each deal at most once. */
export async function workByHand(world: World, edits: number, overMs: number, random: () => number): Promise<HumanEdit[]> {
  const done: HumanEdit[] = [];
  const touched = new Set<string>();
  for (let n = 0; n < edits; n++) {
    await pause((overMs / edits) * (0.5 + random()));
    const account = world.accounts[Math.floor(random() * world.accounts.length)];
    const dealId = account?.deals[Math.floor(random() * account.deals.length)];
    if (!account || dealId === undefined || touched.has(`${account.n}/${dealId}`)) continue;
    const field = n % 3 === 0 ? 'amount' : 'stage';
    // Nobody sets what stands there already: no CRM would even note it.
    const held = readCrm(world.sandbox, account).deals.get(dealId);
    if (held?.stage === stageOf[account.host]) continue;
    touched.add(`${account.n}/${dealId}`);
    if (account.host === 'hubspot') {
      const value = field === 'amount' ? String(2_000 + n) : stageOf.hubspot;
      const name = field === 'amount' ? 'amount' : 'dealstage';
      world.sandbox.hubspot
        .portal(Number(account.externalId))
        .people.edit('deals', dealId, { [name]: value }, { userId: cast.hubspot.rep.userId });
      done.push({ account: account.n, dealId, field, value });
    } else {
      const value = field === 'amount' ? String(2_000 + n) : stageOf.salesforce;
      const change = field === 'amount' ? { Amount: Number(value) } : { StageName: value };
      world.sandbox.salesforce.org(account.externalId).edit('Opportunity', dealId, change, cast.salesforce.rep.userId);
      done.push({ account: account.n, dealId, field, value });
    }
  }
  return done;
}
