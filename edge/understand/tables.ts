import { jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Insight } from '../../shared/contracts/insight.ts';
import { createdAt, ownRows, tenantId } from '../db/columns.ts';

/** What a call meant: one row a call, the newest analysis. */
export const insights = pgTable(
  'insights',
  {
    tenantId: tenantId(),
    callId: uuid('call_id').notNull(),
    body: jsonb('body').$type<Insight>().notNull(),
    analyzer: text('analyzer').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.callId] }), ownRows()],
);
