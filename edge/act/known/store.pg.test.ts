import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { printed } from '../../../shared/act/news.ts';
import type { ChangeBody } from '../../../shared/contracts/change.ts';
import { databases, newTenant } from '../../db/test-db.ts';
import { leaseDue, markWritten } from '../outbox/store.ts';
import { planChanges } from '../store.ts';
import { chosenFor, fieldsOf, overridesOf, setOverrides, shadowCounts } from './store.ts';

const now = new Date(Date.now() + 60_000);
const record = { object: 'deal', id: '7001' } as const;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const field = (to: string, over: Partial<Extract<ChangeBody, { kind: 'set-field' }>> = {}): ChangeBody => ({
  kind: 'set-field',
  field: 'amount',
  label: 'Amount',
  mode: 'overwrite',
  from: null,
  to,
  ...over,
});

describe.each(databases)('what we know of a CRM ($name)', ({ url }) => {
  async function open() {
    const tenant = await newTenant(url);
    const { db, tenantId, connectionId } = tenant;
    const write = async (body: ChangeBody) => {
      const id = crypto.randomUUID();
      const row = { id, callId: null, connectionId, opKey: id, record, also: [], body, reason: '', evidence: [], ordinal: 0 };
      await planChanges(db, tenantId, [{ ...row, policy: 'auto', state: 'due' }]);
      await leaseDue(db, tenantId, { connectionId, took: [], now, leaseMs: 30_000, limit: 20 });
      await markWritten(db, tenantId, [{ id: id, crmId: '7001' }], now);
      return fieldsOf(db, tenantId, connectionId, record);
    };
    return { ...tenant, write };
  }

  test.each(['7', '120000.00', '0.50', '-3.10', '007', '2026-12-15', '2026-12-15T00:00:00.000Z', 'old\r\nnew \n', 'Grüße & “quotes”'])(
    'what we wrote is remembered by the same print as its news: %j',
    async (to) => {
      const { tenantId, write } = await open();
      const wroteHash = sha256(printed(tenantId, 'amount', to));
      expect(await write(field(to))).toEqual([{ field: 'amount', wroteHash, seenHash: null, seenBy: null }]);
    },
  );

  test('the last write counts; an emptied or appended field has no print; a stage has one', async () => {
    const { tenantId, write } = await open();
    await write(field('7'));
    expect(await write(field('8'))).toMatchObject([{ wroteHash: sha256(printed(tenantId, 'amount', '8')) }]);
    expect(await write(field(''))).toMatchObject([{ wroteHash: null }]);
    expect(await write(field('more', { mode: 'append', from: 'x' }))).toMatchObject([{ wroteHash: null }]);
    const known = await write({ kind: 'move-stage', from: 'a', to: 'b', fromLabel: 'A', toLabel: 'B' });
    expect(known.find((one) => one.field === 'dealstage')?.wroteHash).toBe(sha256(printed(tenantId, 'dealstage', 'b')));
  });

  test('counts what came of watching, by field', async () => {
    const { db, tenantId, connectionId } = await open();
    const watch = async (body: ChangeBody, saw: 'matched' | 'differed' | null, days = 0) => {
      const id = crypto.randomUUID();
      const row = { id, callId: null, connectionId, opKey: id, record, also: [], body, reason: '', evidence: [], ordinal: 0 };
      await planChanges(db, tenantId, [{ ...row, policy: 'shadow', state: 'shadow' }]);
      await db.asTenant(tenantId, (q) => [
        q.execute(
          sql`update changes set shadow_saw = ${saw}, created_at = now() - make_interval(days => ${days}::int) where id = ${id}::uuid`,
        ),
      ]);
    };
    await watch(field('7', { label: 'Sum' }), 'matched', 3);
    await watch(field('8'), 'matched');
    await watch(field('9'), 'differed');
    await watch(field('9'), null);
    await watch(field('9'), null, 20);
    await watch({ kind: 'move-stage', from: 'a', to: 'b', fromLabel: 'A', toLabel: 'B' }, 'differed');
    const counts = await shadowCounts(db, tenantId, new Date(Date.now() - 14 * 86_400_000));
    expect(counts.sort((a, b) => (a.field < b.field ? -1 : 1))).toEqual([
      { object: 'deal', field: 'amount', label: 'Amount', matched: 2, differed: 1, open: 1, nothing: 1 },
      { object: 'deal', field: 'stage', label: 'Stage', matched: 0, differed: 1, open: 0, nothing: 0 },
    ]);
    expect(await shadowCounts(db, (await newTenant(url)).tenantId, new Date(0))).toEqual([]);
  });

  test('an activity leaves no field behind', async () => {
    const { write } = await open();
    expect(await write({ kind: 'add-note', body: 'x', at: '2026-11-20T15:00:00Z' })).toEqual([]);
  });

  test('policies are set, changed, taken back, and written down; another tenant has none', async () => {
    const { db, tenantId } = await open();
    const set = (policy: 'auto' | 'never' | null) => setOverrides(db, tenantId, [{ subject: 'move-stage', policy, mode: null }], '71');
    await set('auto');
    await set('never');
    expect(await overridesOf(db, tenantId)).toEqual([{ subject: 'move-stage', policy: 'never', mode: null }]);
    expect(await overridesOf(db, (await newTenant(url)).tenantId)).toEqual([]);
    await set(null);
    expect(await overridesOf(db, tenantId)).toEqual([]);
    const [notes] = await db.asTenant(tenantId, (q) => [
      q.execute(sql`select subject, detail->>'policy' as policy from audit where action = 'policy-set' order by id`),
    ]);
    expect(notes.rows).toEqual(['auto', 'never', 'default'].map((policy) => ({ subject: 'move-stage', policy })));
  });

  test('nobody is chosen for an address before somebody chose', async () => {
    const { db, tenantId, connectionId } = await open();
    expect(await chosenFor(db, tenantId, connectionId, 'hash')).toBeNull();
  });
});
