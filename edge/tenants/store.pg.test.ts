import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openDb } from '../db/client.ts';
import { databases, newTenant } from '../db/test-db.ts';
import {
  addConnection,
  addMinutes,
  burnTicket,
  connectionOf,
  connectionsOf,
  type Install,
  install,
  minutesUsed,
  resolveConnection,
  resolveInstallKey,
  saveTicket,
  setCompetitors,
  setConnectionState,
  tenantOf,
} from './store.ts';

const now = new Date('2026-11-20T15:00:00.000Z');
const org = (): Install => ({
  provider: 'salesforce',
  externalId: `00D${randomUUID()}`,
  tenantName: 'Brightloop',
  timeZone: 'America/New_York',
  instanceUrl: 'https://brightloop.example',
  installKeyHash: `hash-${randomUUID()}`,
  installerId: '0055f',
  installerEmail: 'sam@brightloop.example',
  settings: { stages: true },
});

describe.each(databases)('tenants ($name)', ({ url }) => {
  const db = openDb(url);

  test('installing again is the same tenant, brought up to date and connected', async () => {
    const it = org();
    const first = await install(db, it);
    await setConnectionState(db, first.tenantId, first.connectionId, 'needs-reconnect');
    const { installKeyHash: _, ...again } = it;
    const second = await install(db, {
      ...again,
      tenantName: 'Brightloop Inc',
      settings: { notes: 1 },
    });
    expect(second).toEqual(first);
    expect(await tenantOf(db, first.tenantId)).toEqual({
      id: first.tenantId,
      name: 'Brightloop Inc',
      region: 'us',
      timeZone: 'America/New_York',
      competitors: [],
      sharing: 'team',
      minutesPerMonth: 1000,
      createdAt: expect.any(Date),
    });
    expect(await connectionOf(db, first.tenantId, first.connectionId)).toEqual({
      id: first.connectionId,
      tenantId: first.tenantId,
      provider: 'salesforce',
      externalId: it.externalId,
      state: 'connected',
      instanceUrl: 'https://brightloop.example',
      secretSealed: null,
      secretExpiresAt: null,
      installerId: '0055f',
      installerEmail: 'sam@brightloop.example',
      settings: { stages: true, notes: 1 },
    });
    // The install key the org already has stays good.
    expect(await resolveInstallKey(db, it.externalId, it.installKeyHash ?? '')).toEqual(first);
  });

  test('two installs at once make one tenant', async () => {
    const it = org();
    const both = await Promise.all([install(db, it), install(db, it)]);
    expect(both[0]).toEqual(both[1]);
  });

  test('an account finds its tenant, a wrong key and an unknown account find nobody', async () => {
    const it = org();
    const owned = await install(db, it);
    expect(await resolveConnection(db, 'salesforce', it.externalId)).toEqual(owned);
    expect(await resolveConnection(db, 'hubspot', it.externalId)).toBeNull();
    expect(await resolveInstallKey(db, it.externalId, 'another')).toBeNull();
  });

  test('a further account joins the tenant; one that another tenant holds does not', async () => {
    const mine = await newTenant(url);
    const theirs = await newTenant(url);
    const line = { provider: 'twilio', externalId: `AC${randomUUID()}`, settings: { number: '+14155550111' }, by: '71' } as const;
    const added = await addConnection(db, mine.tenantId, line);
    expect(await addConnection(db, mine.tenantId, { ...line, settings: { number: '+14155550112' } })).toEqual(added);
    expect((await connectionsOf(db, mine.tenantId)).filter(({ provider }) => provider === 'twilio')).toMatchObject([
      { id: added?.connectionId, settings: { number: '+14155550112' } },
    ]);
    expect(await addConnection(db, theirs.tenantId, line)).toBeNull();
    expect((await connectionsOf(db, theirs.tenantId)).map(({ provider }) => provider)).toEqual(['hubspot']);
    expect(await resolveConnection(db, 'twilio', line.externalId)).toEqual({ tenantId: mine.tenantId, connectionId: added?.connectionId });
  });

  test('a state that does not move is not noted', async () => {
    const { tenantId, connectionId } = await newTenant(url);
    expect(await setConnectionState(db, tenantId, connectionId, 'disconnected', '71')).toBe(true);
    expect(await setConnectionState(db, tenantId, connectionId, 'disconnected', '71')).toBe(false);
    const [notes] = await db.asTenant(tenantId, (q) => [q.execute(sql`select actor, action, subject, detail from audit order by id`)]);
    expect(notes.rows).toEqual([
      { actor: '71', action: 'installed', subject: connectionId, detail: { provider: 'hubspot' } },
      { actor: '71', action: 'disconnected', subject: connectionId, detail: {} },
    ]);
  });

  test('competitors come back as they were named', async () => {
    const { tenantId } = await newTenant(url);
    const names = ['Zendara', 'Help "wise", {Ltd}', "O'Neil\\Co"];
    await setCompetitors(db, tenantId, names);
    expect((await tenantOf(db, tenantId))?.competitors).toEqual(names);
  });

  test('minutes add up within their month', async () => {
    const { tenantId } = await newTenant(url);
    expect(await minutesUsed(db, tenantId, '2026-11')).toBe(0);
    await Promise.all([addMinutes(db, tenantId, '2026-11', 1.25), addMinutes(db, tenantId, '2026-11', 2)]);
    expect(await addMinutes(db, tenantId, '2026-12', 9)).toBe(9);
    expect(await minutesUsed(db, tenantId, '2026-11')).toBe(3.25);
  });

  test('a ticket opens once, in time, whoever is quicker', async () => {
    const { tenantId } = await newTenant(url);
    const ticket = (expiresAt: Date) => ({
      hash: randomUUID(),
      purpose: 'live' as const,
      subject: 'call-1',
      user: { id: '71' },
      expiresAt,
    });
    const good = ticket(new Date(now.getTime() + 60_000));
    const late = ticket(now);
    await saveTicket(db, tenantId, good);
    await saveTicket(db, tenantId, late);
    const burnt = await Promise.all([1, 2, 3].map(() => burnTicket(db, good.hash, now)));
    expect(burnt.filter((it) => it !== null)).toEqual([{ tenantId, purpose: 'live', subject: 'call-1', user: { id: '71' } }]);
    expect(await burnTicket(db, late.hash, now)).toBeNull();
    expect(await burnTicket(db, 'unknown', now)).toBeNull();
  });
});
