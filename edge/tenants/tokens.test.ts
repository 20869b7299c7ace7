import { expect, test } from 'vitest';
import { failed, ok } from '../../shared/kit/result.ts';
import { seal } from './seal.ts';
import { currentToken, renewToken, saveTokens, type TokenDeps } from './tokens.ts';

const key = { id: 'k1', secret: btoa('0'.repeat(32)) };
const owned = { tenantId: 'tenant-1', connectionId: 'connection-1' };
const now = 1_000_000_000;
const minute = 60_000;

/** A connection whose access token has `leftMs` to live, and a host that gives out the next one. */
async function desk(leftMs: number, over: Partial<TokenDeps> = {}) {
  const log: string[] = [];
  let sealed: string | null = await seal(
    key,
    { ...owned, field: 'tokens' },
    JSON.stringify({ accessToken: 'access-1', refreshToken: 'refresh-1', expiresAtMs: now + leftMs }),
  );
  const deps: TokenDeps = {
    key,
    now: () => now,
    sealedOf: async () => sealed,
    save: async (tenantId, connectionId, next, expiresAt) => {
      log.push(`saved ${tenantId} ${connectionId} +${expiresAt.getTime() - now}`);
      sealed = next;
    },
    refresh: async (refreshToken) => {
      log.push(`refreshed ${refreshToken}`);
      return ok({ accessToken: 'access-2', refreshToken: 'refresh-2', expiresInS: 1_800 });
    },
    needsReconnect: async (_tenantId, connectionId) => void log.push(`needs reconnect ${connectionId}`),
    ...over,
  };
  const renew = async () => {
    log.push('asked to renew');
    return ok('access-2');
  };
  return { deps, log, current: () => currentToken({ ...deps, renew }, owned.tenantId, owned.connectionId) };
}

test('a fresh token is used as it is', async () => {
  const { log, current } = await desk(6 * minute);
  expect(await current()).toEqual(ok('access-1'));
  expect(log).toEqual([]);
});

test('a token with five minutes left or less is renewed', async () => {
  for (const leftMs of [5 * minute, 0, -minute]) {
    const { log, current } = await desk(leftMs);
    expect(await current()).toEqual(ok('access-2'));
    expect(log).toEqual(['asked to renew']);
  }
});

test('the new tokens are stored before the first of them is used', async () => {
  const { deps, log } = await desk(minute);
  const renewed = renewToken(deps, owned.tenantId, owned.connectionId).then((token) => {
    log.push('used');
    return token;
  });
  expect(await renewed).toEqual(ok('access-2'));
  expect(log).toEqual(['refreshed refresh-1', 'saved tenant-1 connection-1 +1800000', 'used']);
});

test('a new token that could not be stored is not given out', async () => {
  const { deps } = await desk(minute, { save: () => Promise.reject(new Error('database away')) });
  await expect(renewToken(deps, owned.tenantId, owned.connectionId)).rejects.toThrow('database away');
});

test('whoever comes second finds the token renewed, and the host is asked once', async () => {
  const { deps, log } = await desk(minute);
  await renewToken(deps, owned.tenantId, owned.connectionId);
  expect(await renewToken(deps, owned.tenantId, owned.connectionId)).toEqual(ok('access-2'));
  expect(log.filter((line) => line.startsWith('refreshed'))).toEqual(['refreshed refresh-1']);
});

test('a host that took our access away has to be connected again', async () => {
  const fault = { kind: 'expired', said: 'HubSpot no longer knows this connection.' } as const;
  const { deps, log } = await desk(minute, { refresh: async () => failed(fault) });
  expect(await renewToken(deps, owned.tenantId, owned.connectionId)).toEqual({ ok: false, fault });
  expect(log).toEqual(['needs reconnect connection-1']);
});

test('a host that is only away changes nothing', async () => {
  for (const kind of ['busy', 'broken', 'refused'] as const) {
    const { deps, log } = await desk(minute, { refresh: async () => failed({ kind, said: 'HubSpot is away.' }) });
    expect((await renewToken(deps, owned.tenantId, owned.connectionId)).ok).toBe(false);
    expect(log).toEqual([]);
  }
});

test('a connection without credentials is expired, one whose credentials were moved here is broken', async () => {
  const { deps } = await desk(minute);
  const none = await renewToken({ ...deps, sealedOf: async () => null }, owned.tenantId, owned.connectionId);
  expect(none).toMatchObject({ ok: false, fault: { kind: 'expired' } });
  expect(await renewToken(deps, 'tenant-2', owned.connectionId)).toMatchObject({ ok: false, fault: { kind: 'broken' } });
});

test('tokens are stored sealed', async () => {
  const kept: string[] = [];
  const save = async (_tenantId: string, _connectionId: string, sealed: string) => void kept.push(sealed);
  await saveTokens({ key, save }, owned, { accessToken: 'access-1', refreshToken: 'refresh-1', expiresAtMs: now });
  expect(kept[0]).toMatch(/^v1\.k1\./);
  expect(kept[0]).not.toMatch(/access-1|refresh-1/);
});
