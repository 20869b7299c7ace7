import { doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { IntroCite, IntroPerson } from '../../shared/contracts/intro.ts';
import type { RecordObject } from '../../shared/contracts/record.ts';
import type { IntroState, IntroStep } from '../../shared/relate/introduction.ts';
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

/** Whom nobody is led to or through: they objected, or were erased. The row stays when everything else of them is gone. */
export const peopleOut = pgTable(
  'people_out',
  {
    tenantId: tenantId(),
    personObject: text('person_object').$type<RecordObject>().notNull(),
    personId: text('person_id').notNull(),
    why: text('why').$type<'opted-out' | 'erased'>().notNull(),
    /** Of their addresses, so that a list does not bring them back under another id. */
    hashes: text('hashes').array().notNull(),
    by: text('by').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.personObject, t.personId] }), ownRows()],
);

/** What somebody told us of two people, rather than what we saw. Keys are those of the graph: `user/71`, `contact/9001`. */
export const ties = pgTable(
  'ties',
  {
    tenantId: tenantId(),
    fromKey: text('from_key').notNull(),
    toKey: text('to_key').notNull(),
    proof: text('proof').$type<'told' | 'listed'>().notNull(),
    fromName: text('from_name').notNull(),
    toName: text('to_name').notNull(),
    /** The member who said so. */
    by: text('by').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.fromKey, t.toKey, t.proof] }), index('ties_to').on(t.tenantId, t.toKey), ownRows()],
);

/** Introductions that were asked for, each with every step it took. */
export const intros = pgTable(
  'intros',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    requestId: uuid('request_id').notNull(),
    repId: text('rep_id').notNull(),
    repName: text('rep_name').notNull(),
    recordObject: text('record_object').$type<RecordObject>().notNull(),
    recordId: text('record_id').notNull(),
    people: jsonb('people').$type<IntroPerson[]>().notNull(),
    connectorKey: text('connector_key').notNull(),
    targetKey: text('target_key').notNull(),
    score: doublePrecision('score').notNull(),
    state: text('state').$type<IntroState>().notNull(),
    version: integer('version').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    cites: jsonb('cites').$type<IntroCite[]>().notNull(),
    trail: jsonb('trail').$type<IntroStep[]>().notNull(),
    /** When it expires or the rep is reminded; null when nothing of the kind lies ahead. */
    dueAt: moment('due_at'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique('intros_request').on(t.tenantId, t.repId, t.requestId),
    index('intros_of_rep').on(t.tenantId, t.repId, t.createdAt),
    index('intros_of_connector').on(t.tenantId, t.connectorKey, t.createdAt),
    index('intros_due').on(t.dueAt),
    ownRows(),
  ],
);
