import { sql } from 'drizzle-orm';
import { doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Ask, ChangeBody, ChangeKind, ChangeState, FieldMode, ParkedWhy, Policy, ShadowSaw } from '../../shared/contracts/change.ts';
import type { EmailTone } from '../../shared/contracts/email.ts';
import type { RecordObject, RecordRef } from '../../shared/contracts/record.ts';
import type { Evidence } from '../../shared/contracts/transcript.ts';
import { createdAt, moment, ownRows, tenantId } from '../db/columns.ts';

/** ChangeSets and outbox in one: a change is planned, decided and sent as the same row. */
export const changes = pgTable(
  'changes',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull().defaultRandom(),
    /** Null for what came through a door of the API and from no call. */
    callId: uuid('call_id'),
    connectionId: uuid('connection_id').notNull(),
    /** Ours and stable: planning the same call twice plans nothing new, writing twice leaves one record. */
    opKey: text('op_key').notNull(),
    kind: text('kind').$type<ChangeKind>().notNull(),
    recordObject: text('record_object').$type<RecordObject>().notNull(),
    recordId: text('record_id').notNull(),
    also: jsonb('also').$type<RecordRef[]>().notNull().default([]),
    policy: text('policy').$type<Policy>().notNull(),
    state: text('state').$type<ChangeState>().notNull(),
    version: integer('version').notNull().default(1),
    body: jsonb('body').$type<ChangeBody>().notNull(),
    reason: text('reason').notNull(),
    evidence: jsonb('evidence').$type<Evidence[]>().notNull().default([]),
    confidence: doublePrecision('confidence').notNull().default(1),
    crmId: text('crm_id'),
    trouble: text('trouble'),
    parkedWhy: text('parked_why').$type<ParkedWhy>(),
    asks: jsonb('asks').$type<Ask[]>(),
    /** The body as the CRM last took it: what a later write compares with. */
    wrote: jsonb('wrote').$type<ChangeBody>(),
    writtenAt: moment('written_at'),
    undoes: uuid('undoes'),
    /** What a person put into the field that we only watched; null while nobody has. */
    shadowSaw: text('shadow_saw').$type<ShadowSaw>(),
    attempts: integer('attempts').notNull().default(0),
    nextAt: moment('next_at'),
    leaseUntil: moment('lease_until'),
    decidedBy: text('decided_by'),
    /** As their CRM called them when they decided; null when it could not be asked. */
    decidedName: text('decided_name'),
    decidedAt: moment('decided_at'),
    /** Of an approved email: how much of our draft's words stand in it, 0..1. */
    keptShare: doublePrecision('kept_share'),
    requestId: text('request_id'),
    ordinal: integer('ordinal').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique('changes_op_key').on(t.tenantId, t.opKey),
    index('changes_by_call').on(t.tenantId, t.callId, t.ordinal),
    index('changes_by_record').on(t.tenantId, t.recordObject, t.recordId),
    index('changes_to_send').on(t.tenantId, t.connectionId, t.createdAt).where(sql`state in ('due', 'writing')`),
    index('changes_by_state').on(t.tenantId, t.connectionId, t.state),
    index('changes_kept').on(t.tenantId, t.decidedAt).where(sql`kept_share is not null`),
    // One undo a change, however often it is pressed.
    unique('changes_undoes').on(t.tenantId, t.undoes),
    ownRows(),
  ],
);

/** What a field of a record held when we last wrote or saw it. Hashes only: the values are the CRM's. */
export const crmFields = pgTable(
  'crm_fields',
  {
    tenantId: tenantId(),
    connectionId: uuid('connection_id').notNull(),
    recordObject: text('record_object').$type<RecordObject>().notNull(),
    recordId: text('record_id').notNull(),
    field: text('field').notNull(),
    wroteHash: text('wrote_hash'),
    wroteAt: moment('wrote_at'),
    seenHash: text('seen_hash'),
    /** When the CRM says that it changed: the newest wins, in whatever order we hear of it. */
    seenAt: moment('seen_at'),
    seenBy: text('seen_by').$type<'us' | 'other'>(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.connectionId, t.recordObject, t.recordId, t.field] }), ownRows()],
);

/** Where a tenant wants something else than the safe default. */
export const policies = pgTable(
  'policies',
  {
    tenantId: tenantId(),
    /** A change's kind, or `set-field:<object>.<field>`. */
    subject: text('subject').notNull(),
    policy: text('policy').$type<Policy>().notNull(),
    mode: text('mode').$type<FieldMode>(),
    setBy: text('set_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.subject] }), ownRows()],
);

/** How emails sound: a rep's own setting, or under '' the tenant's. */
export const emailTones = pgTable(
  'email_tones',
  {
    tenantId: tenantId(),
    userId: text('user_id').notNull(),
    tone: text('tone').$type<EmailTone>().notNull(),
    setBy: text('set_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.userId] }), ownRows()],
);

/** Whom a person chose when several people had one address or number. The address itself is not kept. */
export const matches = pgTable(
  'matches',
  {
    tenantId: tenantId(),
    connectionId: uuid('connection_id').notNull(),
    addressHash: text('address_hash').notNull(),
    recordId: text('record_id').notNull(),
    chosenBy: text('chosen_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.connectionId, t.addressHash] }), ownRows()],
);

/** How far a repair sweep has read in a CRM. */
export const cursors = pgTable(
  'cursors',
  {
    tenantId: tenantId(),
    connectionId: uuid('connection_id').notNull(),
    name: text('name').notNull(),
    value: text('value').notNull(),
    movedAt: moment('moved_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.connectionId, t.name] }), ownRows()],
);
