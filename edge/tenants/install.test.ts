import { expect, test } from 'vitest';
import { failed, ok } from '../../shared/kit/result.ts';
import { sha256Hex } from '../http/who.ts';
import { type InstallDeps, installHubspot, installSalesforce } from './install.ts';

const owned = { tenantId: 'tenant-1', connectionId: 'connection-1' };

function desk(over: Partial<InstallDeps> = {}) {
  const log: string[] = [];
  const installed: Parameters<InstallDeps['install']>[0][] = [];
  const deps: InstallDeps = {
    now: () => Date.parse('2026-11-20T15:00:00.000Z'),
    install: async (it) => {
      log.push('installed');
      installed.push(it);
      return owned;
    },
    saveHubspotTokens: async () => log.push('tokens saved'),
    prepareHubspot: async () => {
      log.push('prepared');
      return ok({ effectOnce: true });
    },
    pause: async (ms) => void log.push(`paused ${ms}`),
    hubspotScopes: { required: ['deals.read', 'deals.write'], optional: ['schemas.write'] },
    probeSalesforce: async ({ login }) => {
      log.push(`probed ${login}`);
      return ok({ effectOnce: true, sharedActivities: false });
    },
    connected: async ({ connectionId }) => void log.push(`connected ${connectionId}`),
    ...over,
  };
  return { deps, log, installed };
}
const grant = (...scopes: string[]) => ({ accessToken: 'a', refreshToken: 'r', expiresInS: 1_800, hubId: 42, userId: 71, scopes });
const org = {
  orgId: '00D5f000000SAND',
  instanceUrl: 'https://acme--dev.sandbox.my.salesforce.com',
  userId: '0055f',
  username: 'integration@acme.example',
  login: 'https://test.salesforce.com',
};

test('a portal that did not grant what we need is told what is missing, and nothing is stored', async () => {
  const { deps, log } = desk();
  const done = await installHubspot(deps, grant('deals.read', 'schemas.write'));
  expect(done.ok || done.fault).toEqual({
    kind: 'refused',
    said: 'HubSpot did not grant everything that Relationship OS needs. Missing: deals.write. Start again as an admin who may grant it.',
  });
  expect(log).toEqual([]);
});

test('what is missing of the rest is remembered, and what waited goes on once the tokens are stored', async () => {
  const { deps, log, installed } = desk();
  expect(await installHubspot(deps, grant('deals.read', 'deals.write'))).toEqual(ok({ ...owned, effectOnce: true }));
  expect(installed[0]?.settings).toEqual({
    connectedAt: '2026-11-20T15:00:00.000Z',
    trouble: null,
    scopes: ['deals.read', 'deals.write'],
    missingScopes: ['schemas.write'],
    effectOnce: true,
  });
  expect(log).toEqual(['prepared', 'installed', 'tokens saved', 'connected connection-1']);
});

test('a portal that is asked too often for the moment is asked again, and given up in the end', async () => {
  const busy = failed({ kind: 'busy', said: 'HubSpot asks for fewer requests.' } as const);
  let left = 2;
  const { deps, log } = desk({ prepareHubspot: async () => (left-- > 0 ? busy : ok({ effectOnce: true })) });
  expect((await installHubspot(deps, grant('deals.read', 'deals.write'))).ok).toBe(true);
  expect(log.slice(0, 3)).toEqual(['paused 3000', 'paused 3000', 'installed']);
  const never = desk({ prepareHubspot: async () => busy });
  expect(await installHubspot(never.deps, grant('deals.read', 'deals.write'))).toEqual(busy);
  expect(never.log).toEqual(Array(4).fill('paused 3000'));
});

test('an org gets another install key each time, and is signed in to at its own address', async () => {
  const { deps, log, installed } = desk();
  const keys = [await installSalesforce(deps, org), await installSalesforce(deps, org)].map((it) => (it.ok ? it.value.installKey : ''));
  expect(keys[0]).not.toBe(keys[1]);
  expect(installed.map(({ installKeyHash }) => installKeyHash)).toEqual(await Promise.all(keys.map(sha256Hex)));
  expect(installed[0]?.settings).toMatchObject({ username: org.username, login: org.instanceUrl });
  expect(log.slice(0, 3)).toEqual([`probed ${org.instanceUrl}`, 'installed', 'connected connection-1']);
});

test('an org we cannot act for is not connected', async () => {
  const said = async (kind: 'expired' | 'broken') => {
    const { deps, log } = desk({ probeSalesforce: async () => failed({ kind, said: 'Salesforce says no.' }) });
    const done = await installSalesforce(deps, org);
    return [done.ok || done.fault.said, log];
  };
  expect(await said('expired')).toEqual([expect.stringContaining('ROS_Integration'), []]);
  expect(await said('broken')).toEqual(['Salesforce says no.', []]);
});
