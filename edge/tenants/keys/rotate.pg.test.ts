import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { ok } from '../../../shared/kit/result.ts';
import { createCall, moveCall } from '../../capture/store.ts';
import { type Db, openDb } from '../../db/client.ts';
import { databases, newTenant } from '../../db/test-db.ts';
import { dropConnection } from '../connect/store.ts';
import { addConnection, connectionOf, type Owned } from '../store.ts';
import { openKeyring } from './keyring.ts';
import type { Masters } from './masters.ts';
import { checkKeys, type RotateDeps, rotateMaster, rotateTenant } from './rotate.ts';
import * as store from './store.ts';

const master = (kid: string, n: number): [string, Uint8Array<ArrayBuffer>] => [kid, new Uint8Array(32).fill(n)];
const first: Masters = { current: 'k1', keys: new Map([master('k1', 1)]) };
const both: Masters = { current: 'k2', keys: new Map([master('k1', 1), master('k2', 2)]) };
const second: Masters = { current: 'k2', keys: new Map([master('k2', 2)]) };

const keyringOf = (db: Db, masters: Masters) =>
  openKeyring({ masters, now: Date.now, keysOf: (id) => store.keysOf(db, id), addKey: (id, key) => store.addKey(db, id, key) });

/** As the command has it, on these tenants only: others share the database. */
const depsOf = (db: Db, masters: Masters, tenants: readonly string[]): RotateDeps => ({
  masters,
  tenantIds: async (after) => tenants.filter((id) => after === undefined || id > after),
  keysOf: (id) => store.keysOf(db, id),
  rewrap: (id, was, next) => store.rewrap(db, id, was, next),
  replaceKey: (id, key) => store.replaceKey(db, id, key),
  deleteUnused: (id) => store.deleteUnused(db, id),
  secretsOf: (id) => store.secretsOf(db, id),
  saveSecret: (id, connectionId, it) => store.saveSecret(db, id, connectionId, it),
});

/** The n-th call and all after it find the process dead. */
function dyingAt<A extends unknown[], R>(n: number, work: (...args: A) => Promise<R>) {
  let calls = 0;
  return async (...args: A): Promise<R> => {
    calls += 1;
    if (calls >= n) throw new Error('killed');
    return work(...args);
  };
}

const place = ({ tenantId, connectionId }: Owned) => store.placeOf({ tenantId, id: connectionId, provider: 'hubspot', externalId: '' });

describe.each(databases)('keys ($name)', ({ url }) => {
  const db = openDb(url);
  const keep = (owned: Owned, masters: Masters, plain: string) =>
    keyringOf(db, masters).keep(place(owned), plain, (sealed) => store.saveSecret(db, owned.tenantId, owned.connectionId, { sealed }));
  const sealedOf = async (owned: Owned) => (await connectionOf(db, owned.tenantId, owned.connectionId))?.secretSealed ?? '';
  const open = async (owned: Owned, masters: Masters) => keyringOf(db, masters).open(place(owned), await sealedOf(owned));
  const threeTenants = async () => {
    const tenants = await Promise.all([newTenant(url), newTenant(url), newTenant(url)]);
    for (const one of tenants) await keep(one, first, `secret of ${one.tenantId}`);
    return tenants.sort((a, b) => (a.tenantId < b.tenantId ? -1 : 1));
  };

  test('a retired key stays while a recording names it, or while a call may still be sealed with it', async () => {
    const owned = await newTenant(url);
    await keep(owned, first, 'tokens');
    const old = (await store.keysOf(db, owned.tenantId))[0]?.kid ?? '';
    const { id } = await createCall(db, owned.tenantId, {
      connectionId: owned.connectionId,
      source: 'twilio',
      externalId: crypto.randomUUID(),
      record: null,
      repId: '71',
      repEmail: 'sam@brightloop.example',
      repName: 'Sam',
      customerName: 'Maya',
      direction: 'inbound',
      startedAt: new Date(),
      timeZone: 'UTC',
    });
    const kids = async () => {
      await rotateTenant(depsOf(db, first, [owned.tenantId]), owned.tenantId);
      return (await store.keysOf(db, owned.tenantId)).map(({ kid }) => kid);
    };
    expect(await kids()).toContain(old);
    await moveCall(db, owned.tenantId, id, 'live', 'transcribed', { audioKey: `audio/${owned.tenantId}/${id}.${old}` });
    expect(await kids()).toContain(old);
    await moveCall(db, owned.tenantId, id, 'transcribed', 'transcribed', { audioKey: null });
    expect(await kids()).not.toContain(old);
  });

  test('two installs at once leave one key, and both can seal', async () => {
    const owned = await newTenant(url);
    await Promise.all([1, 2, 3].map(() => keyringOf(db, first).ensure(owned.tenantId)));
    expect(await store.keysOf(db, owned.tenantId)).toHaveLength(1);
  });

  test('a secret carried to another tenant, connection or field does not open', async () => {
    const mine = await newTenant(url);
    const theirs = await newTenant(url);
    await keep(mine, first, 'mine');
    await keep(theirs, first, 'theirs');
    const sealed = await sealedOf(mine);
    const keyring = keyringOf(db, first);
    expect(await keyring.open(place(mine), sealed)).toEqual(ok('mine'));
    for (const elsewhere of [place(theirs), { ...place(mine), connectionId: theirs.connectionId }, { ...place(mine), field: 'auth-token' }])
      expect(await keyring.open(elsewhere, sealed)).toMatchObject({ ok: false, fault: { kind: 'broken' } });
    // Nor with the key's row carried along: it is bound to its tenant too.
    const [key] = await store.keysOf(db, mine.tenantId);
    await db.asTenant(theirs.tenantId, (q) => [
      q.execute(sql`insert into tenant_keys (tenant_id, kid, kek_kid, wrapped, retired_at)
        values (${theirs.tenantId}, ${key?.kid}, ${key?.kekKid}, ${key?.wrapped}, now())`),
    ]);
    expect(await keyringOf(db, first).open(place(theirs), sealed)).toMatchObject({ ok: false, fault: { kind: 'broken' } });
  });

  test('once the master was rotated everything opens without the old one, and a second run does nothing', async () => {
    const tenants = await threeTenants();
    const ids = tenants.map(({ tenantId }) => tenantId);
    expect(await rotateMaster(depsOf(db, both, ids), 'k2')).toEqual({ rewrapped: 3, closed: 0 });
    expect(await rotateMaster(depsOf(db, both, ids), 'k2')).toEqual({ rewrapped: 0, closed: 0 });
    for (const one of tenants) expect(await open(one, second)).toEqual(ok(`secret of ${one.tenantId}`));
    expect(await checkKeys(depsOf(db, second, ids))).toEqual({
      tenants: 3,
      keys: 3,
      secrets: 3,
      closed: 0,
      earlier: 0,
      underMaster: { k2: 3 },
    });
    expect(await checkKeys(depsOf(db, first, ids))).toMatchObject({ closed: 6 });
  });

  test('a master rotation that was killed goes on where it stopped', async () => {
    const tenants = await threeTenants();
    const ids = tenants.map(({ tenantId }) => tenantId);
    const deps = depsOf(db, both, ids);
    await expect(rotateMaster({ ...deps, rewrap: dyingAt(2, deps.rewrap) }, 'k2')).rejects.toThrow('killed');
    expect(await checkKeys(deps)).toMatchObject({ closed: 0, underMaster: { k1: 2, k2: 1 } });
    expect(await rotateMaster(deps, 'k2')).toEqual({ rewrapped: 2, closed: 0 });
    for (const one of tenants) expect(await open(one, second)).toEqual(ok(`secret of ${one.tenantId}`));
  });

  test('a tenant gets a new key, its secrets are under it, and the old one is gone', async () => {
    const owned = await newTenant(url);
    await keep(owned, first, 'secret');
    const line = await addConnection(db, owned.tenantId, { provider: 'twilio', externalId: `AC${owned.tenantId}` });
    const at = store.placeOf({
      tenantId: owned.tenantId,
      id: line?.connectionId ?? '',
      provider: 'twilio',
      externalId: `AC${owned.tenantId}`,
    });
    await keyringOf(db, first).keep(at, 'telephone', (sealed) =>
      store.saveSecret(db, owned.tenantId, line?.connectionId ?? '', { sealed }),
    );
    const [old] = await store.keysOf(db, owned.tenantId);
    expect(await rotateTenant(depsOf(db, first, []), owned.tenantId)).toEqual({ resealed: 2, deleted: 1, kept: 0, closed: 0 });
    const keys = await store.keysOf(db, owned.tenantId);
    expect([keys.length, keys[0]?.kid !== old?.kid, keys[0]?.retiredAt]).toEqual([1, true, null]);
    expect(await open(owned, first)).toEqual(ok('secret'));
    const kids = (await store.secretsOf(db, owned.tenantId)).map(({ sealed }) => sealed.split('.')[1]);
    expect(kids).toEqual([keys[0]?.kid, keys[0]?.kid]);
  });

  test.each([
    ['after the new key', 'secretsOf', 1],
    ['before the first secret', 'saveSecret', 1],
    ['before the old key goes', 'deleteUnused', 1],
  ] as const)('a tenant’s rotation killed %s is ended by the next run, and all opens in between', async (_, where, n) => {
    const owned = await newTenant(url);
    await keep(owned, first, 'secret');
    const deps = depsOf(db, first, []);
    const dying = { ...deps, [where]: dyingAt(n, deps[where] as (...args: unknown[]) => Promise<never>) };
    await expect(rotateTenant(dying, owned.tenantId)).rejects.toThrow('killed');
    expect(await open(owned, first)).toEqual(ok('secret'));
    await rotateTenant(deps, owned.tenantId);
    expect(await store.keysOf(db, owned.tenantId)).toHaveLength(1);
    expect(await open(owned, first)).toEqual(ok('secret'));
  });

  test('a token saved during the rotation, by a Worker that still has the old key, is not lost', async () => {
    const owned = await newTenant(url);
    await keep(owned, first, 'token-1');
    const worker = keyringOf(db, first);
    await worker.ensure(owned.tenantId);
    const deps = depsOf(db, first, []);
    const saves: string[] = [];
    const save = async (sealed: string) => {
      const kept = await store.saveSecret(db, owned.tenantId, owned.connectionId, { sealed });
      saves.push(kept);
      return kept;
    };
    // Between reading the old secret and storing it anew, the Worker stores the next token.
    const racing: RotateDeps = {
      ...deps,
      saveSecret: async (...args) => {
        if (saves.length === 0) await worker.keep(place(owned), 'token-2', save);
        return deps.saveSecret(...args);
      },
    };
    expect(await rotateTenant(racing, owned.tenantId)).toEqual({ resealed: 0, deleted: 1, kept: 0, closed: 0 });
    expect(saves).toEqual(['key-gone', 'saved']);
    expect(await open(owned, first)).toEqual(ok('token-2'));
  });

  test('a secret that does not open is counted and left with its key', async () => {
    const owned = await newTenant(url);
    await keep(owned, first, 'secret');
    const sealed = await sealedOf(owned);
    await store.saveSecret(db, owned.tenantId, owned.connectionId, { sealed: `${sealed.slice(0, -4)}AAAA` });
    expect(await rotateTenant(depsOf(db, first, []), owned.tenantId)).toEqual({ resealed: 0, deleted: 0, kept: 1, closed: 1 });
    expect(await store.keysOf(db, owned.tenantId)).toHaveLength(2);
  });

  test('nothing is kept for another tenant’s connection, or for one that was disconnected', async () => {
    const mine = await newTenant(url);
    const theirs = await newTenant(url);
    await keep(mine, first, 'secret');
    expect(await keep({ ...mine, connectionId: theirs.connectionId }, first, 'secret')).toBe('gone');
    const seen = await connectionOf(db, mine.tenantId, mine.connectionId);
    if (seen) await dropConnection(db, seen, '71');
    expect(await keep(mine, first, 'late')).toBe('gone');
    expect(await sealedOf(mine)).toBe('');
  });

  test('keys go with their tenant', async () => {
    const [found] = await db.system((q) => [
      q.execute(sql`select confdeltype from pg_constraint where conname = 'tenant_keys_tenant' and confrelid = 'tenants'::regclass`),
    ]);
    expect(found.rows).toEqual([{ confdeltype: 'c' }]);
  });

  test('all tenants are found, page by page', async () => {
    const { tenantId } = await newTenant(url);
    const all: string[] = [];
    for (let page = await store.tenantIds(db, undefined, 2); page.length > 0; page = await store.tenantIds(db, page.at(-1), 2))
      all.push(...page);
    expect(all).toContain(tenantId);
    expect(all).toEqual([...new Set(all)].sort());
  });
});
