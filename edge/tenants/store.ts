import { and, desc, eq, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Provider, Sharing } from '../../shared/contracts/tenant.ts';
import { must } from '../../shared/kit/must.ts';
import { auditMoved } from '../db/audit.ts';
import type { Db } from '../db/client.ts';
import { isId } from '../db/id.ts';
import { type ConnectionState, connections, type Region, type TicketPurpose, tenants, tickets, usage } from './tables.ts';

export type { ConnectionState } from './tables.ts';

export interface TenantRow {
  id: string;
  name: string;
  region: Region;
  timeZone: string;
  competitors: string[];
  sharing: Sharing;
  minutesPerMonth: number;
  createdAt: Date;
}

export interface ConnectionRow {
  id: string;
  tenantId: string;
  provider: Provider;
  externalId: string;
  state: ConnectionState;
  instanceUrl: string | null;
  secretSealed: string | null;
  secretExpiresAt: Date | null;
  installerId: string | null;
  installerEmail: string | null;
  settings: Record<string, unknown>;
}

export interface Install {
  provider: Provider;
  externalId: string;
  tenantName: string;
  timeZone: string;
  region?: Region;
  instanceUrl?: string;
  installKeyHash?: string;
  installerId: string;
  installerEmail: string;
  /** Laid over what is there. */
  settings?: Record<string, unknown>;
}

export interface Owned {
  tenantId: string;
  connectionId: string;
}

/** Makes a tenant and its host connection. The same external id again is the same tenant, brought up to date and connected. */
export async function install(db: Db, it: Install): Promise<Owned> {
  const [found] = await db.system((q) => [
    q.execute(sql`select tenant_id, connection_id from install_connection(
      ${it.provider}, ${it.externalId}, ${it.tenantName}, ${it.region ?? 'us'}, ${it.timeZone}, ${it.instanceUrl ?? null},
      null, null, ${it.installKeyHash ?? null},
      ${it.installerId}, ${it.installerEmail}, ${JSON.stringify(it.settings ?? {})}::jsonb)`),
  ]);
  return must(ownedIn(found.rows), 'the installed connection');
}

/** Whose account this is, whatever state its connection is in. */
export async function resolveConnection(db: Db, provider: Provider, externalId: string): Promise<Owned | null> {
  const [found] = await db.system((q) => [
    q.execute(sql`select tenant_id, connection_id from resolve_connection(${provider}, ${externalId})`),
  ]);
  return ownedIn(found.rows);
}

/** The Salesforce org that proves itself with its install key; `hash` is what `install` kept. */
export async function resolveInstallKey(db: Db, orgId: string, hash: string): Promise<Owned | null> {
  const [found] = await db.system((q) => [q.execute(sql`select tenant_id, connection_id from resolve_install_key(${orgId}, ${hash})`)]);
  return ownedIn(found.rows);
}

export interface NewConnection {
  provider: Provider;
  externalId: string;
  instanceUrl?: string;
  settings?: Record<string, unknown>;
  /** Who connects it, for the audit: a host's user id. */
  by?: string;
}

/** A further account of a tenant, or the same one brought up to date. Null when another tenant holds it already. */
export async function addConnection(db: Db, tenantId: string, it: NewConnection): Promise<{ connectionId: string } | null> {
  const values = {
    tenantId,
    provider: it.provider,
    externalId: it.externalId,
    instanceUrl: it.instanceUrl,
    settings: it.settings,
  };
  const mine = and(eq(connections.provider, it.provider), eq(connections.externalId, it.externalId));
  const [, , rows] = await db.asTenant(tenantId, (q) => [
    // Nothing of another tenant's row can be updated or even seen, so a taken account ends in no row at all.
    q.insert(connections).values(values).onConflictDoNothing(),
    auditMoved(
      q,
      q
        .update(connections)
        .set({
          state: 'connected',
          instanceUrl: it.instanceUrl,
          settings: it.settings,
        })
        .where(mine)
        .returning({ tenantId: connections.tenantId, id: connections.id }),
      { actor: it.by ?? 'install', action: 'connected', detail: { provider: it.provider } },
    ),
    q.select({ connectionId: connections.id }).from(connections).where(mine),
  ]);
  return rows[0] ?? null;
}

export async function connectionOf(db: Db, tenantId: string, connectionId: string): Promise<ConnectionRow | null> {
  if (!isId(connectionId)) return null;
  const [rows] = await db.read(tenantId, (q) => [q.select(connectionColumns).from(connections).where(eq(connections.id, connectionId))]);
  return rows[0] ?? null;
}

/** The newest connection the tenant has at this provider. */
/** All that a tenant is connected to, newest first. */
export async function connectionsOf(db: Db, tenantId: string): Promise<ConnectionRow[]> {
  const [rows] = await db.read(tenantId, (q) => [q.select(connectionColumns).from(connections).orderBy(desc(connections.createdAt))]);
  return rows;
}

/** True when the state was another one before. `by` is a host's user id, or the part of us that noticed. */
export async function setConnectionState(
  db: Db,
  tenantId: string,
  connectionId: string,
  state: ConnectionState,
  by = 'writer',
): Promise<boolean> {
  const [moved] = await db.asTenant(tenantId, (q) => [
    auditMoved(
      q,
      q
        .update(connections)
        .set({ state })
        .where(and(eq(connections.id, connectionId), sql`${connections.state} <> ${state}`))
        .returning({ tenantId: connections.tenantId, id: connections.id }),
      { actor: by, action: state },
    ),
  ]);
  return moved.rows.length > 0;
}

export async function tenantOf(db: Db, tenantId: string): Promise<TenantRow | null> {
  const [rows] = await db.read(tenantId, (q) => [q.select(tenantColumns).from(tenants)]);
  return rows[0] ?? null;
}

export async function setCompetitors(db: Db, tenantId: string, names: readonly string[]): Promise<void> {
  await db.asTenant(tenantId, (q) => [
    q
      .update(tenants)
      .set({ competitors: [...names] })
      .where(eq(tenants.id, tenantId)),
  ]);
}

/** Adds to the month ("2026-11") and answers its total. Adding is not idempotent: call it behind a move that happens once. */
export async function addMinutes(db: Db, tenantId: string, month: string, minutes: number): Promise<number> {
  const [rows] = await db.asTenant(tenantId, (q) => [
    q
      .insert(usage)
      .values({ tenantId, month, minutes })
      .onConflictDoUpdate({ target: [usage.tenantId, usage.month], set: { minutes: sql`${usage.minutes} + excluded.minutes` } })
      .returning({ minutes: usage.minutes }),
  ]);
  return must(rows[0], 'the month').minutes;
}

export async function minutesUsed(db: Db, tenantId: string, month: string): Promise<number> {
  const [rows] = await db.read(tenantId, (q) => [q.select({ minutes: usage.minutes }).from(usage).where(eq(usage.month, month))]);
  return rows[0]?.minutes ?? 0;
}

export interface NewTicket {
  hash: string;
  purpose: TicketPurpose;
  /** What it opens, e.g. a call id. */
  subject: string;
  /** Who it was given to, as the host proved it. */
  user: Record<string, unknown>;
  expiresAt: Date;
}

export async function saveTicket(db: Db, tenantId: string, ticket: NewTicket): Promise<void> {
  await db.asTenant(tenantId, (q) => [q.insert(tickets).values({ tenantId, ...ticket })]);
}

export interface Burnt {
  tenantId: string;
  purpose: TicketPurpose;
  subject: string;
  user: Record<string, unknown>;
}

/** Takes a ticket for good: of two who come at once, one gets it. Null when unknown, used or expired. */
export async function burnTicket(db: Db, hash: string, now: Date): Promise<Burnt | null> {
  const [found] = await db.system((q) => [
    q.execute(sql`select tenant_id, purpose, subject, "user" from burn_ticket(${hash}, ${now.toISOString()}::timestamptz)`),
  ]);
  const row = z.array(burntRow).parse(found.rows)[0];
  return row ? { tenantId: row.tenant_id, purpose: row.purpose, subject: row.subject, user: row.user } : null;
}

const ownedRow = z.object({ tenant_id: z.uuid(), connection_id: z.uuid() });
const burntRow = z.object({
  tenant_id: z.uuid(),
  purpose: z.enum(['live', 'upload', 'listen', 'connect', 'calling', 'team']),
  subject: z.string(),
  user: z.record(z.string(), z.unknown()),
});

function ownedIn(rows: unknown): Owned | null {
  const row = z.array(ownedRow).parse(rows)[0];
  return row ? { tenantId: row.tenant_id, connectionId: row.connection_id } : null;
}

const tenantColumns = {
  id: tenants.id,
  name: tenants.name,
  region: tenants.region,
  timeZone: tenants.timeZone,
  competitors: tenants.competitors,
  sharing: tenants.sharing,
  minutesPerMonth: tenants.minutesPerMonth,
  createdAt: tenants.createdAt,
};

const connectionColumns = {
  id: connections.id,
  tenantId: connections.tenantId,
  provider: connections.provider,
  externalId: connections.externalId,
  state: connections.state,
  instanceUrl: connections.instanceUrl,
  secretSealed: connections.secretSealed,
  secretExpiresAt: connections.secretExpiresAt,
  installerId: connections.installerId,
  installerEmail: connections.installerEmail,
  settings: connections.settings,
};
