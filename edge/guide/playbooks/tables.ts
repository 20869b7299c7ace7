import { boolean, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Assignment, Moment, PackId } from '../../../shared/contracts/playbook.ts';
import { moment, ownRows, tenantId } from '../../db/columns.ts';

/** Every version of every playbook. Rows are added, never changed: what a call was guided by can be read later. */
export const playbooks = pgTable(
  'playbooks',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    enabled: boolean('enabled').notNull(),
    packs: jsonb('packs').$type<PackId[]>().notNull(),
    moments: jsonb('moments').$type<Moment[]>().notNull(),
    assigned: jsonb('assigned').$type<Assignment>().notNull(),
    /** The press that saved it: told twice, it is one version. */
    requestId: uuid('request_id').notNull(),
    savedBy: text('saved_by').notNull(),
    savedAt: moment('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id, t.version] }), unique('playbooks_request').on(t.tenantId, t.requestId), ownRows()],
);
