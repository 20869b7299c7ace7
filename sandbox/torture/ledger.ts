import { neon, neonConfig } from '@neondatabase/serverless';
import type { Account } from './world.ts';

neonConfig.fetchEndpoint = (host, port) => `http://${host}:${port}/sql`;

/** What our own database says became of the calls and their changes. */
export interface Ledger {
  understood: number;
  unfinished: number;
  failed: number;
  changes: LedgerChange[];
}
export interface LedgerChange {
  callExternalId: string;
  kind: string;
  state: string;
  recordId: string;
  from: string | null;
  to: string | null;
  crmId: string | null;
  order: string;
  why: string | null;
  decidedBy: string | null;
  writtenMs: number | null;
}

/** How much is still on its way, by where it is; and how many calls have arrived at all. */
export interface Open {
  ended: number;
  transcribed: number;
  postponed: number;
  due: number;
  writing: number;
  taken: number;
}

/** How much that is in all. */
export const onItsWay = ({ taken: _, ...parts }: Open): number => Object.values(parts).reduce((sum, count) => sum + count, 0);

/** Reads each account as its own tenant: row level security holds for a checker too. */
export function openLedger(url: string) {
  const sql = neon(url, { fetchOptions: {} });
  const tenants = new Map<string, string>();

  async function tenantOf({ host, externalId }: Account): Promise<string> {
    const known = tenants.get(externalId);
    if (known) return known;
    const [, rows] = await sql.transaction([
      sql`select set_config('role', 'ros_app', true)`,
      sql`select tenant_id from resolve_connection(${host}, ${externalId})`,
    ]);
    const id = String(rows?.[0]?.['tenant_id'] ?? '');
    if (id === '') throw new Error(`${host} ${externalId} has no tenant.`);
    tenants.set(externalId, id);
    return id;
  }

  async function asTenant(account: Account, query: string): Promise<Record<string, unknown>[]> {
    const tenant = await tenantOf(account);
    const [, rows] = await sql.transaction([
      sql`select set_config('role', 'ros_app', true), set_config('app.tenant_id', ${tenant}, true)`,
      sql.query(query),
    ]);
    return rows as Record<string, unknown>[];
  }

  return {
    async open(account: Account): Promise<Open> {
      const [row] = await asTenant(
        account,
        `select (select count(*) from calls where status in ('live', 'ended'))::int as ended,
          (select count(*) from calls where status = 'transcribed' and (next_at is null or next_at <= now()))::int as transcribed,
          (select count(*) from calls where status = 'transcribed' and next_at > now())::int as postponed,
          (select count(*) from changes where state = 'due')::int as due,
          (select count(*) from changes where state = 'writing')::int as writing,
          (select count(*) from calls where source = 'webhook')::int as taken`,
      );
      const count = (name: keyof Open) => Number(row?.[name]);
      return {
        ended: count('ended'),
        transcribed: count('transcribed'),
        postponed: count('postponed'),
        due: count('due'),
        writing: count('writing'),
        taken: count('taken'),
      };
    },
    /** What waits, and what it said last. */
    async waiting(account: Account): Promise<{ what: string; count: number }[]> {
      const rows = await asTenant(
        account,
        `select w.state || ' ' || w.kind || ', tried ' || w.attempts || ', next in ' || coalesce(round(extract(epoch from coalesce(w.next_at, w.lease_until) - now()))::text, '?') || ' s: ' || coalesce(w.trouble, '') as what, count(*)::int as count
          from changes w where w.state in ('due', 'writing') group by 1
        union all select 'call ' || status || ', tried ' || tries || ', next in ' || coalesce(round(extract(epoch from next_at - now()))::text, '?') || ' s', count(*)::int
          from calls where status in ('live', 'ended', 'transcribed') group by 1`,
      );
      return rows.map((row) => ({ what: String(row['what']), count: Number(row['count']) }));
    },
    async read(account: Account): Promise<Ledger> {
      const [count] = await asTenant(
        account,
        `select count(*) filter (where status = 'understood')::int as understood,
          count(*) filter (where status in ('live', 'ended', 'transcribed'))::int as unfinished,
          count(*) filter (where status = 'failed')::int as failed from calls where source = 'webhook'`,
      );
      const rows = await asTenant(
        account,
        `select c.external_id, w.kind, w.state, w.record_id, w.body ->> 'from' as "from", w.body ->> 'to' as "to", w.crm_id, w.parked_why, w.decided_by,
          w.created_at || '/' || w.call_id || '/' || w.ordinal as "order", extract(epoch from w.written_at) * 1000 as written_ms
          from changes w join calls c on c.id = w.call_id where c.source = 'webhook' order by w.created_at, w.call_id, w.ordinal`,
      );
      const text = (value: unknown) => (value === null ? null : String(value));
      return {
        understood: Number(count?.['understood']),
        unfinished: Number(count?.['unfinished']),
        failed: Number(count?.['failed']),
        changes: rows.map((row) => ({
          callExternalId: String(row['external_id']),
          kind: String(row['kind']),
          state: String(row['state']),
          recordId: String(row['record_id']),
          from: text(row['from']),
          to: text(row['to']),
          crmId: text(row['crm_id']),
          order: String(row['order']),
          why: text(row['parked_why']),
          decidedBy: text(row['decided_by']),
          writtenMs: row['written_ms'] === null ? null : Number(row['written_ms']),
        })),
      };
    },
  };
}
