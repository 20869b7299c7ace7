import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openAccounts } from './drill/accounts.ts';
import { type Backup, backUp, canBackUp, restore } from './drill/backup.ts';
import { connectTo, differences, readCatalog, readRows } from './drill/catalog.ts';
import { freePorts } from './drill/free-ports.ts';
import { judge } from './drill/judge.ts';
import { untilSettled } from './drill/settle.ts';
import { dice } from './kit/dice.ts';
import { findPostgres, startCluster } from './postgres/cluster.ts';
import { startSandbox } from './start.ts';
import { type Call, makeCalls } from './torture/calls.ts';
import { handOver } from './torture/load.ts';

/**
 * `npm run drill:restore`: backs up a PostgreSQL that the product is writing to, lets it go on, destroys it, restores the backup into a new one
 * and lets the product go on there. The database is as it was, and the CRMs have every call once. Progress on stderr, one line of JSON last.
 */
const calls = { before: 8, during: 10, after: 6 };
const startedMs = Date.now();
const say = (line: string) => process.stderr.write(`${String(Math.round((Date.now() - startedMs) / 1_000)).padStart(3)} s  ${line}\n`);

const programs = findPostgres();
if (programs === null || !canBackUp(programs)) {
  process.stderr.write(
    'This drill needs PostgreSQL’s own programs (initdb, postgres, pg_dump, pg_dumpall, pg_restore), and they are not on this machine.\n',
  );
  process.exit(2);
}

async function run(bin: string, stateDir: string): Promise<Record<string, unknown>> {
  const port = await freePorts(7);
  const adminOf = (url: string) => Object.assign(new URL(url), { username: 'root' }).href;
  const closing: (() => Promise<void>)[] = [];
  const shut = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  const cluster = async () => {
    const it = await startCluster(bin);
    closing.push(() => it.close());
    return it;
  };
  const open = async (pgUrl: string) => {
    const it = await startSandbox({ port, speed: 1, stateDir, pgUrl, say: (line) => say(`  ${line}`) });
    closing.push(() => it.close());
    return it;
  };
  try {
    const first = await cluster();
    let sandbox = await open(first.url);
    const accounts = await openAccounts(sandbox);
    const all = makeCalls(accounts, calls.before + calls.during + calls.after, Date.now() - 7 * 86_400_000);
    const take = async (some: readonly Call[]) =>
      handOver(sandbox.worker.origin, sandbox.publicUrl, some, 20, dice(some.length), () => undefined);

    await take(all.slice(0, calls.before));
    await untilSettled(sandbox, accounts, 40_000);
    say(`${calls.before} calls written`);
    // HubSpot asks for patience, so that the backup is taken while changes are on their way.
    const only = (method: string, path: string) => method === 'POST' && /\/(calls|notes|tasks)(\/batch\/(upsert|create))?$/.test(path);
    sandbox.hubspot.setFaults({ share: 1, kinds: ['rate-limit-wait'], retryAfterS: 2, only });
    await take(all.slice(calls.before, calls.before + calls.during));
    const backup = await backUpBusy(bin, adminOf(first.url), stateDir);
    sandbox.hubspot.setFaults(undefined);
    say(`backed up ${backup.rows} rows, ${backup.due} changes on their way`);
    await take(all.slice(calls.before + calls.during));
    await untilSettled(sandbox, accounts, 40_000);
    const written = judge(sandbox, accounts, all);
    say(`${calls.after} more calls, and everything written: ${written.lost} lost, ${written.duplicated} doubled`);
    await first.crash();
    await shut();
    say('the database is gone');

    const restoreMs = Date.now();
    const second = await cluster();
    await restore(bin, adminOf(second.url), backup, readFileSync(backup.roles, 'utf8'));
    const admin = await connectTo(adminOf(second.url));
    const wrong = [...differences(backup.catalog, await readCatalog(admin)), ...differences(backup.content, await readRows(admin))];
    await admin.end();
    const restoredInMs = Date.now() - restoreMs;
    for (const name of wrong.slice(0, 20)) say(`not as before: ${name}`);
    say(`restored in ${restoredInMs} ms; the product goes on`);
    sandbox = await open(second.url);
    // What the backup knows comes again, as senders do after an outage.
    await take(all.slice(0, calls.before + calls.during));
    await untilSettled(sandbox, accounts, 60_000);
    const after = judge(sandbox, accounts, all);
    for (const line of after.examples) say(line);
    return {
      ok: wrong.length === 0 && after.lost === 0 && after.duplicated === 0,
      rows: backup.rows,
      due: backup.due,
      restoredInMs,
      doubled: after.duplicated,
      lost: after.lost,
      different: wrong.length,
      calls: all.length,
    };
  } finally {
    await shut();
  }
}

interface Kept extends Backup {
  rows: number;
  due: number;
  catalog: Map<string, string>;
  content: Map<string, { rows: number; print: string }>;
}

/** Backs up at a moment when changes are on their way: that is when a restore could double them. */
async function backUpBusy(bin: string, adminUrl: string, folder: string): Promise<Kept> {
  const admin = await connectTo(adminUrl);
  try {
    for (let tries = 0; tries < 200; tries++) {
      await admin.query('begin isolation level repeatable read read only');
      const { rows } = await admin.query<{ due: string; snapshot: string }>(
        "select (select count(*) from changes where state in ('due', 'writing')) as due, pg_export_snapshot() as snapshot",
      );
      const { due, snapshot } = rows[0] ?? { due: '0', snapshot: '' };
      if (Number(due) >= 3) {
        const backup = await backUp(bin, adminUrl, snapshot, folder);
        const content = await readRows(admin);
        const catalog = await readCatalog(admin);
        const count = [...content.values()].reduce((sum, table) => sum + table.rows, 0);
        return { ...backup, rows: count, due: Number(due), catalog, content };
      }
      await admin.query('rollback');
      await pause(50);
    }
    throw new Error('No change was on its way: nothing would be proven.');
  } finally {
    await admin.end();
  }
}

const stateDir = mkdtempSync(join(tmpdir(), 'drill-restore-'));
try {
  const outcome = await run(programs, stateDir);
  process.stdout.write(`${JSON.stringify({ ...outcome, seconds: Math.round((Date.now() - startedMs) / 1_000) })}\n`);
  process.exitCode = outcome['ok'] === true ? 0 : 1;
} catch (error) {
  process.stdout.write(`${JSON.stringify({ ok: false, why: error instanceof Error ? error.message : 'unknown' })}\n`);
  process.exitCode = 1;
} finally {
  rmSync(stateDir, { recursive: true, force: true });
}
