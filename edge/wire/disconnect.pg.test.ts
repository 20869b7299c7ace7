import { describe, expect, test } from 'vitest';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import * as outbox from '../act/outbox/store.ts';
import * as changes from '../act/store.ts';
import { openDb } from '../db/client.ts';
import { databases, newCall, newTenant } from '../db/test-db.ts';
import type { Who } from '../http/who.ts';
import type { HubspotHost, Parts } from '../parts.ts';
import { openKeyring } from '../tenants/keys/keyring.ts';
import * as keys from '../tenants/keys/store.ts';
import * as tenants from '../tenants/store.ts';
import { disconnect, uninstalledByHost } from './disconnect.ts';
import { renewHubspot, saveHubspotTokens } from './hubspot-tokens.ts';

const now = Date.parse('2026-11-20T15:00:00.000Z');
const minute = 60_000;
const gone = failed({ kind: 'expired', said: 'HubSpot no longer knows this connection. Connect it again.' } as const);

describe.each(databases)('ending a connection ($name)', ({ url }) => {
  const db = openDb(url);

  /** A connected portal with a change that waits to be written, and the HubSpot of `over`. */
  async function desk(over: Partial<HubspotHost> = {}) {
    const owned = await newTenant(url);
    const { tenantId, connectionId } = owned;
    const log: string[] = [];
    const hubspot: Pick<HubspotHost, 'refresh' | 'uninstall'> = {
      refresh: async (token): Promise<Result<{ accessToken: string; refreshToken: string; expiresInS: number }>> => {
        log.push(`refreshed ${token}`);
        return ok({ accessToken: 'access-2', refreshToken: 'refresh-2', expiresInS: 1_800 });
      },
      uninstall: async (token) => {
        log.push(`uninstalled ${token}`);
        return ok(true);
      },
      ...over,
    };
    const keyring = openKeyring({
      masters: { current: 'k1', keys: new Map([['k1', new Uint8Array(32)]]) },
      now: () => now,
      keysOf: (id) => keys.keysOf(db, id),
      addKey: (id, key) => keys.addKey(db, id, key),
    });
    const parts = { db, now: () => now, keyring, hubspot } as unknown as Parts;
    const connect = (accessToken: string, leftMs: number) =>
      saveHubspotTokens(parts, owned, { accessToken, refreshToken: `of ${accessToken}`, expiresAtMs: now + leftMs });
    await connect('access-1', 30 * minute);
    const callId = await newCall(owned);
    const note = { kind: 'add-note', body: 'x', at: new Date(now).toISOString() } as const;
    const id = crypto.randomUUID();
    await changes.planChanges(db, tenantId, [
      {
        id,
        callId,
        connectionId,
        opKey: id,
        record: { object: 'deal', id: '7001' },
        also: [],
        policy: 'auto',
        state: 'due',
        body: note,
        reason: '',
        evidence: [],
        ordinal: 0,
      },
    ]);
    return {
      ...owned,
      parts,
      log,
      connect,
      who: { tenantId, connectionId, host: 'hubspot', user: { id: '71', email: '' } } satisfies Who,
      look: async () => {
        const row = await tenants.connectionOf(db, tenantId, connectionId);
        const change = await changes.changeOf(db, tenantId, id);
        const isDue = (await outbox.dueConnections(db, new Date(now))).some((it) => it.connectionId === connectionId);
        return { state: row?.state, hasSecret: row?.secretSealed !== null, change: change?.state, isDue };
      },
    };
  }

  test('by us: the app leaves the portal, secrets go, what waits stays and nothing is sent', async () => {
    const { parts, who, log, look } = await desk();
    expect(await look()).toEqual({ state: 'connected', hasSecret: true, change: 'due', isDue: true });
    expect(await disconnect(parts, who)).toEqual(ok(true));
    expect(log).toEqual(['uninstalled access-1']);
    expect(await look()).toEqual({ state: 'disconnected', hasSecret: false, change: 'due', isDue: false });
  });

  test('by us, while HubSpot is away: nothing was changed', async () => {
    const { parts, who, look } = await desk({ uninstall: async () => failed({ kind: 'broken', said: 'HubSpot did not answer.' }) });
    expect(await disconnect(parts, who)).toMatchObject({ ok: false, fault: { kind: 'broken' } });
    expect(await look()).toMatchObject({ state: 'connected', hasSecret: true });
  });

  test('by us, when the app is out already: it ends here too', async () => {
    const { parts, who, look } = await desk({ uninstall: async () => gone });
    expect(await disconnect(parts, who)).toEqual(ok(true));
    expect(await look()).toMatchObject({ state: 'disconnected', hasSecret: false });
  });

  test('by them: a refresh token HubSpot no longer knows asks a person, keeps what waits, and connecting again lets it go on', async () => {
    const { parts, connectionId, tenantId, connect, look } = await desk({ refresh: async () => gone });
    expect(await renewHubspot(parts, tenantId, connectionId, 'access-1')).toEqual(gone);
    expect(await look()).toEqual({ state: 'needs-reconnect', hasSecret: true, change: 'due', isDue: false });
    const trouble = (await tenants.connectionOf(db, tenantId, connectionId))?.settings['trouble'];
    expect(trouble).toBe('HubSpot no longer knows this connection. Connect it again.');
    await tenants.setConnectionState(db, tenantId, connectionId, 'connected', 'install');
    await connect('access-3', 30 * minute);
    expect(await renewHubspot(parts, tenantId, connectionId)).toEqual(ok('access-3'));
    expect(await look()).toEqual({ state: 'connected', hasSecret: true, change: 'due', isDue: true });
  });

  test('a HubSpot that is away is asked again later', async () => {
    const away = failed({ kind: 'broken', said: 'HubSpot did not answer.' } as const);
    const { parts, connectionId, tenantId, look } = await desk({ refresh: async () => away });
    expect(await renewHubspot(parts, tenantId, connectionId, 'access-1')).toEqual(away);
    expect(await look()).toMatchObject({ state: 'connected', isDue: true });
  });

  test('a refresh that was on its way while somebody disconnected brings nothing back', async () => {
    const stage = await desk();
    const parts = {
      ...stage.parts,
      hubspot: {
        ...stage.parts.hubspot,
        refresh: async () => {
          await disconnect(stage.parts, stage.who);
          return ok({ accessToken: 'late', refreshToken: 'late', expiresInS: 1_800 });
        },
      },
    } as unknown as Parts;
    expect(await renewHubspot(parts, stage.tenantId, stage.connectionId, 'access-1')).toMatchObject({ fault: { kind: 'expired' } });
    expect(await stage.look()).toMatchObject({ state: 'disconnected', hasSecret: false });
  });

  test('their notice ends it, unless it is about an install of before', async () => {
    const { parts, tenantId, connectionId, look } = await desk();
    const { externalId } = (await tenants.connectionOf(db, tenantId, connectionId)) ?? { externalId: '' };
    const settings = { connectedAt: new Date(now).toISOString() };
    const again = {
      provider: 'hubspot',
      externalId,
      tenantName: 'B',
      timeZone: 'UTC',
      installerId: '71',
      installerEmail: '',
      settings,
    } as const;
    await tenants.install(db, again);
    await uninstalledByHost(parts, tenantId, connectionId, now - 1);
    expect(await look()).toMatchObject({ state: 'connected' });
    await uninstalledByHost(parts, tenantId, connectionId, now + 1);
    await uninstalledByHost(parts, tenantId, connectionId, now + 1);
    expect(await look()).toEqual({ state: 'disconnected', hasSecret: false, change: 'due', isDue: false });
  });
});
