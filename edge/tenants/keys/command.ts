import { parseArgs } from 'node:util';
import { openDirectDb } from '../../db/direct.ts';
import { isId } from '../../db/id.ts';
import { readMasters } from './masters.ts';
import { checkKeys, everyTenant, type RotateDeps, rotateMaster, rotateTenant, type TenantRotated } from './rotate.ts';
import * as store from './store.ts';

// `npm run keys -- rotate-master --to KID | rotate-tenant TENANT | rotate-tenant --all | check`, on DATABASE_URL or --url (the direct
// address), with the Worker's SEAL_KEYS (or SEAL_KEY) and SEAL_KEY_ID in the environment. Prints one line of JSON; ends with 1 when
// something does not open, with 2 when it was not understood.
const usage = 'npm run keys -- rotate-master --to KID | rotate-tenant TENANT_ID | rotate-tenant --all | check   [--url postgres://…]';

class Misused extends Error {}

async function run(): Promise<{ closed: number; kept?: number }> {
  const { values, positionals } = readArgs();
  const [what, tenantId] = positionals;
  const masters = readMasters(process.env);
  if (!masters.ok) throw new Misused(`${masters.fault} is missing or malformed: set the Worker's own.`);
  const url = values.url ?? process.env['DATABASE_URL'];
  if (!url) throw new Misused('Say which database: DATABASE_URL, or --url postgres://…');
  const { db, close } = await openDirectDb(url);
  try {
    const deps: RotateDeps = {
      masters: masters.value,
      tenantIds: (after) => store.tenantIds(db, after),
      keysOf: (id) => store.keysOf(db, id),
      rewrap: (id, was, next) => store.rewrap(db, id, was, next),
      replaceKey: (id, key) => store.replaceKey(db, id, key),
      deleteUnused: (id) => store.deleteUnused(db, id),
      secretsOf: (id) => store.secretsOf(db, id),
      saveSecret: (id, connectionId, it) => store.saveSecret(db, id, connectionId, it),
    };
    if (what === 'check') return await checkKeys(deps);
    if (what === 'rotate-master') {
      if (!values.to || !masters.value.keys.has(values.to)) throw new Misused('--to names no key of SEAL_KEYS.');
      if (values.to !== masters.value.current)
        process.stderr.write('SEAL_KEY_ID names another key: new tenants are still wrapped with that one.\n');
      return await rotateMaster(deps, values.to);
    }
    if (what === 'rotate-tenant' && values.all) return await rotateAll(deps);
    if (what === 'rotate-tenant' && tenantId && isId(tenantId)) return await rotateTenant(deps, tenantId);
    throw new Misused(usage);
  } finally {
    await close();
  }
}

async function rotateAll(deps: RotateDeps): Promise<TenantRotated & { tenants: number }> {
  const sum = { tenants: 0, resealed: 0, deleted: 0, kept: 0, closed: 0 };
  for await (const tenantId of everyTenant(deps)) {
    const one = await rotateTenant(deps, tenantId);
    sum.tenants += 1;
    sum.resealed += one.resealed;
    sum.deleted += one.deleted;
    sum.kept += one.kept;
    sum.closed += one.closed;
  }
  return sum;
}

function readArgs() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { url: { type: 'string' }, to: { type: 'string' }, all: { type: 'boolean', default: false } },
    });
  } catch {
    throw new Misused(usage);
  }
}

try {
  const done = await run();
  process.stdout.write(`${JSON.stringify(done)}\n`);
  if (done.kept)
    process.stderr.write(
      `Retired keys that stay: ${done.kept}. Recordings are not sealed anew: each opens with the key it has, until retention takes it.\n`,
    );
  if (done.closed > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'Something broke.'}\n`);
  process.exitCode = error instanceof Misused ? 2 : 1;
}
