import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { changes, matches } from '../act/tables.ts';
import { calls } from '../capture/tables.ts';
import { auditMoved } from './audit.ts';
import type { Db } from './client.ts';

export interface SettledPerson {
  callId: string;
  connectionId: string;
  record: RecordRef;
  contact: { ref: RecordRef; name: string; email: string | null };
  /** The hashes of the addresses that are theirs from now on. */
  addressHashes: readonly string[];
  by: string;
  byName?: string | null;
  at: Date;
  requestId: string;
}

/**
 * A person said who was on a call: the choice is remembered, the call is theirs, and what waited for the answer is due on their record.
 * What was about another record has no ground any more.
 */
export async function settlePerson(db: Db, tenantId: string, it: SettledPerson): Promise<void> {
  const { callId, connectionId, record, contact, by, at, requestId } = it;
  const also = contact.ref.id === record.id ? [] : [contact.ref];
  const place = { recordObject: record.object, recordId: record.id, also, version: sql`${changes.version} + 1` };
  const ofCall = and(eq(changes.callId, callId), eq(changes.state, 'waiting'));
  const isElsewhere = sql`(${changes.recordObject}, ${changes.recordId}) <> (${record.object}, ${record.id})`;
  await db.asTenant(tenantId, (q) => [
    ...it.addressHashes.map((addressHash) =>
      q
        .insert(matches)
        .values({ tenantId, connectionId, addressHash, recordId: contact.ref.id, chosenBy: by })
        .onConflictDoUpdate({
          target: [matches.tenantId, matches.connectionId, matches.addressHash],
          set: { recordId: contact.ref.id, chosenBy: by },
        }),
    ),
    auditMoved(
      q,
      q
        .update(calls)
        .set({
          recordObject: record.object,
          recordId: record.id,
          contactId: contact.ref.id,
          customerName: contact.name,
          customerEmail: contact.email,
        })
        .where(eq(calls.id, callId))
        .returning({ tenantId: calls.tenantId, id: calls.id }),
      { at, actor: by, action: 'call-person' },
    ),
    auditMoved(
      q,
      q
        .update(changes)
        .set({ state: 'superseded', trouble: 'It was about another record.' })
        .where(and(ofCall, inArray(changes.kind, ['move-stage', 'set-field']), isElsewhere))
        .returning(key),
      { at, actor: by, action: 'change-superseded' },
    ),
    q.update(changes).set(place).where(ofCall),
    auditMoved(
      q,
      q
        .update(changes)
        .set({ state: 'due', asks: null, decidedBy: by, decidedName: it.byName ?? null, decidedAt: at, requestId })
        .where(and(ofCall, eq(changes.policy, 'auto'), isNotNull(changes.asks)))
        .returning(key),
      { at, actor: by, action: 'change-due' },
    ),
  ]);
}

const key = { tenantId: changes.tenantId, id: changes.id };
