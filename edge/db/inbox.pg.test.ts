import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { doneNews, failNews, keepNews, pruneInbox, putOffNews, takeNews, tenantsWithNews } from './inbox.ts';
import { claimRounds, cursorsOf, saveCursors } from './rounds.ts';
import { databases, newTenant } from './test-db.ts';

const now = new Date('2026-11-20T15:00:00.000Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const row = (key: string) => ({ key, body: { connectionId: 'c', news: { is: 'touched' } } });

describe.each(databases)('the inbox ($name)', ({ url }) => {
  test('the same news twice is kept once, in one delivery as in two', async () => {
    const { db, tenantId } = await newTenant(url);
    expect(await keepNews(db, tenantId, 'hubspot', [row('a'), row('a'), row('b')])).toBe(2);
    expect(await keepNews(db, tenantId, 'hubspot', [row('a'), row('c')])).toBe(1);
    expect((await takeNews(db, tenantId, now, 1_000, 10)).map(({ key }) => key).sort()).toEqual(['a', 'b', 'c']);
  });

  test('what is taken is nobody else’s until its lease ends', async () => {
    const { db, tenantId } = await newTenant(url);
    await keepNews(db, tenantId, 'hubspot', [row('a')]);
    expect(await tenantsWithNews(db, now, 1_000)).toContain(tenantId);
    expect(await takeNews(db, tenantId, now, 1_000, 10)).toEqual([{ provider: 'hubspot', ...row('a'), tries: 1 }]);
    expect(await takeNews(db, tenantId, later(999), 1_000, 10)).toEqual([]);
    expect(await tenantsWithNews(db, later(999), 1_000)).not.toContain(tenantId);
    expect(await takeNews(db, tenantId, later(1_000), 1_000, 10)).toMatchObject([{ key: 'a', tries: 2 }]);
  });

  test('of what is done only the key stays, and it does not come again', async () => {
    const { db, tenantId } = await newTenant(url);
    await keepNews(db, tenantId, 'hubspot', [row('a'), row('b'), row('c')]);
    await takeNews(db, tenantId, now, 1_000, 10);
    await doneNews(db, tenantId, 'hubspot', ['a']);
    await failNews(db, tenantId, 'hubspot', ['b']);
    await putOffNews(db, tenantId, 'hubspot', ['a', 'b', 'c'], later(5_000), true);
    expect(await keepNews(db, tenantId, 'hubspot', [row('a')])).toBe(0);
    expect(await takeNews(db, tenantId, later(4_999), 1_000, 10)).toEqual([]);
    expect(await takeNews(db, tenantId, later(5_000), 1_000, 10)).toEqual([{ provider: 'hubspot', ...row('c'), tries: 1 }]);
    const [kept] = await db.asTenant(tenantId, (q) => [q.execute(sql`select event_key as key, state, body from inbox order by event_key`)]);
    expect(kept.rows).toEqual([
      { key: 'a', state: 'done', body: {} },
      { key: 'b', state: 'failed', body: row('b').body },
      { key: 'c', state: 'new', body: row('c').body },
    ]);
  });

  test('forgets what is old', async () => {
    const { db, tenantId } = await newTenant(url);
    await keepNews(db, tenantId, 'hubspot', [row('a')]);
    await db.asTenant(tenantId, (q) => [q.execute(sql`update inbox set created_at = '2001-01-01'`)]);
    await pruneInbox(db, new Date('2001-01-02'));
    const [kept] = await db.asTenant(tenantId, (q) => [q.execute(sql`select event_key from inbox`)]);
    expect(kept.rows).toEqual([]);
  });

  test('a round is made by one of those who come for it', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    const mine = async (at: Date) =>
      (await claimRounds(db, 'reconcile', ['hubspot'], at, new Date(at.getTime() - 60_000), 10_000)).filter(
        (it) => it.tenantId === tenantId,
      );
    expect(
      await claimRounds(db, 'reconcile', ['salesforce'], now, now, 10_000).then((all) => all.some((it) => it.tenantId === tenantId)),
    ).toBe(false);
    expect(await mine(now)).toEqual([{ tenantId, connectionId }]);
    expect(await mine(later(59_000))).toEqual([]);
    expect(await mine(later(60_000))).toEqual([{ tenantId, connectionId }]);
  });

  test('cursors are kept by name', async () => {
    const { db, tenantId, connectionId } = await newTenant(url);
    await saveCursors(db, tenantId, connectionId, 'news:', { a: '1', b: '2' });
    await saveCursors(db, tenantId, connectionId, 'news:', { b: '3' });
    expect(await cursorsOf(db, tenantId, connectionId, 'news:')).toEqual({ a: '1', b: '3' });
    expect(await cursorsOf(db, tenantId, connectionId, 'other:')).toEqual({});
  });
});
