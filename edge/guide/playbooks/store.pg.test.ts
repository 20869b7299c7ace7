import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { moment, type Playbook } from '../../../shared/contracts/playbook.ts';
import { databases, newTenant } from '../../db/test-db.ts';
import { playbooksOf, playbookVersionsOf, savePlaybook, versionsOf } from './store.ts';

const at = new Date('2026-11-22T09:00:00.000Z');
const rule = { is: 'phrase', phrases: ['too expensive'], said: 'customer' };
const dear = moment.parse({ id: 'dear', name: 'Too dear', kind: 'price', headline: 'Too dear', say: 'Compare.', rule, enabled: true });
const book = (over: Partial<Playbook> = {}): Playbook => ({
  name: 'Discovery',
  enabled: true,
  packs: ['demo'],
  moments: [dear],
  assigned: { everyone: false, teams: [{ name: 'North', reps: ['sam@brightloop.example'] }], reps: [] },
  ...over,
});
const saved = (id: string, version: number, over: Partial<Playbook> = {}) => ({
  ...book(over),
  id,
  version,
  savedBy: '71',
  savedAt: at.toISOString(),
});

describe.each(databases)('playbooks ($name)', ({ url }) => {
  const press = () => ({ requestId: randomUUID(), by: '71', at });

  test('keeps every version; the newest counts', async () => {
    const { db, tenantId } = await newTenant(url);
    const id = randomUUID();
    expect(await playbookVersionsOf(db, tenantId)).toBe('');
    expect(await savePlaybook(db, tenantId, { id, from: 0, ...press(), playbook: book() })).toEqual(saved(id, 1));
    expect(await savePlaybook(db, tenantId, { id, from: 1, ...press(), playbook: book({ moments: [] }) })).toEqual(
      saved(id, 2, { moments: [] }),
    );
    expect(await playbooksOf(db, tenantId)).toEqual([saved(id, 2, { moments: [] })]);
    expect(await playbookVersionsOf(db, tenantId)).toBe(`${id}@2`);
    expect((await versionsOf(db, tenantId, id)).map(({ version, moments }) => [version, moments])).toEqual([
      [2, 0],
      [1, 1],
    ]);
  });

  test('the same press twice is one version, and both hear of it', async () => {
    const { db, tenantId } = await newTenant(url);
    const once = { id: randomUUID(), from: 0, ...press(), playbook: book() };
    expect(await savePlaybook(db, tenantId, once)).toEqual(await savePlaybook(db, tenantId, once));
    expect(await versionsOf(db, tenantId, once.id)).toHaveLength(1);
    const [audited] = await db.asTenant(tenantId, (q) => [q.execute(sql`select subject, detail from audit where action = 'set-playbook'`)]);
    expect(audited.rows).toEqual([{ subject: once.id, detail: { version: 1 } }]);
  });

  test('of two who changed the same version one is told, and nothing is lost', async () => {
    const { db, tenantId } = await newTenant(url);
    const id = randomUUID();
    await savePlaybook(db, tenantId, { id, from: 0, ...press(), playbook: book() });
    const both = await Promise.all(
      ['A', 'B'].map((name) => savePlaybook(db, tenantId, { id, from: 1, ...press(), playbook: book({ name }) })),
    );
    expect(both.filter((one) => one === 'stale')).toHaveLength(1);
    expect(await versionsOf(db, tenantId, id)).toHaveLength(2);
    expect(await savePlaybook(db, tenantId, { id: randomUUID(), from: 3, ...press(), playbook: book() })).toBe('stale');
  });

  test('another tenant’s playbook is not there', async () => {
    const mine = await newTenant(url);
    const theirs = await newTenant(url);
    const id = randomUUID();
    await savePlaybook(theirs.db, theirs.tenantId, { id, from: 0, ...press(), playbook: book() });
    expect(await playbooksOf(mine.db, mine.tenantId)).toEqual([]);
    expect(await versionsOf(mine.db, mine.tenantId, id)).toEqual([]);
    expect(await savePlaybook(mine.db, mine.tenantId, { id, from: 1, ...press(), playbook: book() })).toBe('stale');
  });

  test('fifty are enough', async () => {
    const { db, tenantId } = await newTenant(url);
    for (let nth = 0; nth < 50; nth += 1)
      await savePlaybook(db, tenantId, { id: randomUUID(), from: 0, ...press(), playbook: book({ moments: [] }) });
    expect(await savePlaybook(db, tenantId, { id: randomUUID(), from: 0, ...press(), playbook: book() })).toBe('full');
  });
});
