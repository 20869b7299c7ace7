import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openDb } from '../../db/client.ts';
import { databases, newTenant } from '../../db/test-db.ts';
import { connectionOf, install, type Owned, resolveInstallKey } from '../store.ts';
import { dropConnection, loseConnection, takeState } from './store.ts';

const now = new Date('2026-11-20T15:00:00.000Z');
const later = new Date('2026-11-20T15:10:00.000Z');

describe.each(databases)('connecting ($name)', ({ url }) => {
  const db = openDb(url);
  const look = async ({ tenantId, connectionId }: Owned) => {
    const row = await connectionOf(db, tenantId, connectionId);
    if (!row) throw new Error('no such connection');
    return row;
  };

  test('a way back is taken once, whoever is quicker, and forgotten when it would be too old anyway', async () => {
    const hash = randomUUID();
    const taken = await Promise.all([1, 2, 3].map(() => takeState(db, hash, now, later)));
    expect(taken.sort()).toEqual([false, false, true]);
    await takeState(db, randomUUID(), new Date(later.getTime() + 1), new Date(later.getTime() + 600_000));
    expect(await takeState(db, hash, now, later)).toBe(true);
  });

  test('a connection that was lost says why', async () => {
    const owned = await newTenant(url);
    const seen = await look(owned);
    expect(await loseConnection(db, seen, 'Connect it again.')).toBe(true);
    expect(await loseConnection(db, seen, 'Connect it again.')).toBe(false);
    expect(await look(owned)).toMatchObject({ state: 'needs-reconnect', settings: { trouble: 'Connect it again.' } });
  });

  test('what was seen before somebody connected again ends nothing', async () => {
    const owned = await newTenant(url);
    const before = await look(owned);
    const it = {
      provider: 'hubspot',
      externalId: before.externalId,
      tenantName: 'B',
      timeZone: 'UTC',
      installerId: '71',
      installerEmail: '',
    } as const;
    await install(db, { ...it, settings: { connectedAt: now.toISOString() } });
    expect(await loseConnection(db, before, 'late')).toBe(false);
    expect(await dropConnection(db, before, 'host')).toBeNull();
    expect(await loseConnection(db, { ...(await look(owned)), secretSealed: 'v1.another.a.b' }, 'late')).toBe(false);
    expect(await look(owned)).toMatchObject({ state: 'connected' });
  });

  test('a disconnected org’s install key opens nothing, and connecting again is the same tenant', async () => {
    const it = {
      provider: 'salesforce',
      externalId: `00D${randomUUID()}`,
      tenantName: 'Acme',
      timeZone: 'UTC',
      installKeyHash: `hash-${randomUUID()}`,
      installerId: '0055f',
      installerEmail: '',
    } as const;
    const owned = await install(db, it);
    expect(await dropConnection(db, await look(owned), '0055f')).toEqual({ secretSealed: null });
    expect(await resolveInstallKey(db, it.externalId, it.installKeyHash)).toBeNull();
    expect(await look(owned)).toMatchObject({ state: 'disconnected', secretSealed: null });
    expect(await install(db, { ...it, installKeyHash: `${it.installKeyHash}-2` })).toEqual(owned);
    expect(await resolveInstallKey(db, it.externalId, it.installKeyHash)).toBeNull();
    expect(await resolveInstallKey(db, it.externalId, `${it.installKeyHash}-2`)).toEqual(owned);
  });
});
