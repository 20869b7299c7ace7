import { and, eq, like, lt, ne, or, sql } from 'drizzle-orm';
import { auditMoved } from '../../db/audit.ts';
import type { Db } from '../../db/client.ts';
import type { ConnectionRow } from '../store.ts';
import { appCursors, type ConnectionState, connections, usedStates } from '../tables.ts';

/** Whom something belongs to where there is no tenant: a way back from a host, how far the app's own journal was read. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** Takes a way back for good: of two who come at once, one gets it. `hash` names it; after `expiresAt` it would be refused anyway. */
export async function takeState(db: Db, hash: string, now: Date, expiresAt: Date): Promise<boolean> {
  const [, taken] = await db.asTenant(nobody, (q) => [
    q.delete(usedStates).where(lt(usedStates.expiresAt, now)),
    q.insert(usedStates).values({ tenantId: nobody, hash, expiresAt }).onConflictDoNothing().returning({ hash: usedStates.hash }),
  ]);
  return taken.length > 0;
}

/** How far a host's word about the app itself has been read: what stands after `prefix` → its cursor. */
export async function appCursorsOf(db: Db, prefix: string): Promise<Record<string, string>> {
  const [rows] = await db.read(nobody, (q) => [
    q
      .select({ name: appCursors.name, value: appCursors.value })
      .from(appCursors)
      .where(like(appCursors.name, `${prefix}%`)),
  ]);
  return Object.fromEntries(rows.map(({ name, value }) => [name.slice(prefix.length), value]));
}

export async function saveAppCursor(db: Db, name: string, value: string): Promise<void> {
  await db.asTenant(nobody, (q) => [
    q
      .insert(appCursors)
      .values({ tenantId: nobody, name, value })
      .onConflictDoUpdate({ target: [appCursors.tenantId, appCursors.name], set: { value, movedAt: sql`now()` } }),
  ]);
}

/** What a caller saw of a connection before it decided to end it. */
export type Seen = Pick<ConnectionRow, 'id' | 'tenantId' | 'secretSealed' | 'settings'>;

/**
 * Marks a connection that its host no longer serves, with the sentence people read. Nothing is deleted, and nothing moves when somebody
 * connected again or stored a newer secret since it was seen.
 */
export async function loseConnection(db: Db, seen: Seen, said: string): Promise<boolean> {
  const moved = await moveConnection(db, seen, 'needs-reconnect', {
    by: 'writer',
    set: troubleIs(said),
    where: and(eq(connections.state, 'connected'), sql`${connections.secretSealed} is not distinct from ${seen.secretSealed}`),
  });
  return moved !== null;
}

/**
 * Marks a connection whose host took our app out, with the sentence people read. Its secrets are dead there, so they are deleted here; what
 * waits to be written is kept. One that we have ended ourselves stays ended.
 */
export async function uninstallConnection(db: Db, seen: Seen, said: string): Promise<boolean> {
  const moved = await moveConnection(db, seen, 'needs-reconnect', {
    by: 'host',
    set: { secretSealed: null, secretExpiresAt: null, ...troubleIs(said) },
    // Told again, it has nothing left to do.
    where: and(
      ne(connections.state, 'disconnected'),
      or(eq(connections.state, 'connected'), sql`${connections.settings} ->> 'trouble' is distinct from ${said}`),
    ),
  });
  return moved !== null;
}

/**
 * Ends a connection and deletes its secrets, the install key among them; what waits to be written is kept. Answers the secret it had in
 * that moment, for whoever has to make it worthless; null when nothing was ended.
 */
export async function dropConnection(db: Db, seen: Seen, by: string): Promise<{ secretSealed: string | null } | null> {
  return moveConnection(db, seen, 'disconnected', {
    by,
    set: { secretSealed: null, secretExpiresAt: null, installKeyHash: null },
    where: ne(connections.state, 'disconnected'),
  });
}

const troubleIs = (said: string) => ({ settings: sql`${connections.settings} || ${JSON.stringify({ trouble: said })}::jsonb` });

async function moveConnection(
  db: Db,
  seen: Seen,
  state: ConnectionState,
  it: { by: string; set: Record<string, unknown>; where: ReturnType<typeof and> },
): Promise<{ secretSealed: string | null } | null> {
  const installedAs = typeof seen.settings['connectedAt'] === 'string' ? seen.settings['connectedAt'] : null;
  const [held, moved] = await db.asTenant(seen.tenantId, (q) => [
    // Nobody stores another one between this word and the move.
    q.select({ secretSealed: connections.secretSealed }).from(connections).where(eq(connections.id, seen.id)).for('update'),
    auditMoved(
      q,
      q
        .update(connections)
        .set({ ...it.set, state })
        .where(
          and(eq(connections.id, seen.id), sql`${connections.settings} ->> 'connectedAt' is not distinct from ${installedAs}`, it.where),
        )
        .returning({ tenantId: connections.tenantId, id: connections.id }),
      { actor: it.by, action: state },
    ),
  ]);
  return moved.rows.length > 0 ? (held[0] ?? null) : null;
}
