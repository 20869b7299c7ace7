import { jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { RecordObject } from '../../shared/contracts/record.ts';
import type { Evidence } from '../../shared/contracts/transcript.ts';
import { moment, ownRows, tenantId } from '../db/columns.ts';

/** One memory per customer: what was said, with its newest proof. */
export const facts = pgTable(
  'facts',
  {
    tenantId: tenantId(),
    recordObject: text('record_object').$type<RecordObject>().notNull(),
    recordId: text('record_id').notNull(),
    kind: text('kind').notNull(),
    /** What makes two sayings the same fact, e.g. the competitor's name in lower case. */
    key: text('key').notNull(),
    text: text('text').notNull(),
    evidence: jsonb('evidence').$type<Evidence>().notNull(),
    /** The call the proof is from. */
    callId: uuid('call_id').notNull(),
    firstAt: moment('first_at').notNull(),
    lastAt: moment('last_at').notNull(),
    /** Every call it was heard in, so that a repeated job counts once; its length is `times`. */
    heardIn: uuid('heard_in').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.recordObject, t.recordId, t.kind, t.key] }), ownRows()],
);
