import type { Db } from '../db/client.ts';
import { type ConnectionRow, connectionsOf, type TenantRow, tenantOf } from './store.ts';

/** Tenants and their connections as they stood at most two seconds ago: what one call asks a dozen times is read once. */
export interface Lately {
  tenantOf(tenantId: string): Promise<TenantRow | null>;
  /** Newest first. */
  connectionsOf(tenantId: string): Promise<readonly ConnectionRow[]>;
  connectionOf(tenantId: string, connectionId: string): Promise<ConnectionRow | null>;
}

const HELD_MS = 2_000;
const HELD_MAX = 1_000;

/** Whoever changes a connection, or was refused with its credentials, reads it from the database instead. */
export function openLately(db: Db, now: () => number): Lately {
  const tenant = held((tenantId) => tenantOf(db, tenantId), now);
  const connections = held((tenantId) => connectionsOf(db, tenantId), now);
  return {
    tenantOf: tenant,
    connectionsOf: connections,
    connectionOf: async (tenantId, connectionId) => (await connections(tenantId)).find(({ id }) => id === connectionId) ?? null,
  };
}

/** Keeps values and no promises: what one request waits for, another may not. */
function held<T>(read: (key: string) => Promise<T>, now: () => number): (key: string) => Promise<T> {
  const kept = new Map<string, { value: T; untilMs: number }>();
  return async (key) => {
    const known = kept.get(key);
    if (known && known.untilMs > now()) return known.value;
    const value = await read(key);
    if (kept.size >= HELD_MAX) kept.clear();
    kept.set(key, { value, untilMs: now() + HELD_MS });
    return value;
  };
}
