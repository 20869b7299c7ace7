import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, numeric, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Provider, Sharing } from '../../shared/contracts/tenant.ts';
import type { PricesSaid } from '../../shared/contracts/usage.ts';
import { createdAt, moment, ownRows, tenantId } from '../db/columns.ts';

export const tenants = pgTable(
  'tenants',
  {
    id: uuid('tenant_id').primaryKey().defaultRandom(),
    name: text('name').notNull(),
    region: text('region').$type<Region>().notNull().default('us'),
    timeZone: text('time_zone').notNull(),
    competitors: text('competitors').array().notNull().default(sql`'{}'::text[]`),
    sharing: text('sharing').$type<Sharing>().notNull().default('team'),
    minutesPerMonth: integer('minutes_per_month').notNull().default(1000),
    createdAt: createdAt(),
  },
  () => [ownRows()],
);

export const usage = pgTable(
  'usage',
  {
    tenantId: tenantId(),
    /** "2026-11" */
    month: text('month').notNull(),
    minutes: numeric('minutes', { mode: 'number' }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.month] }), ownRows()],
);

/** What a part of a call's work has cost, in seconds of one voice and in tokens: set, never added to. Outlives the call: money was spent. */
export const spend = pgTable(
  'spend',
  {
    tenantId: tenantId(),
    callId: uuid('call_id').notNull(),
    /** `live`, `heard` (transcribed afterwards) or `read <which reading>`. */
    part: text('part').notNull(),
    /** "2026-11" */
    month: text('month').notNull(),
    liveSeconds: numeric('live_seconds', { mode: 'number' }).notNull().default(0),
    /** Taken out of the month ahead, while the call runs. */
    heldSeconds: numeric('held_seconds', { mode: 'number' }).notNull().default(0),
    batchSeconds: numeric('batch_seconds', { mode: 'number' }).notNull().default(0),
    whisperSeconds: numeric('whisper_seconds', { mode: 'number' }).notNull().default(0),
    tokensIn: bigint('tokens_in', { mode: 'number' }).notNull().default(0),
    tokensOut: bigint('tokens_out', { mode: 'number' }).notNull().default(0),
    tokensCached: bigint('tokens_cached', { mode: 'number' }).notNull().default(0),
    tokensWritten: bigint('tokens_written', { mode: 'number' }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.callId, t.part] }), index('spend_by_month').on(t.tenantId, t.month), ownRows()],
);

/** What a tenant's month may cost, where an admin wants less than the plan gives. */
export const budgets = pgTable(
  'budgets',
  {
    tenantId: tenantId().primaryKey(),
    speechMinutes: integer('speech_minutes'),
    modelUsd: numeric('model_usd', { mode: 'number' }),
    /** Prices of a contract that differ from the Worker's; ours to say, not the admin's. */
    prices: jsonb('prices').$type<PricesSaid>(),
  },
  () => [ownRows()],
);

/** What an admin was told of a month's budget, each once. */
export const budgetNotices = pgTable(
  'budget_notices',
  {
    tenantId: tenantId(),
    month: text('month').notNull(),
    of: text('of').$type<'speech' | 'model'>().notNull(),
    state: text('state').$type<'near' | 'over'>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.month, t.of, t.state] }), ownRows()],
);

/** One account of a tenant at a vendor. An account belongs to one tenant, so `external_id` finds it alone. */
export const connections = pgTable(
  'connections',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull().defaultRandom(),
    provider: text('provider').$type<Provider>().notNull(),
    externalId: text('external_id').notNull(),
    state: text('state').$type<ConnectionState>().notNull().default('connected'),
    instanceUrl: text('instance_url'),
    /** Sealed by edge/tenants; the database never sees a token. */
    secretSealed: text('secret_sealed'),
    secretExpiresAt: moment('secret_expires_at'),
    installKeyHash: text('install_key_hash'),
    installerId: text('installer_id'),
    installerEmail: text('installer_email'),
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique('connections_external').on(t.provider, t.externalId),
    index('connections_by_provider').on(t.tenantId, t.provider),
    ownRows(),
  ],
);

/** A key to one door, for one use. Only its hash is kept. */
export const tickets = pgTable(
  'tickets',
  {
    tenantId: tenantId(),
    hash: text('hash').primaryKey(),
    purpose: text('purpose').$type<TicketPurpose>().notNull(),
    subject: text('subject').notNull(),
    user: jsonb('user').$type<Record<string, unknown>>().notNull(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
  },
  () => [ownRows()],
);

/** What a tenant's secrets are sealed with, wrapped by a master key. One is in use; a retired one goes once nothing is sealed with it. */
export const tenantKeys = pgTable(
  'tenant_keys',
  {
    tenantId: tenantId(),
    kid: text('kid').notNull(),
    /** The master key that wraps it; the keys themselves are settings of the Worker. */
    kekKid: text('kek_kid').notNull(),
    wrapped: text('wrapped').notNull(),
    createdAt: createdAt(),
    retiredAt: moment('retired_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.kid] }),
    uniqueIndex('tenant_keys_in_use').on(t.tenantId).where(sql`retired_at is null`),
    ownRows(),
  ],
);

/** Ways back from a host that were taken already. They come before there is a tenant, so all of them belong to `nobody`. */
export const usedStates = pgTable(
  'used_states',
  {
    tenantId: tenantId(),
    hash: text('hash').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.hash] }), ownRows()],
);

/** How far we have read what a host writes down about the app itself, for all accounts in one. All rows belong to `nobody`. */
export const appCursors = pgTable(
  'app_cursors',
  {
    tenantId: tenantId(),
    name: text('name').notNull(),
    value: text('value').notNull(),
    movedAt: moment('moved_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.name] }), ownRows()],
);

export type Region = 'us' | 'eu';
export type ConnectionState = 'connected' | 'needs-reconnect' | 'disconnected';
export type TicketPurpose = 'live' | 'upload' | 'listen' | 'connect' | 'calling' | 'team';
