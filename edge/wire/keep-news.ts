import { type News, printed } from '../../shared/act/news.ts';
import * as inbox from '../db/inbox.ts';
import { log } from '../http/log.ts';
import { sha256Hex } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import type { Told, ToldNews } from '../ports/crm-news.ts';
import * as tenants from '../tenants/store.ts';

export type NewsHost = 'hubspot' | 'salesforce';

/** What stands in a field, as we may keep it. */
export const printOf = (tenantId: string) => (field: string, value: string) => sha256Hex(printed(tenantId, field, value));

/** Keeps what a CRM told, once for each key, in one statement a tenant; answers who has something new. What is of no use is dropped. */
export async function keepNews({ db }: Pick<Parts, 'db'>, provider: NewsHost, told: readonly Told[]): Promise<string[]> {
  const tenantIds = new Set<string>();
  let dropped = told.filter(({ news }) => news === null).length;
  for (const account of new Set(told.flatMap((one) => (one.news ? [one.account] : [])))) {
    const ours = told.flatMap(({ key, news, ...one }) => (news && one.account === account ? [{ key, news }] : []));
    const owned = await tenants.resolveConnection(db, provider, account);
    if (!owned) {
      dropped += ours.length;
      continue;
    }
    const { tenantId, connectionId } = owned;
    const rows = await Promise.all(
      ours.map(async ({ key, news }) => ({ key, body: { connectionId, news: await keptAs(tenantId, news) } })),
    );
    if ((await inbox.keepNews(db, tenantId, provider, rows)) > 0) tenantIds.add(tenantId);
  }
  if (dropped > 0) log({ at: 'http', what: 'news-dropped', kind: provider, count: dropped });
  return [...tenantIds];
}

/**
 * That something changed says when to look and not what changed: two changes of one second are told alike, and the second one may come
 * when the first has been looked at. So each delivery is looked at, however alike; twice costs a read and changes nothing.
 */
export const eachLooked = (told: readonly Told[]): Told[] =>
  told.map((one) => (one.news?.is === 'touched' ? { ...one, key: `${one.key}|${crypto.randomUUID()}` } : one));

async function keptAs(tenantId: string, told: ToldNews): Promise<News> {
  if (told.is !== 'field') return told;
  const { value, ...rest } = told;
  return { ...rest, print: value === null ? null : await printOf(tenantId)(told.field, value) };
}
