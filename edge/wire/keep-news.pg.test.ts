import { describe, expect, test } from 'vitest';
import { openDb } from '../db/client.ts';
import * as inbox from '../db/inbox.ts';
import { databases } from '../db/test-db.ts';
import type { Told, ToldNews } from '../ports/crm-news.ts';
import * as tenants from '../tenants/store.ts';
import { eachLooked, keepNews } from './keep-news.ts';

const now = new Date('2026-11-20T15:00:00.000Z');
const atMs = now.getTime();
const record = { object: 'deal', id: '0065f000000DEALAAA' } as const;

describe.each(databases)('news of one second ($name)', ({ url }) => {
  const db = openDb(url);

  async function org() {
    const account = `00D${crypto.randomUUID()}`;
    const it = {
      provider: 'salesforce',
      externalId: account,
      tenantName: 'Acme',
      timeZone: 'UTC',
      installerId: '71',
      installerEmail: '',
    } as const;
    const { tenantId } = await tenants.install(db, it);
    const told = (news: ToldNews) => [{ account, key: `${account}|Opportunity|${record.id}|${news.is}|${now.toISOString()}`, news }];
    return {
      told,
      keep: async (all: readonly Told[]) => (await keepNews({ db }, 'salesforce', all)).includes(tenantId),
      /** Deals with what waits; how much that was. */
      hear: async () => {
        const rows = await inbox.takeNews(db, tenantId, now, 60_000, 10);
        return {
          count: rows.length,
          done: () =>
            inbox.doneNews(
              db,
              tenantId,
              'salesforce',
              rows.map(({ key }) => key),
            ),
        };
      },
    };
  }

  test('a second change is looked at, whether the first has been looked at or is just being', async () => {
    const { told, keep, hear } = await org();
    const changed = () => keep(eachLooked(told({ is: 'touched', record, atMs })));
    expect(await changed()).toBe(true);
    const first = await hear();
    expect(await changed()).toBe(true);
    await first.done();
    const second = await hear();
    await second.done();
    expect(await changed()).toBe(true);
    const third = await hear();
    expect([first, second, third].map(({ count }) => count)).toEqual([1, 1, 1]);
  });

  test('what says itself what happened is heard once', async () => {
    const { told, keep, hear } = await org();
    const gone = () => keep(eachLooked(told({ is: 'deleted', record, atMs })));
    expect(await gone()).toBe(true);
    await (await hear()).done();
    expect([await gone(), (await hear()).count]).toEqual([false, 0]);
  });

  test('what we find ourselves is named alike by every round that finds it', async () => {
    const { told, keep } = await org();
    const found = told({ is: 'touched', record, atMs });
    expect([await keep(found), await keep(found)]).toEqual([true, false]);
  });
});
