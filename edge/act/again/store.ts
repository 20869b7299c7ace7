import { and, eq, inArray } from 'drizzle-orm';
import type { ChangeBody, ChangeState, Policy } from '../../../shared/contracts/change.ts';
import { auditMoved } from '../../db/audit.ts';
import type { Db } from '../../db/client.ts';
import { type ChangeRow, columns, key, type PlannedChange, rowOf } from '../store.ts';
import { changes } from '../tables.ts';

/** A change that a further look at its call found otherwise. It moves only from the version and state that were seen. */
export interface Replacement extends Pick<PlannedChange, 'record' | 'also' | 'body' | 'reason' | 'evidence'> {
  id: string;
  version: number;
  from: ChangeState;
  to: 'due' | 'waiting' | 'parked' | 'shadow';
  policy: Policy;
  confidence: number;
}

/** Adds what is new and replaces what is different, in one transaction. Doing it twice changes nothing. */
export async function applyPlan(
  db: Db,
  tenantId: string,
  added: readonly PlannedChange[],
  replaced: readonly Replacement[],
  now: Date,
): Promise<void> {
  const rows = added.map(({ record, ...row }) => ({
    ...row,
    tenantId,
    kind: row.body.kind,
    recordObject: record.object,
    recordId: record.id,
    also: [...row.also],
    evidence: [...row.evidence],
  }));
  if (rows.length + replaced.length === 0) return;
  await db.asTenant(tenantId, (q) => [
    ...(rows.length === 0
      ? []
      : [
          q
            .insert(changes)
            .values(rows)
            .onConflictDoNothing({ target: [changes.tenantId, changes.opKey] }),
        ]),
    ...replaced.map(({ id, version, from, to, record, also, evidence, ...body }) => {
      // It becomes due anew: a day that passed since the first time must not make it old.
      const anew = to === 'due' ? { attempts: 0, nextAt: null, leaseUntil: null, trouble: null, decidedAt: now } : {};
      const set = { ...body, ...anew, also: [...also], evidence: [...evidence], state: to, version: version + 1 };
      return auditMoved(
        q,
        q
          .update(changes)
          .set({ ...set, recordObject: record.object, recordId: record.id })
          .where(and(eq(changes.id, id), eq(changes.version, version), eq(changes.state, from)))
          .returning(key),
        { at: now, actor: 'writer', action: 'change-replaced', detail: { version: version + 1 } },
      );
    }),
  ]);
}

/** Puts a waiting or parked change before a person anew, over what stands in the CRM now. Null when it moved on meanwhile. */
export async function repropose(
  db: Db,
  tenantId: string,
  id: string,
  { version, body, trouble }: { version: number; body: ChangeBody; trouble: string },
): Promise<ChangeRow | null> {
  const set = { state: 'waiting' as const, policy: 'suggest' as const, body, trouble, version: version + 1, parkedWhy: null };
  const [moved, rows] = await db.asTenant(tenantId, (q) => [
    auditMoved(
      q,
      q
        .update(changes)
        .set(set)
        .where(and(eq(changes.id, id), eq(changes.version, version), inArray(changes.state, ['waiting', 'parked'])))
        .returning(key),
      { actor: 'writer', action: 'change-suggested' },
    ),
    q.select(columns).from(changes).where(eq(changes.id, id)),
  ]);
  return moved.rows.length > 0 && rows[0] ? rowOf(rows[0]) : null;
}
