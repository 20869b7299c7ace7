import { describe, expect, test } from 'vitest';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import * as outbox from '../act/outbox/store.ts';
import * as changes from '../act/store.ts';
import { openDb } from '../db/client.ts';
import { databases, newCall, newTenant } from '../db/test-db.ts';
import type { Who } from '../http/who.ts';
import type { HubspotHost, Parts, SalesforceHost } from '../parts.ts';
import { saveAppCursor } from '../tenants/connect/store.ts';
import type { Journal } from '../tenants/hear-uninstalls.ts';
import { openKeyring } from '../tenants/keys/keyring.ts';
import * as keys from '../tenants/keys/store.ts';
import * as tenants from '../tenants/store.ts';
import { disconnect, uninstalledByHost } from './disconnect.ts';
import { renewHubspot, saveHubspotTokens } from './hubspot-tokens.ts';
import { renewSalesforce } from './salesforce-session.ts';
import { wireUninstalls } from './uninstalls.ts';

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
    const row = () => tenants.connectionOf(db, tenantId, connectionId);
    const externalId = async () => (await row())?.externalId ?? '';
    return {
      ...owned,
      externalId,
      trouble: async () => (await row())?.settings['trouble'],
      reinstall: async () => {
        const settings = { connectedAt: new Date(now).toISOString() };
        const it = { provider: 'hubspot', tenantName: 'B', timeZone: 'UTC', installerId: '71', installerEmail: '' } as const;
        await tenants.install(db, { ...it, externalId: await externalId(), settings });
      },
      parts,
      log,
      connect,
      who: { tenantId, connectionId, host: 'hubspot', user: { id: '71', email: '' } } satisfies Who,
      look: async () => {
        const { state, secretSealed } = (await row()) ?? {};
        const change = await changes.changeOf(db, tenantId, id);
        const isDue = (await outbox.dueConnections(db, new Date(now))).some((it) => it.connectionId === connectionId);
        return { state, hasSecret: secretSealed !== null, change: change?.state, isDue };
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

  test('their notice asks a person, unless it is about an install of before; secrets go, what waits stays', async () => {
    const { parts, tenantId, connectionId, reinstall, connect, look, trouble } = await desk();
    await reinstall();
    await connect('access-2', 30 * minute);
    expect(await uninstalledByHost(parts, tenantId, connectionId, now - 1)).toBe(false);
    expect(await look()).toEqual({ state: 'connected', hasSecret: true, change: 'due', isDue: true });
    expect(await uninstalledByHost(parts, tenantId, connectionId, now + 1)).toBe(true);
    expect(await uninstalledByHost(parts, tenantId, connectionId, now + 1)).toBe(false);
    expect(await look()).toEqual({ state: 'needs-reconnect', hasSecret: false, change: 'due', isDue: false });
    expect(await trouble()).toBe('Relationship OS was uninstalled in HubSpot. Nothing is lost: connect it again to go on.');
  });

  test('their notice tells why, where a refused token had asked a person already', async () => {
    const { parts, tenantId, connectionId, look, trouble } = await desk({ refresh: async () => gone });
    await renewHubspot(parts, tenantId, connectionId, 'access-1');
    expect(await uninstalledByHost(parts, tenantId, connectionId, now)).toBe(true);
    expect(await look()).toMatchObject({ state: 'needs-reconnect', hasSecret: false });
    expect(await trouble()).toContain('was uninstalled in HubSpot');
  });

  test('their notice of what we did ourselves changes nothing', async () => {
    const { parts, who, tenantId, connectionId, look } = await desk();
    await disconnect(parts, who);
    expect(await uninstalledByHost(parts, tenantId, connectionId, now)).toBe(false);
    expect(await look()).toMatchObject({ state: 'disconnected', hasSecret: false });
  });

  test('the journal is read once, for all tenants in one, and from where it was left', async () => {
    const left = await desk();
    const stayed = await desk();
    const [account = '', other = ''] = await Promise.all([left, stayed].map(({ externalId }) => externalId()));
    await stayed.reinstall();
    const asked: string[] = [];
    const journal: Journal = {
      subscribe: async () => ok(true),
      next: async (offset) => {
        asked.push(offset ?? 'earliest');
        if (offset === 'file-1') return ok(null);
        const uninstalled = [account, other, 'portal-of-nobody'].map((one) => ({ account: one, atMs: now - 1 }));
        return ok({ offset: 'file-1', uninstalled });
      },
      latest: async () => ok('file-1'),
    };
    const hear = wireUninstalls({ ...left.parts, hubspot: { ...left.parts.hubspot, journal } } as unknown as Parts);
    await saveAppCursor(db, 'hubspot-journal:offset', 'file-0');
    await hear();
    await hear();
    expect(asked).toEqual(['file-0', 'file-1', 'file-1']);
    expect([await left.look(), await stayed.look()]).toMatchObject([{ state: 'needs-reconnect' }, { state: 'connected' }]);
  });

  test('a journal that is shut to us is left alone for an hour', async () => {
    const { parts } = await desk();
    let nowMs = now;
    let asked = 0;
    const shut = async () => {
      asked += 1;
      return failed({ kind: 'refused', said: 'HubSpot says this app may not do that.' } as const);
    };
    const journal: Journal = { subscribe: shut, next: shut, latest: shut };
    const hear = wireUninstalls({ ...parts, now: () => nowMs, hubspot: { ...parts.hubspot, journal } } as unknown as Parts);
    await hear();
    nowMs += 59 * minute;
    await hear();
    expect(asked).toBe(1);
    nowMs += minute;
    await hear();
    expect(asked).toBe(2);
  });

  describe('in Salesforce', () => {
    /** A connected org that opens s-1, s-2, … and says which of them stand open. */
    async function org(over: Partial<SalesforceHost> = {}) {
      const externalId = `00D${crypto.randomUUID()}`;
      const it = {
        provider: 'salesforce',
        externalId,
        tenantName: 'Acme',
        timeZone: 'UTC',
        installerId: '71',
        installerEmail: '',
      } as const;
      const owned = await tenants.install(db, { ...it, settings: { connectedAt: new Date(now).toISOString() } });
      const open = new Set<string>();
      let opened = 0;
      const salesforce: Pick<SalesforceHost, 'openSession' | 'endSession'> = {
        openSession: async () => {
          open.add(`s-${++opened}`);
          return ok({ accessToken: `s-${opened}`, instanceUrl: 'https://acme.my.salesforce.com' });
        },
        endSession: async ({ accessToken }) => {
          open.delete(accessToken);
          return ok(true);
        },
        ...over,
      };
      const parts = { db, keyring: (await desk()).parts.keyring, salesforce } as unknown as Parts;
      return {
        open,
        parts,
        opened: () => opened,
        renew: (refused?: string) => renewSalesforce(parts, owned.tenantId, owned.connectionId, refused),
        end: () => disconnect(parts, { ...owned, host: 'salesforce', user: { id: '71', email: '' } }),
        row: () => tenants.connectionOf(db, owned.tenantId, owned.connectionId),
      };
    }

    test('by us: the one session that everybody had is ended, and none is opened any more', async () => {
      const { open, opened, renew, end, row } = await org();
      expect([await renew(), await renew(), [...open]]).toEqual([ok('s-1'), ok('s-1'), ['s-1']]);
      expect((await row())?.secretSealed).not.toContain('s-1');
      expect(await end()).toEqual(ok(true));
      expect([[...open], await row()]).toMatchObject([[], { state: 'disconnected', secretSealed: null }]);
      expect(await renew('s-1')).toMatchObject({ fault: { kind: 'expired' } });
      expect([[...open], opened()]).toEqual([[], 1]);
    });

    test('by us, while another session was on its way: both are ended', async () => {
      const { open, renew, end, parts } = await org();
      await renew();
      const { openSession } = parts.salesforce as SalesforceHost;
      Object.assign(parts.salesforce as SalesforceHost, {
        openSession: async (row: tenants.ConnectionRow) => {
          const late = await openSession(row);
          await end();
          return late;
        },
      });
      expect(await renew('s-1')).toMatchObject({ fault: { kind: 'expired' } });
      expect([...open]).toEqual([]);
    });

    test('by us, while Salesforce is away: it is over all the same, and nobody knows the session any more', async () => {
      const { renew, end, row } = await org({
        endSession: async () => failed({ kind: 'broken', said: 'Salesforce could not be reached.' }),
      });
      await renew();
      expect(await end()).toEqual(ok(true));
      expect(await row()).toMatchObject({ state: 'disconnected', secretSealed: null });
    });
  });
});
