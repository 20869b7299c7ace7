import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { failed, ok } from '../../shared/kit/result.ts';
import { openDb } from '../db/client.ts';
import { saveCursors } from '../db/rounds.ts';
import { databases, newTenant } from '../db/test-db.ts';
import type { RosApp } from '../http/app.ts';
import type { Parts } from '../parts.ts';
import type { GraphAnswer, GraphHost, GraphSubscription } from '../ports/meeting-hosts.ts';
import { openKeyring } from '../tenants/keys/keyring.ts';
import * as keys from '../tenants/keys/store.ts';
import * as tenants from '../tenants/store.ts';
import { wireTeams } from './teams.ts';

const minute = 60_000;

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(databases)('Teams ($name)', ({ url }) => {
  const db = openDb(url);

  /** A connected directory whose Graph answers as `it` says, and tells what was asked of it. */
  async function desk(it: { canSubscribe: boolean; refused: readonly string[] }) {
    const { tenantId, connectionId: crm } = await newTenant(url);
    const clock = { nowMs: Date.parse('2026-11-20T15:00:00.000Z') };
    const now = () => clock.nowMs;
    const log: string[] = [];
    const kept: string[] = [];
    let made = 0;
    const subscription: GraphSubscription = {
      subscribe: async () => {
        log.push('subscribes');
        if (!it.canSubscribe) return failed({ kind: 'busy', said: 'Graph asks us to wait.' });
        made += 1;
        return ok({ id: `sub-${made}`, until: new Date(now() + 2 * 24 * 60 * minute).toISOString() });
      },
      renew: async (id) => {
        log.push(`renews ${id}`);
        return ok({ id, until: new Date(now() + 2 * 24 * 60 * minute).toISOString() });
      },
      unsubscribe: async (id) => {
        log.push(`ends ${id}`);
        return ok(true);
      },
      transcriptsSince: async (organizer) =>
        it.refused.includes(organizer) ? failed({ kind: 'refused', said: 'No policy covers them.' }) : ok([`users/${organizer}/t`]),
    };
    const directoryId = crypto.randomUUID();
    const missed: GraphAnswer = {
      status: 202,
      headers: {},
      body: '',
      notices: [{ subscriptionId: 'sub-1', directoryId, lifecycleEvent: 'missed' }],
    };
    const graph: Partial<GraphHost> = {
      connect: undefined,
      subscription: () => subscription,
      read: async () => missed,
    };
    const keyring = openKeyring({
      masters: { current: 'k1', keys: new Map([['k1', new Uint8Array(32)]]) },
      now,
      keysOf: (id) => keys.keysOf(db, id),
      addKey: (id, key) => keys.addKey(db, id, key),
    });
    const of = { provider: 'graph', externalId: directoryId } as const;
    const added = await tenants.addConnection(db, tenantId, { ...of, settings: { crm } });
    const connectionId = added?.connectionId ?? '';
    const [clientId, certificateId] = [crypto.randomUUID(), crypto.randomUUID()];
    const secret = { clientId, clientSecret: 's', clientState: 'c', certificateId, certificate: 'x', privateKey: 'y' };
    await keyring.keep(keys.placeOf({ ...of, tenantId, id: connectionId }), JSON.stringify(secret), (sealed) =>
      keys.saveSecret(db, tenantId, connectionId, { sealed }),
    );
    const parts = { db, now, keyring, graph, settings: { PUBLIC_URL: 'https://ros.test' } } as unknown as Parts;
    const teams = wireTeams(parts, {
      keep: async (_tenantId, name) => void kept.push(name),
      take: async () => void kept.push('taken'),
    });
    return { teams, tenantId, connectionId, clock, log, kept };
  }

  test('a subscription that ended while the next one could not be made is made by a later round', async () => {
    const it = { canSubscribe: true, refused: [] };
    const { teams, tenantId, connectionId, clock, log } = await desk(it);
    expect(await teams.subscribe(tenantId, connectionId)).toEqual(ok(true));
    it.canSubscribe = false;
    expect(await teams.subscribe(tenantId, connectionId)).toMatchObject({ ok: false });
    await teams.round();
    it.canSubscribe = true;
    clock.nowMs += 11 * minute;
    await teams.round();
    expect(log).toEqual(['subscribes', 'ends sub-1', 'subscribes', 'subscribes', 'subscribes']);
    // It has two days now, so nothing is asked.
    clock.nowMs += 11 * minute;
    await teams.round();
    expect(log).toHaveLength(5);
  });

  test('an organizer whom Graph refuses holds up no other', async () => {
    const { teams, tenantId, connectionId, kept } = await desk({ canSubscribe: true, refused: ['b'] });
    await saveCursors(db, tenantId, connectionId, 'graph:organizer:', { a: '', b: '', c: '' });
    const app: RosApp = new Hono();
    teams.routes(app);
    const waited: Promise<unknown>[] = [];
    const ctx = { waitUntil: (work: Promise<unknown>) => void waited.push(work), passThroughOnException: () => undefined, props: {} };
    expect((await app.request('/hooks/graph', { method: 'POST', body: '{}' }, {}, ctx)).status).toBe(202);
    await Promise.all(waited);
    expect(kept.sort()).toEqual(['taken', 'users/a/t', 'users/c/t']);
  });
});
