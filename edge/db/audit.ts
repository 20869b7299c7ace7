import { type SQLWrapper, sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Query } from './client.ts';
import { moment, ownRows, tenantId } from './columns.ts';

/** Who did what. Ids, counts and kinds only: nothing here has to be erased with a person. Rows are added, never changed. */
export const audit = pgTable(
  'audit',
  {
    tenantId: tenantId(),
    id: bigint('id', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    at: moment('at').notNull().defaultNow(),
    /** A host's user id, or `writer`, `install`, `cron`. */
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    /** The id it was done to. */
    subject: text('subject').notNull(),
    detail: jsonb('detail').$type<AuditDetail>().notNull().default({}),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), index('audit_by_time').on(t.tenantId, t.at), ownRows()],
);

export type AuditDetail = Record<string, string | number | boolean | null>;

export interface Note {
  /** The database's own clock when nobody says. */
  at?: Date;
  actor: string;
  action: string;
  detail?: AuditDetail;
}

/**
 * One statement that moves rows and writes down each of them: `moved` is an update or insert that returns `tenant_id` and `id`.
 * `rows` names what moved; when nothing did, nothing is noted.
 */
export function auditMoved(q: Query, moved: SQLWrapper, note: Note) {
  return q.execute<{ subject: string }>(sql`
    with moved as ${moved}
    insert into audit (tenant_id, at, actor, action, subject, detail)
    select tenant_id, coalesce(${note.at?.toISOString() ?? null}::timestamptz, now()), ${note.actor}, ${note.action}, id::text, ${JSON.stringify(note.detail ?? {})}::jsonb from moved
    returning subject`);
}
