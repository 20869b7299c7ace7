import { and, eq, lt, ne, sql } from 'drizzle-orm';
import { auditMoved } from '../../db/audit.ts';
import type { Db } from '../../db/client.ts';
import type { ConnectionRow } from '../store.ts';
import { type ConnectionState, connections, usedStates } from '../tables.ts';

/** Whom a way back belongs to before there is a tenant. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** Takes a way back for good: of two who come at once, one gets it. `hash` names it; after `expiresAt` it would be refused anyway. */
export async function takeState(db: Db, hash: string, now: Date, expiresAt: Date): Promise<boolean> {
  const [, taken] = await db.asTenant(nobody, (q) => [
    q.delete(usedStates).where(lt(usedStates.expiresAt, now)),
    q.insert(usedStates).values({ tenantId: nobody, hash, expiresAt }).onConflictDoNothing().returning({ hash: usedStates.hash }),
  ]);
  return taken.length > 0;
}

/** What a caller saw of a connection before it decided to end it. */
export type Seen = Pick<ConnectionRow, 'id' | 'tenantId' | 'secretSealed' | 'settings'>;

/**
 * Marks a connection that its host no longer serves, with the sentence people read. Nothing is deleted, and nothing moves when somebody
 * connected again or stored a newer secret since it was seen.
 */
export async function loseConnection(db: Db, seen: Seen, said: string): Promise<boolean> {
  return moveConnection(db, seen, 'needs-reconnect', {
    by: 'writer',
    set: { settings: sql`${connections.settings} || ${JSON.stringify({ trouble: said })}::jsonb` },
    where: and(eq(connections.state, 'connected'), sql`${connections.secretSealed} is not distinct from ${seen.secretSealed}`),
  });
}

/** Ends a connection and deletes its secrets, the install key among them; what waits to be written is kept. */
export async function dropConnection(db: Db, seen: Seen, by: string): Promise<boolean> {
  return moveConnection(db, seen, 'disconnected', {
    by,
    set: { secretSealed: null, secretExpiresAt: null, installKeyHash: null },
    where: ne(connections.state, 'disconnected'),
  });
}

async function moveConnection(
  db: Db,
  seen: Seen,
  state: ConnectionState,
  it: { by: string; set: Record<string, unknown>; where: ReturnType<typeof and> },
): Promise<boolean> {
  const installedAs = typeof seen.settings['connectedAt'] === 'string' ? seen.settings['connectedAt'] : null;
  const [moved] = await db.asTenant(seen.tenantId, (q) => [
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
  return moved.rows.length > 0;
}
