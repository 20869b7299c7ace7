import { boolean, doublePrecision, index, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { RecordObject } from '../../shared/contracts/record.ts';
import type { DismissReason, RiskCode, RiskEvidence, RiskState, RiskView } from '../../shared/contracts/risk.ts';
import type { Evidence } from '../../shared/contracts/transcript.ts';
import type { KnownDeal } from '../../shared/remember/briefing/known.ts';
import type { Signs } from '../../shared/remember/health/signs.ts';
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
    /** What was said first, where that is another saying; null where it is not known. */
    firstEvidence: jsonb('first_evidence').$type<Evidence>(),
    firstCallId: uuid('first_call_id'),
    firstAt: moment('first_at').notNull(),
    lastAt: moment('last_at').notNull(),
    /** Every call it was heard in, so that a repeated job counts once; its length is `times`. */
    heardIn: uuid('heard_in').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.recordObject, t.recordId, t.kind, t.key] }), ownRows()],
);

/** What endangers a deal, and what a manager made of it. The same code on the same basis is one row. */
export const risks = pgTable(
  'risks',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull().defaultRandom(),
    recordObject: text('record_object').$type<RecordObject>().notNull(),
    recordId: text('record_id').notNull(),
    code: text('code').$type<RiskCode>().notNull(),
    basis: text('basis').notNull(),
    state: text('state').$type<RiskState>().notNull(),
    text: text('text').notNull(),
    severity: text('severity').$type<RiskView['severity']>().notNull(),
    confidence: doublePrecision('confidence').notNull(),
    isDeterministic: boolean('is_deterministic').notNull().default(false),
    evidence: jsonb('evidence').$type<RiskEvidence[]>().notNull(),
    /** The calls it quotes: with one of them it is erased. */
    quotes: uuid('quotes').array().notNull(),
    since: moment('since').notNull(),
    /** What was decided stays known when the risk is over: it teaches. */
    verdict: text('verdict').$type<'confirmed' | 'dismissed'>(),
    reason: text('reason').$type<DismissReason>(),
    decidedBy: text('decided_by'),
    decidedAt: moment('decided_at'),
    requestId: uuid('request_id'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique('risks_once').on(t.tenantId, t.recordObject, t.recordId, t.code, t.basis),
    ownRows(),
  ],
);

/** How a deal stood when it was last seen open, and what came of it: the tenant's own history to compare with. */
export const dealSigns = pgTable(
  'deal_signs',
  {
    tenantId: tenantId(),
    recordObject: text('record_object').$type<RecordObject>().notNull(),
    recordId: text('record_id').notNull(),
    signs: jsonb('signs').$type<Signs>().notNull(),
    at: moment('at').notNull(),
    /** Null while it is open. */
    won: boolean('won'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.recordObject, t.recordId] }), ownRows()],
);

/** Meetings within the hour, as the CRM's calendar has them; one row for each record they are about. Gone when they are over. */
export const meetingsAhead = pgTable(
  'meetings_ahead',
  {
    tenantId: tenantId(),
    connectionId: uuid('connection_id').notNull(),
    /** The CRM's own. */
    meetingId: text('meeting_id').notNull(),
    recordObject: text('record_object').$type<RecordObject>().notNull(),
    recordId: text('record_id').notNull(),
    startsAt: moment('starts_at').notNull(),
    /** The CRM user whose meeting it is. */
    hostId: text('host_id'),
    /** When the rest was read; null before. */
    preparedAt: moment('prepared_at'),
    deal: jsonb('deal').$type<KnownDeal>(),
    /** What the CRM let its host see of the record then. */
    reach: jsonb('reach').$type<{ owner: boolean; team: boolean; any: boolean }>(),
  },
  (t) => [
    primaryKey({ name: 'meetings_ahead_pk', columns: [t.tenantId, t.connectionId, t.meetingId, t.recordObject, t.recordId] }),
    index('meetings_ahead_by_record').on(t.tenantId, t.recordObject, t.recordId, t.startsAt),
    ownRows(),
  ],
);
