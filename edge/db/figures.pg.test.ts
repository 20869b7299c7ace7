import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { KnownAlert } from '../../shared/act/notices.ts';
import { markWritten, park } from '../act/outbox/store.ts';
import { planChanges } from '../act/store.ts';
import { noteLetterAside } from '../capture/store.ts';
import { addKey } from '../tenants/keys/store.ts';
import { loadAlerts, saveAlerts } from './alerts.ts';
import { mastersInUse, readFigures } from './figures.ts';
import { databases, newCall, newTenant } from './test-db.ts';

// Tests share a database, so each of these looks at a moment that no other test's clock reaches.
const day = (n: number) => Date.parse(`20${40 + n}-01-01T12:00:00.000Z`);
const iso = (ms: number) => new Date(ms).toISOString();

describe.each(databases)('what the watch sees ($name)', ({ url }) => {
  /** A due change that logs a call which was hung up at `endedMs`, planned a second later. */
  async function dueCall(endedMs: number) {
    const tenant = await newTenant(url);
    const { db, tenantId, connectionId } = tenant;
    const callId = await newCall(tenant);
    const body = { kind: 'log-call', title: 'x', body: 'x', direction: 'outbound', startedAt: iso(endedMs), durationMs: 1 } as const;
    const record = { object: 'deal', id: '7001' } as const;
    const opKey = randomUUID();
    const rest = { policy: 'auto', state: 'due', reason: '', evidence: [], ordinal: 0, also: [] } as const;
    await planChanges(db, tenantId, [{ ...rest, callId, connectionId, opKey, record, body, also: [], evidence: [] }]);
    const [, rows] = await db.asTenant(tenantId, (q) => [
      q.execute(sql`update calls set ended_at = ${iso(endedMs)}, moved_at = ${iso(endedMs)}, status = 'understood'`),
      q.execute(sql`update changes set created_at = ${iso(endedMs + 1_000)} returning id`),
    ]);
    return { ...tenant, callId, id: String(rows.rows[0]!['id']) };
  }

  test('hang-up to CRM, and how many tries it took', async () => {
    const endedMs = day(1);
    const { db, tenantId, id } = await dueCall(endedMs);
    await db.asTenant(tenantId, (q) => [q.execute(sql`update changes set attempts = 3`)]);
    await markWritten(db, tenantId, [{ id: id, crmId: '1' }], new Date(endedMs + 4_000));
    const seen = await readFigures(db, () => endedMs + 60_000);
    expect(seen.lag).toEqual({ count: 1, p50Ms: 4_000, p95Ms: 4_000, maxMs: 4_000 });
    const later = await readFigures(db, () => endedMs + 2 * 3_600_000);
    expect([seen.tries.count - later.tries.count, seen.tries.failed - later.tries.failed]).toEqual([3, 2]);
    expect(later.lag.count).toBe(0);
  });

  test('a lag is only told of what the telephone hung up and nobody had to decide', async () => {
    const endedMs = day(2);
    const handedOver = await dueCall(endedMs);
    const decided = await dueCall(endedMs);
    await handedOver.db.asTenant(handedOver.tenantId, (q) => [q.execute(sql`update calls set source = 'webhook'`)]);
    await decided.db.asTenant(decided.tenantId, (q) => [q.execute(sql`update changes set decided_at = ${iso(endedMs + 2_000)}`)]);
    for (const { db, tenantId, id } of [handedOver, decided])
      await markWritten(db, tenantId, [{ id: id, crmId: '1' }], new Date(endedMs + 9_000));
    expect((await readFigures(decided.db, () => endedMs + 60_000)).lag.count).toBe(0);
  });

  test('what waits counts where it can go, and apart where a person must connect again', async () => {
    const endedMs = day(3);
    const { db, tenantId } = await dueCall(endedMs);
    const now = () => endedMs + 61_000;
    const going = await readFigures(db, now);
    await db.asTenant(tenantId, (q) => [q.execute(sql`update connections set state = 'needs-reconnect'`)]);
    const held = await readFigures(db, now);
    expect(going.due.oldestMs).toBeGreaterThanOrEqual(60_000);
    expect({
      due: held.due.count - going.due.count,
      held: held.held.count - going.held.count,
      needsReconnect: held.needsReconnect - going.needsReconnect,
    }).toEqual({ due: -1, held: 1, needsReconnect: 1 });
    await db.asTenant(tenantId, (q) => [q.execute(sql`update changes set state = 'declined'`)]);
  });

  test('what was parked within the hour, by why, and what is parked in all', async () => {
    const { db, tenantId, id } = await dueCall(day(4));
    const before = await readFigures(db, Date.now);
    await park(db, tenantId, id, 'The deal is gone.', 'gone');
    const after = await readFigures(db, Date.now);
    expect([
      (after.parked.lastHour['gone'] ?? 0) - (before.parked.lastHour['gone'] ?? 0),
      after.parked.inAll - before.parked.inAll,
    ]).toEqual([1, 1]);
    expect((await readFigures(db, () => Date.now() + 2 * 3_600_000)).parked.lastHour).toEqual({});
  });

  test('a call that nobody understood', async () => {
    const { db, tenantId } = await dueCall(day(5));
    await db.asTenant(tenantId, (q) => [q.execute(sql`update calls set status = 'ended', moved_at = '2001-01-01T00:00:00Z'`)]);
    expect((await readFigures(db, Date.now)).calls.oldestMs).toBeGreaterThan(20 * 365 * 86_400_000);
    await db.asTenant(tenantId, (q) => [q.execute(sql`update calls set status = 'failed'`)]);
  });

  test('an understood call whose CRM must be connected again is that connection’s trouble alone', async () => {
    const { db, tenantId } = await dueCall(day(6));
    await db.asTenant(tenantId, (q) => [q.execute(sql`update calls set status = 'transcribed', moved_at = '2001-01-01T00:00:00Z'`)]);
    const open = await readFigures(db, Date.now);
    await db.asTenant(tenantId, (q) => [q.execute(sql`update connections set state = 'needs-reconnect'`)]);
    const held = await readFigures(db, Date.now);
    expect(open.calls.count - held.calls.count).toBe(1);
    await db.asTenant(tenantId, (q) => [q.execute(sql`update calls set status = 'failed'`)]);
  });

  test('letters that were set aside within the hour', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    await noteLetterAside(db, tenantId, connectionId, new Date(day(7)));
    expect((await readFigures(db, () => day(7) + 60_000)).lettersAside).toBe(1);
    expect((await readFigures(db, () => day(7) + 2 * 3_600_000)).lettersAside).toBe(0);
  });

  test('which master keys are in use', async () => {
    const { db, tenantId } = await newTenant(url);
    await addKey(db, tenantId, { kid: 'd1', kekKid: 'only-here', wrapped: 'w1.a.b' });
    expect(await mastersInUse(db)).toContain('only-here');
  });

  test('alerts are remembered, and those that are left out are forgotten', async () => {
    const { db } = await newTenant(url);
    const known: KnownAlert[] = [
      { name: 'lag-late', level: 'error', sinceMs: 1_000, seenMs: 2_000, toldMs: 3_000 },
      { name: 'inbox-old', level: 'error', sinceMs: 1_000, seenMs: 2_000, toldMs: 3_000 },
    ];
    await saveAlerts(db, known);
    await saveAlerts(db, [{ ...known[0]!, seenMs: 9_000 }]);
    expect(await loadAlerts(db)).toEqual([{ ...known[0]!, seenMs: 9_000 }]);
    await saveAlerts(db, []);
    expect(await loadAlerts(db)).toEqual([]);
  });
});
