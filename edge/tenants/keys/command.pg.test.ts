import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPostgres, startCluster } from '../../../.ci/postgres.ts';
import { borrowDatabase } from '../../../sandbox/postgres/borrow.ts';
import { ok } from '../../../shared/kit/result.ts';
import type { Db } from '../../db/client.ts';
import { openDirectDb } from '../../db/direct.ts';
import { DbRefusal } from '../../db/refusal.ts';
import { connectionOf, install } from '../store.ts';
import { openKeyring } from './keyring.ts';
import { readMasters } from './masters.ts';
import * as store from './store.ts';

const bin = findPostgres();
const start = process.env['PG_URL'] ? () => borrowDatabase(process.env['PG_URL'] ?? '') : bin ? () => startCluster(bin) : null;
const key = (n: number) => Buffer.alloc(32, n).toString('base64');
const one = { SEAL_KEY: key(1) };
const both = { SEAL_KEYS: JSON.stringify({ k1: key(1), k2: key(2) }), SEAL_KEY_ID: 'k2' };
const second = { SEAL_KEYS: JSON.stringify({ k2: key(2) }), SEAL_KEY_ID: 'k2' };

let url = '';
let db: Db;
const closers: (() => Promise<unknown>)[] = [];

/** Runs a program of ours to its end. */
function run(file: string, args: string[], env: Record<string, string>): Promise<{ code: number | null; said: unknown; error: string }> {
  const path = fileURLToPath(new URL(`../../../${file}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { env: { PATH: process.env['PATH'] ?? '', ...env }, timeout: 50_000 });
  let [out, error] = ['', ''];
  child.stdout.on('data', (data) => (out += data));
  child.stderr.on('data', (data) => (error += data));
  return new Promise((done) =>
    child.once('close', (code) => done({ code, said: out === '' ? null : JSON.parse(out.trim().split('\n').at(-1) ?? ''), error })),
  );
}
const keys = (args: string[], env: Record<string, string>) => run('edge/tenants/keys/command.ts', args, { DATABASE_URL: url, ...env });

describe.skipIf(!start)('npm run keys', () => {
  beforeAll(async () => {
    const server = await start?.();
    if (!server) return;
    closers.push(server.close);
    url = server.url;
    expect(await run('edge/db/migrate.ts', [], { DATABASE_URL: url })).toMatchObject({ code: 0 });
    const direct = await openDirectDb(url);
    closers.push(direct.close);
    db = direct.db;
  }, 60_000);
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
  });

  const keyringOf = (env: Record<string, string>) => {
    const read = readMasters(env);
    if (!read.ok) throw new Error(read.fault);
    return openKeyring({
      masters: read.value,
      now: Date.now,
      keysOf: (id) => store.keysOf(db, id),
      addKey: (id, it) => store.addKey(db, id, it),
    });
  };
  const portal = async (externalId: string) => {
    const about = { tenantName: 'Brightloop', timeZone: 'UTC', installerId: '71', installerEmail: '' };
    const { tenantId, connectionId } = await install(db, { provider: 'hubspot', externalId, ...about });
    const place = store.placeOf({ tenantId, id: connectionId, provider: 'hubspot', externalId });
    await keyringOf(one).keep(place, externalId, (sealed) => store.saveSecret(db, tenantId, connectionId, { sealed }));
    const open = async (env: Record<string, string>) =>
      keyringOf(env).open(place, (await connectionOf(db, tenantId, connectionId))?.secretSealed ?? '');
    return { tenantId, open };
  };

  test('checks, rotates the master, lets the old one go, and rotates tenants', async () => {
    const [first, other] = [await portal('p-1'), await portal('p-2')];
    const all = { tenants: 2, keys: 2, secrets: 2, closed: 0, earlier: 0 };
    expect(await keys(['check'], one)).toMatchObject({ code: 0, said: { ...all, underMaster: { k1: 2 } } });
    expect(await keys(['rotate-master', '--to', 'k2'], both)).toMatchObject({ code: 0, said: { rewrapped: 2 } });
    expect(await keys(['rotate-master', '--to', 'k2'], both)).toMatchObject({ code: 0, said: { rewrapped: 0 } });
    expect(await keys(['check'], second)).toMatchObject({ code: 0, said: { ...all, underMaster: { k2: 2 } } });
    expect(await first.open(second)).toEqual(ok('p-1'));
    expect(await keys(['rotate-tenant', first.tenantId], second)).toMatchObject({ code: 0, said: { resealed: 1, deleted: 1, closed: 0 } });
    expect(await keys(['rotate-tenant', '--all'], second)).toMatchObject({
      code: 0,
      said: { tenants: 2, resealed: 2, deleted: 2, closed: 0 },
    });
    expect([await first.open(second), await other.open(second)]).toEqual([ok('p-1'), ok('p-2')]);
    // The master that is gone opens nothing any more.
    expect(await keys(['check'], one)).toMatchObject({ code: 1, said: { closed: 4 } });
  });

  test('says what it did not understand, and does nothing', async () => {
    expect(await keys(['rotate-master', '--to', 'k9'], both)).toMatchObject({ code: 2, said: null });
    expect(await keys(['rotate-tenant', 'nobody'], both)).toMatchObject({ code: 2, said: null });
    expect(await keys(['--nonsense'], both)).toMatchObject({ code: 2, said: null });
    expect(await keys(['check'], {})).toMatchObject({ code: 2, error: expect.stringContaining('SEAL_KEY is missing or malformed') });
    expect(await keys(['check'], { ...both, DATABASE_URL: '' })).toMatchObject({ code: 2, error: expect.stringContaining('DATABASE_URL') });
  });

  test('a refusal undoes its transaction and says nothing of the row', async () => {
    const { tenantId } = await portal('p-3');
    const row = { kid: 'd9', kekKid: 'k1', wrapped: 'w1.a.b' };
    await store.replaceKey(db, tenantId, row);
    await expect(store.replaceKey(db, tenantId, row)).rejects.toEqual(
      new DbRefusal('23505', 'tenant_keys', 'tenant_keys_tenant_id_kid_pk'),
    );
    expect((await store.keysOf(db, tenantId)).filter(({ retiredAt }) => retiredAt === null)).toMatchObject([{ kid: 'd9' }]);
  });
});
