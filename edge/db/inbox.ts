import { and, eq, inArray, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { inbox } from '../capture/tables.ts';
import type { Db } from './client.ts';

/** Who tells news; what other vendors say is not ours to take. */
const newsProviders = ['hubspot', 'salesforce'];
const listOf = (providers: readonly string[]) => `{${providers.join(',')}}`;

/** What a CRM told us, once each, until it is dealt with. */
export interface KeptNews {
  provider: string;
  key: string;
  body: unknown;
  /** This one included. */
  tries: number;
}

/** Keeps what is new, in one statement; what came before stands as it is. Answers how many were new. */
export async function keepNews(
  db: Db,
  tenantId: string,
  provider: string,
  rows: readonly { key: string; body: Record<string, unknown> }[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const [made] = await db.asTenant(tenantId, (q) => [
    q
      .insert(inbox)
      .values(rows.map(({ key, body }) => ({ tenantId, provider, eventKey: key, body })))
      .onConflictDoNothing()
      .returning({ key: inbox.eventKey }),
  ]);
  return made.length;
}

/** Takes news of these providers (the CRMs unless said), oldest first, for `leaseMs`: whoever asks meanwhile gets other rows. */
export async function takeNews(
  db: Db,
  tenantId: string,
  now: Date,
  leaseMs: number,
  limit: number,
  providers: readonly string[] = newsProviders,
): Promise<KeptNews[]> {
  const at = now.toISOString();
  const due = sql`
    select ctid from inbox where state = 'new' and provider = any(${listOf(providers)}::text[]) and (next_at is null or next_at <= ${at}::timestamptz)
    order by created_at limit ${limit}::int for update skip locked`;
  const [rows] = await db.asTenant(tenantId, (q) => [
    q
      .update(inbox)
      .set({ tries: sql`${inbox.tries} + 1`, nextAt: new Date(now.getTime() + leaseMs) })
      .where(sql`ctid in (${due})`)
      .returning({ provider: inbox.provider, key: inbox.eventKey, body: inbox.body, tries: inbox.tries }),
  ]);
  return rows;
}

/** Nothing is left to do: only the key stays, by which the same news is known when it comes again. */
export async function doneNews(db: Db, tenantId: string, provider: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await db.asTenant(tenantId, (q) => [
    q
      .update(inbox)
      .set({ state: 'done', body: {}, nextAt: null })
      .where(and(eq(inbox.provider, provider), inArray(inbox.eventKey, [...keys]))),
  ]);
}

/** Not before `nextAt`. `uncounted`: it was not this news' fault, so the try does not count. */
export async function putOffNews(db: Db, tenantId: string, provider: string, keys: readonly string[], nextAt: Date, uncounted: boolean) {
  if (keys.length === 0) return;
  await db.asTenant(tenantId, (q) => [
    q
      .update(inbox)
      .set({ nextAt, tries: sql`greatest(${inbox.tries} - ${uncounted ? 1 : 0}::int, 0)` })
      .where(and(eq(inbox.provider, provider), inArray(inbox.eventKey, [...keys]), eq(inbox.state, 'new'))),
  ]);
}

/** Given up, and kept for whoever looks into it. */
export async function failNews(db: Db, tenantId: string, provider: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await db.asTenant(tenantId, (q) => [
    q
      .update(inbox)
      .set({ state: 'failed', nextAt: null })
      .where(and(eq(inbox.provider, provider), inArray(inbox.eventKey, [...keys]))),
  ]);
}

/** Tenants with news that waits, whoever they are. */
export async function tenantsWithNews(db: Db, now: Date, limit: number, providers: readonly string[] = newsProviders): Promise<string[]> {
  const [found] = await db.system((q) => [
    q.execute(sql`select tenant_id from news_waits(${listOf(providers)}::text[], ${now.toISOString()}::timestamptz, ${limit}::int)`),
  ]);
  return z
    .array(z.object({ tenant_id: z.uuid() }))
    .parse(found.rows)
    .map((row) => row.tenant_id);
}

/** Forgets what came before then; nothing is sent again so late. */
export async function pruneInbox(db: Db, before: Date): Promise<void> {
  await db.system((q) => [q.execute(sql`select pruned from prune_inbox(${before.toISOString()}::timestamptz)`)]);
}
