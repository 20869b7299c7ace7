import { expect, test } from 'vitest';
import { ok } from '../../../shared/kit/result.ts';
import { hkdfSha256, sealAesGcm } from '../../http/crypto.ts';
import { base64url, randomBytes, utf8 } from '../bytes.ts';
import type { Place } from '../seal.ts';
import { type Kept, openKeyring, type StoredKey } from './keyring.ts';
import type { Masters } from './masters.ts';
import { newKey } from './wrap.ts';

const master = new Uint8Array(32).fill(7);
const masters: Masters = { current: 'k1', keys: new Map([['k1', master]]) };
const place: Place = { tenantId: 'tenant-1', provider: 'hubspot', connectionId: 'connection-1', field: 'tokens' };
const saved = async (): Promise<Kept> => 'saved';

/** A keyring on a store that counts. */
function desk(rows: Record<string, StoredKey[]> = {}) {
  const log: string[] = [];
  let nowMs = 0;
  const keyring = openKeyring({
    masters,
    now: () => nowMs,
    keysOf: async (tenantId) => {
      log.push(`read ${tenantId}`);
      return [...(rows[tenantId] ?? [])];
    },
    addKey: async (tenantId, key) => {
      rows[tenantId] ??= [];
      const keys = rows[tenantId];
      if (!keys.some(({ retiredAt }) => retiredAt === null)) keys.push({ ...key, retiredAt: null });
    },
  });
  const sealed: string[] = [];
  const keep = (plain: string, at = place) =>
    keyring.keep(at, plain, async (text) => {
      sealed.push(text);
      return 'saved';
    });
  return { keyring, log, rows, sealed, keep, pass: (ms: number) => (nowMs += ms) };
}

test('makes a tenant’s key once, and opens what it sealed', async () => {
  const { keyring, rows, sealed, keep } = desk();
  await keyring.ensure('tenant-1');
  await keep('one');
  await keep('two');
  expect(rows['tenant-1']).toHaveLength(1);
  expect(await keyring.open(place, sealed[0] ?? '')).toEqual(ok('one'));
  expect(await keyring.open({ ...place, tenantId: 'tenant-2' }, sealed[0] ?? '')).toMatchObject({ fault: { kind: 'broken' } });
});

test('of two who make it at once, one key stays and both use it', async () => {
  const rows = {};
  const [here, there] = [desk(rows), desk(rows)];
  await Promise.all([here.keep('here'), there.keep('there')]);
  expect(await here.keyring.open(place, there.sealed[0] ?? '')).toEqual(ok('there'));
  expect(await there.keyring.open(place, here.sealed[0] ?? '')).toEqual(ok('here'));
});

test('an opened key is remembered for a minute, and not for more than 200 tenants', async () => {
  const { keyring, log, pass } = desk();
  await keyring.ensure('tenant-1');
  log.length = 0;
  await keyring.ensure('tenant-1');
  expect(log).toEqual([]);
  pass(60_000);
  await keyring.ensure('tenant-1');
  expect(log).toEqual(['read tenant-1']);
  for (let n = 0; n < 200; n += 1) await keyring.ensure(`other-${n}`);
  log.length = 0;
  await keyring.ensure('other-199');
  await keyring.ensure('tenant-1');
  expect(log).toEqual(['read tenant-1']);
});

test('sealed with a key that was just rotated away, it is sealed anew with the next', async () => {
  const { keyring, rows } = desk();
  await keyring.ensure('tenant-1');
  const tried: string[] = [];
  const next = { ...(await newKey(masters, 'tenant-1')), retiredAt: null };
  const kept = await keyring.keep(place, 'secret', async (sealed) => {
    tried.push(sealed.split('.')[1] ?? '');
    if (tried.length > 1) return 'saved';
    rows['tenant-1'] = [next];
    return 'key-gone';
  });
  expect([kept, tried.length, tried[1]]).toEqual(['saved', 2, next.kid]);
});

test('a key that came after the last look is found', async () => {
  const rows: Record<string, StoredKey[]> = {};
  const [here, there] = [desk(rows), desk(rows)];
  await here.keyring.ensure('tenant-1');
  rows['tenant-1'] = [{ ...(await newKey(masters, 'tenant-1')), retiredAt: null }];
  await there.keep('newer');
  expect(await here.keyring.open(place, there.sealed[0] ?? '')).toEqual(ok('newer'));
});

test('where there is nothing to keep it in, nothing is kept', async () => {
  const { keyring } = desk();
  expect(await keyring.keep(place, 'secret', async () => 'gone')).toBe('gone');
});

test('a key whose master is not here opens nothing, and is not replaced in silence', async () => {
  const foreign: Masters = { current: 'k9', keys: new Map([['k9', new Uint8Array(32)]]) };
  const { keyring } = desk({ 'tenant-1': [{ ...(await newKey(foreign, 'tenant-1')), retiredAt: null }] });
  await expect(keyring.keep(place, 'secret', saved)).rejects.toThrow('a tenant key does not open');
});

test('what was sealed before tenants had keys still opens', async () => {
  const key = await hkdfSha256(master, utf8('tenant-1'), utf8('ros tenant secrets'), 32);
  const iv = randomBytes(12);
  const body = key && (await sealAesGcm(key, iv, utf8('earlier'), utf8('ros|v1|k1|tenant-1|connection-1|tokens')));
  const sealed = `v1.k1.${base64url(iv)}.${base64url(body ?? new Uint8Array())}`;
  const { keyring } = desk();
  expect(await keyring.open(place, sealed)).toEqual(ok('earlier'));
  expect(await keyring.open({ ...place, field: 'auth-token' }, sealed)).toMatchObject({ fault: { kind: 'broken' } });
});

test('a file’s key is its own, and the same when it is asked for by name', async () => {
  const { keyring } = desk();
  const one = await keyring.fileKey('tenant-1', 'audio/1');
  const others = [await keyring.fileKey('tenant-1', 'audio/2'), await keyring.fileKey('tenant-2', 'audio/1')];
  expect(new Set([one, ...others].map(({ raw }) => base64url(raw))).size).toBe(3);
  expect(await keyring.fileKeyOf('tenant-1', 'audio/1', one.kid)).toEqual(one);
});

test('a tenant’s key that is gone takes its files with it, and none is made in its place', async () => {
  const { keyring, rows, pass } = desk();
  const { kid } = await keyring.fileKey('tenant-1', 'audio/1');
  rows['tenant-1'] = [];
  pass(60_001);
  expect(await keyring.fileKeyOf('tenant-1', 'audio/1', kid)).toBeNull();
  expect(rows['tenant-1']).toEqual([]);
});
