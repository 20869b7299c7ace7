import { expect, test } from 'vitest';
import { failed, ok } from '../../shared/kit/result.ts';
import { currentToken, openTokens, renewToken, type TokenDeps, type Tokens } from './tokens.ts';

const now = 1_000_000_000;
const minute = 60_000;
const gone = { kind: 'expired', said: 'HubSpot no longer knows this connection.' } as const;

/** A connection whose access token has `leftMs` to live, and a host that gives out the next one. */
function desk(leftMs: number, over: Partial<TokenDeps> = {}) {
  const log: string[] = [];
  const stored: { tokens: Tokens } = { tokens: { accessToken: 'access-1', refreshToken: 'refresh-1', expiresAtMs: now + leftMs } };
  const deps: TokenDeps = {
    now: () => now,
    read: async () => ok({ sealed: `sealed ${stored.tokens.accessToken}`, tokens: stored.tokens }),
    save: async (tokens) => {
      log.push(`saved ${tokens.refreshToken} +${tokens.expiresAtMs - now}`);
      stored.tokens = tokens;
      return 'saved';
    },
    refresh: async (refreshToken) => {
      log.push(`refreshed ${refreshToken}`);
      return ok({ accessToken: 'access-2', refreshToken: 'refresh-2', expiresInS: 1_800 });
    },
    lose: async (sealed, said) => void log.push(`lost ${sealed}: ${said}`),
    ...over,
  };
  const renew = async (refused?: string) => {
    log.push(`asked to renew${refused ? ` ${refused}` : ''}`);
    return ok('access-2');
  };
  return { deps, log, stored, current: (refused?: string) => currentToken({ ...deps, renew }, refused) };
}

test('a fresh token is used as it is', async () => {
  const { log, current } = desk(6 * minute);
  expect(await current()).toEqual(ok('access-1'));
  expect(log).toEqual([]);
});

test('a token with five minutes left or less is renewed', async () => {
  for (const leftMs of [5 * minute, 0, -minute]) {
    const { log, current } = desk(leftMs);
    expect(await current()).toEqual(ok('access-2'));
    expect(log).toEqual(['asked to renew']);
  }
});

test('a token that the host refused is renewed, however fresh it looks', async () => {
  const { log, current } = desk(20 * minute);
  expect(await current('access-1')).toEqual(ok('access-2'));
  expect(await current('access-0')).toEqual(ok('access-1'));
  expect(log).toEqual(['asked to renew access-1']);
});

test('of many who were refused the same token, the first renews it and the rest take what is there', async () => {
  const { deps, log } = desk(20 * minute);
  const all: unknown[] = [];
  for (let n = 0; n < 5; n += 1) all.push(await renewToken(deps, 'access-1'));
  expect(all).toEqual(Array(5).fill(ok('access-2')));
  expect(log).toEqual(['refreshed refresh-1', 'saved refresh-2 +1800000']);
});

test('the new tokens are stored before the first of them is used', async () => {
  const { deps, log } = desk(minute);
  const renewed = await renewToken(deps);
  log.push('used');
  expect(renewed).toEqual(ok('access-2'));
  expect(log).toEqual(['refreshed refresh-1', 'saved refresh-2 +1800000', 'used']);
});

test('a new token that could not be stored is not given out', async () => {
  const { deps } = desk(minute, { save: () => Promise.reject(new Error('database away')) });
  await expect(renewToken(deps)).rejects.toThrow('database away');
  const ended = desk(minute, { save: async () => 'gone' });
  expect(await renewToken(ended.deps)).toMatchObject({ ok: false, fault: { kind: 'expired' } });
});

test('an answer that was lost is asked for again with the token we have', async () => {
  let away = true;
  const { deps, log } = desk(minute);
  const refresh = deps.refresh;
  deps.refresh = async (token) => {
    if (!away) return refresh(token);
    away = false;
    return failed({ kind: 'broken', said: 'HubSpot did not answer.' });
  };
  expect(await renewToken(deps)).toMatchObject({ ok: false, fault: { kind: 'broken' } });
  expect(await renewToken(deps)).toEqual(ok('access-2'));
  expect(log).toEqual(['refreshed refresh-1', 'saved refresh-2 +1800000']);
});

test('a refresh token that somebody rotated meanwhile is no loss: theirs counts', async () => {
  const { deps, log, stored } = desk(minute);
  deps.refresh = async () => {
    stored.tokens = { accessToken: 'access-9', refreshToken: 'refresh-9', expiresAtMs: now + 30 * minute };
    return failed(gone);
  };
  expect(await renewToken(deps)).toEqual(ok('access-9'));
  expect(log).toEqual([]);
});

test('a host that took our access away has to be connected again', async () => {
  const { deps, log } = desk(minute, { refresh: async () => failed(gone) });
  expect(await renewToken(deps)).toEqual({ ok: false, fault: gone });
  expect(log).toEqual([`lost sealed access-1: ${gone.said}`]);
});

test('a host that is only away changes nothing', async () => {
  for (const kind of ['busy', 'broken', 'refused'] as const) {
    const { deps, log } = desk(minute, { refresh: async () => failed({ kind, said: 'HubSpot is away.' }) });
    expect((await renewToken(deps)).ok).toBe(false);
    expect(log).toEqual([]);
  }
});

test('a connection without credentials is expired, one whose credentials do not open is not', async () => {
  const closed = failed({ kind: 'broken', said: 'A stored secret does not open here.' } as const);
  expect(await openTokens(null, async () => closed)).toMatchObject({ fault: { kind: 'expired' } });
  expect(await openTokens('v1.a.b.c', async () => closed)).toEqual(closed);
});
