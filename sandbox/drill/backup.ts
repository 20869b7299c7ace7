import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connectTo } from './catalog.ts';

const run = promisify(execFile);
const TIMEOUT_MS = 60_000;

/** Whether this folder's PostgreSQL can be backed up and restored, too. */
export const canBackUp = (bin: string): boolean =>
  ['pg_dump', 'pg_dumpall', 'pg_restore'].every((program) => existsSync(join(bin, program)));

export interface Backup {
  dump: string;
  roles: string;
}

/** The database as it stood at `snapshot`, and the roles of its server. `adminUrl` is a superuser: row level security would hide the rows from its owner. */
export async function backUp(bin: string, adminUrl: string, snapshot: string, folder: string): Promise<Backup> {
  const made = { dump: join(folder, 'ros.dump'), roles: join(folder, 'roles.sql') };
  await run(join(bin, 'pg_dump'), ['--format=custom', `--snapshot=${snapshot}`, `--file=${made.dump}`, adminUrl], { timeout: TIMEOUT_MS });
  const { stdout } = await run(join(bin, 'pg_dumpall'), ['--roles-only', `--dbname=${adminUrl}`], { timeout: TIMEOUT_MS });
  writeFileSync(made.roles, stdout);
  return made;
}

/** Roles first, because the tables' rights name them. A role that is there already stays. */
export async function restore(bin: string, adminUrl: string, { dump }: Backup, roles: string): Promise<void> {
  const admin = await connectTo(adminUrl);
  try {
    for (const line of roles.split('\n').filter((it) => /^(CREATE|ALTER|GRANT) /.test(it))) {
      await admin.query(line).catch((error: { code?: string }) => {
        if (error.code !== '42710') throw error;
      });
    }
  } finally {
    await admin.end();
  }
  await run(join(bin, 'pg_restore'), ['--exit-on-error', '--single-transaction', `--dbname=${adminUrl}`, dump], { timeout: TIMEOUT_MS });
}
