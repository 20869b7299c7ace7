import { sql } from 'drizzle-orm';
import { boolean, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { ConsentSettings, MissedWhy, NeverRecord, OwnWords } from '../../shared/contracts/capture.ts';
import type { Consent } from '../../shared/contracts/guidance.ts';
import type { RecordObject } from '../../shared/contracts/record.ts';
import type { TeamHelp } from '../../shared/contracts/team.ts';
import type { Role, Utterance } from '../../shared/contracts/transcript.ts';
import { createdAt, moment, ownRows, tenantId } from '../db/columns.ts';

export const calls = pgTable(
  'calls',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull().defaultRandom(),
    connectionId: uuid('connection_id').notNull(),
    /** The platform's connection it came from, where a tenant may have several of one source. */
    accountId: uuid('account_id'),
    source: text('source').$type<CallSource>().notNull(),
    externalId: text('external_id').notNull(),
    /** Null while nobody in the CRM has the caller's number. */
    recordObject: text('record_object').$type<RecordObject>(),
    recordId: text('record_id'),
    contactId: text('contact_id'),
    repId: text('rep_id').notNull(),
    repEmail: text('rep_email').notNull(),
    repName: text('rep_name').notNull(),
    customerName: text('customer_name').notNull(),
    customerEmail: text('customer_email'),
    fromNumber: text('from_number'),
    toNumber: text('to_number'),
    direction: text('direction').$type<Direction>().notNull(),
    startedAt: moment('started_at').notNull(),
    endedAt: moment('ended_at'),
    durationMs: integer('duration_ms'),
    timeZone: text('time_zone').notNull(),
    status: text('status').$type<CallStatus>().notNull().default('live'),
    /** When `status` last moved, by the database's clock: what the sweep goes by. */
    movedAt: moment('moved_at').notNull().defaultNow(),
    trouble: text('trouble'),
    /** Why nobody heard it, where that was decided and not merely so. */
    missed: text('missed').$type<MissedWhy>(),
    consent: text('consent').$type<Consent>().notNull().default('unknown'),
    isPrivate: boolean('is_private').notNull().default(false),
    audioKey: text('audio_key'),
    uploadKey: text('upload_key'),
    tries: integer('tries').notNull().default(0),
    nextAt: moment('next_at'),
    /** The customer was erased, or the call destroyed: whatever would still be written about this call is dropped by the database. */
    erasedAt: moment('erased_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique('calls_external').on(t.tenantId, t.source, t.externalId),
    index('calls_by_record').on(t.tenantId, t.recordObject, t.recordId, t.startedAt),
    index('calls_by_contact').on(t.tenantId, t.contactId, t.startedAt),
    index('calls_by_time').on(t.tenantId, t.startedAt, t.id),
    index('calls_by_rep').on(t.tenantId, t.repId, t.startedAt, t.id),
    index('calls_unfinished').on(t.movedAt).where(sql`status in ('live', 'ended', 'transcribed') or next_at is not null`),
    ownRows(),
  ],
);

export const utterances = pgTable(
  'utterances',
  {
    tenantId: tenantId(),
    callId: uuid('call_id').notNull(),
    seq: integer('seq').notNull(),
    role: text('role').$type<Role>().notNull(),
    speaker: text('speaker').notNull(),
    text: text('text').notNull(),
    startMs: doublePrecision('start_ms').notNull(),
    endMs: doublePrecision('end_ms').notNull(),
    confidence: doublePrecision('confidence').notNull(),
    /** Words of it that were hardly heard. */
    unsure: jsonb('unsure').$type<Utterance['unsure']>(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.callId, t.seq] }), ownRows()],
);

/** What a tenant wants of its calls: whom nobody may hear, what has to happen before the others are heard, and who may help on them. */
export const captureSettings = pgTable(
  'capture_settings',
  {
    tenantId: tenantId().primaryKey(),
    neverRecord: jsonb('never_record').$type<NeverRecord>(),
    consent: jsonb('consent').$type<ConsentSettings>(),
    words: jsonb('words').$type<OwnWords>(),
    teamHelp: jsonb('team_help').$type<TeamHelp>(),
  },
  () => [ownRows()],
);

/** What vendors told us, once each. */
export const inbox = pgTable(
  'inbox',
  {
    tenantId: tenantId(),
    provider: text('provider').notNull(),
    eventKey: text('event_key').notNull(),
    body: jsonb('body').$type<Record<string, unknown>>().notNull(),
    state: text('state').$type<'new' | 'done' | 'failed'>().notNull().default('new'),
    tries: integer('tries').notNull().default(0),
    nextAt: moment('next_at'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.provider, t.eventKey] }),
    index('inbox_new').on(t.tenantId, t.createdAt).where(sql`state = 'new'`),
    ownRows(),
  ],
);

export type CallSource = 'twilio' | 'zoom' | 'teams' | 'browser' | 'salesforce' | 'upload' | 'webhook';
export type CallStatus = 'live' | 'ended' | 'transcribed' | 'understood' | 'failed';
export type Direction = 'inbound' | 'outbound';
