import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { PhoneWhy } from '../../../shared/capture/phone-call.ts';
import type { PhonePhase } from '../../../shared/contracts/phone.ts';
import type { RecordObject } from '../../../shared/contracts/record.ts';
import { moment, ownRows, tenantId } from '../../db/columns.ts';

/** Calls through the tenant's telephone account while they ring and run, and a while after. What is heard of them lives in `calls`, under the same id. */
export const phoneCalls = pgTable(
  'phone_calls',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    connectionId: uuid('connection_id').notNull(),
    direction: text('direction').$type<'out' | 'in'>().notNull(),
    repId: text('rep_id').notNull(),
    repEmail: text('rep_email').notNull(),
    repName: text('rep_name').notNull(),
    repPhone: text('rep_phone').notNull(),
    ourNumber: text('our_number').notNull(),
    number: text('number').notNull(),
    name: text('name').notNull(),
    email: text('email'),
    about: text('about'),
    recordObject: text('record_object').$type<RecordObject>(),
    recordId: text('record_id'),
    contactId: text('contact_id'),
    requestId: uuid('request_id').notNull(),
    phase: text('phase').$type<PhonePhase>().notNull(),
    why: text('why').$type<PhoneWhy>(),
    /** Goes up with every move: who moves it says from which one. */
    step: integer('step').notNull().default(0),
    /** The network's id of the call that rings the rep (out), or that the customer rang with (in). */
    externalId: text('external_id'),
    startedAt: moment('started_at').notNull(),
    talkingAt: moment('talking_at'),
    overAt: moment('over_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique('phone_calls_request').on(t.tenantId, t.repId, t.requestId),
    // One call at a time: of two presses at once one is the call.
    uniqueIndex('phone_calls_one').on(t.tenantId, t.repId).where(sql`direction = 'out' and over_at is null`),
    index('phone_calls_of_rep').on(t.tenantId, t.repId, t.startedAt),
    ownRows(),
  ],
);

/** Where a rep wants to be rung. */
export const repPhones = pgTable(
  'rep_phones',
  {
    tenantId: tenantId(),
    userId: text('user_id').notNull(),
    number: text('number').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.userId] }), ownRows()],
);
