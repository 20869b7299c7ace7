import { doublePrecision, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { RecordObject } from '../../shared/contracts/record.ts';
import { moment, ownRows, tenantId } from '../db/columns.ts';

/** Who here spoke with whom there. */
export const touches = pgTable(
  'touches',
  {
    tenantId: tenantId(),
    callId: uuid('call_id').notNull(),
    repId: text('rep_id').notNull(),
    personObject: text('person_object').$type<RecordObject>().notNull(),
    personId: text('person_id').notNull(),
    personName: text('person_name').notNull(),
    at: moment('at').notNull(),
    minutes: doublePrecision('minutes').notNull(),
    channel: text('channel').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.callId, t.repId, t.personId] }),
    index('touches_by_rep').on(t.tenantId, t.repId, t.at),
    index('touches_by_person').on(t.tenantId, t.personId, t.at),
    ownRows(),
  ],
);
