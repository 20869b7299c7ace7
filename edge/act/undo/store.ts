import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { ChangeBody } from '../../../shared/contracts/change.ts';
import { auditMoved } from '../../db/audit.ts';
import type { Db } from '../../db/client.ts';
import { type ChangeRow, columns, key, rowOf } from '../store.ts';
import { changes } from '../tables.ts';

export interface Press {
  by: string;
  byName?: string | null;
  at: Date;
  requestId: string;
}

/** due → declined: it has not left. False when it has, or when the CRM holds an older version of it. */
export async function withdraw(db: Db, tenantId: string, id: string, { by, byName = null, at, requestId }: Press): Promise<boolean> {
  const [moved] = await db.asTenant(tenantId, (q) => [
    auditMoved(
      q,
      q
        .update(changes)
        .set({
          state: 'declined',
          decidedBy: by,
          decidedName: byName,
          decidedAt: at,
          requestId,
          nextAt: null,
          leaseUntil: null,
          trouble: null,
        })
        .where(and(eq(changes.id, id), eq(changes.state, 'due'), isNull(changes.wrote)))
        .returning(key),
      { at, actor: by, action: 'change-withdrawn' },
    ),
  ]);
  return moved.rows.length > 0;
}

/**
 * The one change that takes `original` back, made or, when an earlier press ended without effect, started anew. However often and at
 * once it is pressed there is one of it.
 */
export async function addUndo(
  db: Db,
  tenantId: string,
  original: ChangeRow,
  undo: { body: ChangeBody; opKey: string },
  { by, byName = null, at, requestId }: Press,
): Promise<ChangeRow | null> {
  const { id: undoes, callId, connectionId, record, also, ordinal, wrote } = original;
  const press = { decidedBy: by, decidedName: byName, decidedAt: at, requestId };
  const values = {
    ...undo,
    ...press,
    tenantId,
    callId,
    connectionId,
    kind: undo.body.kind,
    recordObject: record.object,
    recordId: record.id,
    also,
    policy: 'auto' as const,
    state: 'due' as const,
    reason: 'Takes back what was written',
    // What the CRM took is what it is compared with before it goes.
    wrote: wrote ?? original.body,
    ordinal,
    undoes,
  };
  const again = { state: 'due' as const, attempts: 0, nextAt: null, trouble: null, parkedWhy: null, version: sql`${changes.version} + 1` };
  const [, , rows] = await db.asTenant(tenantId, (q) => [
    auditMoved(q, q.insert(changes).values(values).onConflictDoNothing().returning(key), { at, actor: by, action: 'change-undo' }),
    auditMoved(
      q,
      q
        .update(changes)
        .set({ ...again, ...press })
        .where(
          and(
            eq(changes.undoes, undoes),
            inArray(changes.state, ['superseded', 'parked', 'declined']),
            sql`${changes.requestId} is distinct from ${requestId}`,
          ),
        )
        .returning(key),
      { at, actor: by, action: 'change-undo' },
    ),
    q.select(columns).from(changes).where(eq(changes.undoes, undoes)),
  ]);
  return rows[0] ? rowOf(rows[0]) : null;
}
