import { bigint, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
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

/** Who asked for a call to be analysed again. One that is newer than the call's insight is still to be answered. */
export const analyses = pgTable(
  'analyses',
  {
    tenantId: tenantId(),
    callId: uuid('call_id').notNull(),
    requestId: uuid('request_id').notNull(),
    askedBy: text('asked_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.callId, t.requestId] }), ownRows()],
);

/** What the language model has cost a tenant in a month, in tokens at the full price. */
export const modelUsage = pgTable(
  'model_usage',
  {
    tenantId: tenantId(),
    /** "2026-11" */
    month: text('month').notNull(),
    tokens: bigint('tokens', { mode: 'number' }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.month] }), ownRows()],
);
