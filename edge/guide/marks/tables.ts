import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { ownRows, tenantId } from '../../db/columns.ts';

/** Moments that a rep flagged during a call. Times and who: no word that was said. They go with their call. */
export const guidanceMarks = pgTable(
  'guidance_marks',
  {
    tenantId: tenantId(),
    callId: uuid('call_id').notNull(),
    /** The screen's own, so that a flag told twice is one. */
    markId: uuid('mark_id').notNull(),
    /** From the start of the call. */
    atMs: integer('at_ms').notNull(),
    markedBy: text('marked_by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.callId, t.markId] }), ownRows()],
);
