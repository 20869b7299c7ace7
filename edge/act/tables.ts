import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { ChangeBody, ChangeKind, ChangeState, Policy } from '../../shared/contracts/change.ts';
import type { RecordObject, RecordRef } from '../../shared/contracts/record.ts';
import type { Evidence } from '../../shared/contracts/transcript.ts';
import { createdAt, moment, ownRows, tenantId } from '../db/columns.ts';

/** ChangeSets and outbox in one: a change is planned, decided and sent as the same row. */
export const changes = pgTable(
  'changes',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull().defaultRandom(),
    callId: uuid('call_id').notNull(),
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
    crmId: text('crm_id'),
    trouble: text('trouble'),
    attempts: integer('attempts').notNull().default(0),
    nextAt: moment('next_at'),
    leaseUntil: moment('lease_until'),
    decidedBy: text('decided_by'),
    decidedAt: moment('decided_at'),
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
    ownRows(),
  ],
);
