import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ChangeItem } from '../shared/contracts/change.ts';
import { type Card, hubspotCard, requestId, unwrap } from './ask.ts';
import { cast, script } from './cast.ts';
import { dice } from './kit/dice.ts';
import { approve, conversationOf } from './play-call.ts';
import { type Sandbox, startSandbox } from './start.ts';
import { compare, type Told } from './torture-check.ts';

/**
 * `npm run torture -- --calls N --faults 0.3 --kills K --seed S [--minutes M]`: N calls handed over as transcripts, a HubSpot that fails,
 * and a workerd that is killed K times while it writes. Reads the CRM back and compares. Progress on stderr, one line of JSON last.
 */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '20' },
    faults: { type: 'string', default: '0.3' },
    kills: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '15' },
  },
});
const [calls, share, kills, seed, minutes] = [values.calls, values.faults, values.kills, values.seed, values.minutes].map(Number) as [
  number,
  number,
  number,
  number,
  number,
];
const say = (line: string) => process.stderr.write(`${line}\n`);
const random = dice(seed);
const startedMs = Date.now();
const endsMs = startedMs + minutes * 60_000;
const seconds = () => Math.round((Date.now() - startedMs) / 1_000);

async function run(stateDir: string): Promise<Record<string, unknown>> {
  const sandbox = await startSandbox({ port: 0, speed: 1, stateDir, say: (line) => say(`  ${line}`) });
  try {
    const card = hubspotCard(sandbox);
    const deals = await makeDeals(sandbox, Math.max(1, Math.ceil(calls / 2)));
    sandbox.hubspot.setFaults({
      share,
      seed,
      kinds: ['rate-limit', 'fail-before', 'fail-after', 'truncate', 'timeout'],
      // Reads that fail lose nothing; what is tortured is the write path.
      only: (method, path) => method !== 'GET' && !/\/(?:search|batch\/read)$/.test(path),
    });
    const told = new Map<string, Told>();
    for (let n = 0; n < calls; n++) {
      const dealId = deals[n % deals.length] ?? cast.hubspot.dealId;
      told.set(await handOver(card, dealId), { dealId, changes: [] });
    }
    say(`${seconds()} s: ${calls} calls on ${deals.length} deals handed over`);
    const killing = killAll(sandbox);
    const open = await untilSettled(sandbox, card, told);
    const killed = await killing;
    const { faults, limited } = sandbox.hubspot.count();
    const found = compare(sandbox.hubspot, [...told.values()]);
    return { ...found, open, calls, faults, limited, kills: killed, seed, seconds: seconds() };
  } finally {
    await sandbox.close();
  }
}

async function makeDeals({ hubspot }: Sandbox, count: number): Promise<string[]> {
  const { accessToken } = hubspot.grant();
  const made: string[] = [];
  for (let n = 0; n < count; n++) {
    const properties = {
      dealname: `Seats ${n + 1}`,
      pipeline: 'default',
      dealstage: cast.hubspot.stage,
      hubspot_owner_id: cast.hubspot.rep.ownerId,
    };
    const tie = { to: { id: cast.hubspot.contactId }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 3 }] };
    const answer = await fetch(`${hubspot.origin}/crm/objects/2026-09/deals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ properties, associations: [tie] }),
    });
    if (!answer.ok) throw new Error(`The twin made no deal: ${answer.status} ${await answer.text()}`);
    made.push(((await answer.json()) as { id: string }).id);
    await pause(100);
  }
  return made;
}

/** As a rep would: a transcript dropped on the card. */
async function handOver(card: Card, dealId: string): Promise<string> {
  const text = script.map(({ who, text }) => `${cast[who].name}: ${text}`).join('\n');
  const ask = { requestId: requestId(), record: { object: 'deal', id: dealId }, name: 'call.txt' };
  const { url } = unwrap<{ url: string }>(await card.post('/v1/uploads', ask));
  const answer = await fetch(url, { method: 'PUT', body: text, signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) throw new Error(`The transcript was not taken: ${answer.status} ${await answer.text()}`);
  return unwrap<{ callId: string }>(await answer.json()).callId;
}

/** SIGKILL for our own workerd, every 4 to 9 seconds; the host starts another one. */
async function killAll(sandbox: Sandbox): Promise<number> {
  let killed = 0;
  for (let n = 0; n < kills; n++) {
    await pause(4_000 + Math.floor(random() * 5_000));
    for (const pid of workerds()) {
      process.kill(pid, 'SIGKILL');
      killed += 1;
    }
    await untilUp(sandbox);
    say(`${seconds()} s: killed ${killed}`);
  }
  return killed;
}

async function untilUp({ worker }: Sandbox): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    await pause(200);
    const isUp = await fetch(worker.origin, { signal: AbortSignal.timeout(2_000) }).then(
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

const settled: readonly ChangeItem['state'][] = ['written', 'parked', 'superseded', 'approved', 'declined'];

/** Looks at every call, says yes to every stage, and lets the minute's sweep come round, until nothing is on its way. */
async function untilSettled(sandbox: Sandbox, card: Card, told: Map<string, Told>): Promise<number> {
  for (;;) {
    let open = 0;
    for (const [callId, it] of told) {
      try {
        const view = await conversationOf(card, callId);
        it.changes = view.changes;
        if (view.call.status !== 'understood') open += 1;
        for (const change of view.changes) {
          const isEmail = change.body.kind === 'draft-email';
          if (change.body.kind === 'move-stage' && change.state === 'waiting') await approve(card, change);
          if (!isEmail && !settled.includes(change.state)) open += 1;
        }
      } catch {
        // It was killed a moment ago.
        open += 1;
      }
    }
    if (open === 0 || Date.now() > endsMs) return open;
    say(`${seconds()} s: ${open} on their way`);
    await pause(3_000);
    await sandbox.worker.tick().catch(() => undefined);
  }
}

const stateDir = mkdtempSync(join(tmpdir(), 'torture-'));
try {
  const outcome = await run(stateDir);
  const isGood = ['lost', 'duplicated', 'outOfOrder', 'wrongFinal', 'open'].every((name) => outcome[name] === 0);
  process.stdout.write(`${JSON.stringify({ ok: isGood, ...outcome })}\n`);
  process.exitCode = isGood ? 0 : 1;
} catch (error) {
  process.stdout.write(`${JSON.stringify({ ok: false, why: error instanceof Error ? error.message : 'unknown' })}\n`);
  process.exitCode = 1;
} finally {
  rmSync(stateDir, { recursive: true, force: true });
}
