import { expect, test } from 'vitest';
import { failed, ok } from '../../shared/kit/result.ts';
import { keptSession, renewSession, type SessionDeps } from './salesforce-session.ts';
import type { ConnectionRow } from './store.ts';

const instanceUrl = 'https://acme.my.salesforce.com';
const unseal: SessionDeps['unseal'] = async (_, sealed) => ok(sealed);
const kept = (accessToken: string, connectedAt = 'monday') => JSON.stringify({ accessToken, instanceUrl, connectedAt });

/** An org that opens s-1, s-2, …, and a connection that keeps one of them. */
function desk(over: Partial<SessionDeps> = {}, secretSealed: string | null = null) {
  const log: string[] = [];
  let opened = 0;
  const row = {
    id: 'connection-1',
    tenantId: 'tenant-1',
    provider: 'salesforce',
    externalId: '00D5f000000SAND',
    state: 'connected',
    instanceUrl,
    secretSealed,
    secretExpiresAt: null,
    installerId: null,
    installerEmail: null,
    settings: { connectedAt: 'monday' },
  } as ConnectionRow;
  const deps: SessionDeps = {
    row: async () => ({ ...row }),
    unseal,
    save: async (_, plain) => {
      row.secretSealed = plain;
      return 'saved';
    },
    open: async () => {
      opened += 1;
      log.push(`opened s-${opened}`);
      return ok({ accessToken: `s-${opened}`, instanceUrl });
    },
    end: async ({ accessToken }) => {
      log.push(`ended ${accessToken}`);
      return ok(true);
    },
    lose: async (_, said) => void log.push(`lost: ${said}`),
    ...over,
  };
  return { deps, log, row };
}

test('the first who asks opens a session, and everybody else gets that one until the org refuses it', async () => {
  const { deps, log, row } = desk();
  expect([await renewSession(deps), await renewSession(deps), await renewSession(deps, 'another')]).toEqual(Array(3).fill(ok('s-1')));
  expect(await keptSession(row, unseal)).toEqual({ accessToken: 's-1', instanceUrl, isOld: false });
  expect(await renewSession(deps, 's-1')).toEqual(ok('s-2'));
  // Late with the old refusal.
  expect(await renewSession(deps, 's-1')).toEqual(ok('s-2'));
  expect(log).toEqual(['opened s-1', 'opened s-2', 'ended s-1']);
});

test('a session from before the org was connected again is ended and not used, even one that nobody refused', async () => {
  const { deps, log } = desk({}, kept('s-0', 'sunday'));
  expect(await renewSession(deps)).toEqual(ok('s-1'));
  expect(log).toEqual(['opened s-1', 'ended s-0']);
});

test('an org that hands the same session out again keeps it', async () => {
  const { deps, log } = desk({ open: async () => ok({ accessToken: 's-0', instanceUrl }) }, kept('s-0'));
  expect(await renewSession(deps, 's-0')).toEqual(ok('s-0'));
  expect(log).toEqual([]);
});

test.each(['disconnected', 'needs-reconnect'] as const)('a connection that is %s opens none', async (state) => {
  const { deps, log, row } = desk({}, kept('s-0'));
  row.state = state;
  expect(await renewSession(deps, 's-0')).toMatchObject({ fault: { kind: 'expired' } });
  expect(log).toEqual([]);
});

test('one that was on its way while somebody disconnected is ended at once', async () => {
  const { deps, log } = desk({ save: async () => 'gone' });
  expect(await renewSession(deps)).toEqual(failed({ kind: 'expired', said: 'The connection was ended meanwhile.' }));
  expect(log).toEqual(['opened s-1', 'ended s-1']);
});

test('one that could not be kept is ended, too', async () => {
  const { deps, log } = desk({ save: () => Promise.reject(new Error('no database')) });
  await expect(renewSession(deps)).rejects.toThrow('no database');
  expect(log).toEqual(['opened s-1', 'ended s-1']);
  // It may have been stored all the same, and then nobody knows the one before it any more.
  const late = desk({ save: () => Promise.reject(new Error('no database')) }, kept('s-0'));
  await expect(renewSession(late.deps, 's-0')).rejects.toThrow('no database');
  expect(late.log).toEqual(['opened s-1', 'ended s-1', 'ended s-0']);
});

test('an org that lets us in no more asks a person, one that is away does not', async () => {
  const shut = failed({ kind: 'expired', said: 'Connect it again.' } as const);
  const away = failed({ kind: 'broken', said: 'Salesforce could not be reached.' } as const);
  const one = desk({ open: async () => shut });
  const other = desk({ open: async () => away });
  expect([await renewSession(one.deps), await renewSession(other.deps)]).toEqual([shut, away]);
  expect([one.log, other.log]).toEqual([['lost: Connect it again.'], []]);
});

test('what does not open here is as good as none', async () => {
  const { deps } = desk({ unseal: async () => failed({ kind: 'broken', said: 'It does not open.' }) }, 'v1.other.a.b');
  expect(await renewSession(deps)).toEqual(ok('s-1'));
});
