import { sql } from 'drizzle-orm';
import { pgPolicy, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Every table begins with its tenant. */
export const tenantId = () => uuid('tenant_id').notNull();
export const moment = (name: string) => timestamp(name, { withTimezone: true });
export const createdAt = () => moment('created_at').notNull().defaultNow();

/** Every table ends with its lock: only the rows of the tenant this transaction speaks for exist. */
export function ownRows() {
  const mine = sql`tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;
  return pgPolicy('own_rows', { as: 'permissive', for: 'all', to: 'public', using: mine, withCheck: mine });
}
