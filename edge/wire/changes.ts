import type { ApproveDeps } from '../act/approve.ts';
import * as changes from '../act/store.ts';
import type { KnownChange } from '../act/undo.ts';
import type { Parts } from '../parts.ts';
import { crmReads } from './crm-reads.ts';

/** One change: as it stands, and as a person decides it, under the name that the CRM has for them. */
export function wireChanges(parts: Parts) {
  const { db } = parts;
  const reads = crmReads(parts);
  const changeOf = async (tenantId: string, id: string): Promise<KnownChange | null> => {
    const row = await changes.changeOf(db, tenantId, id);
    return row && knownOf(row);
  };
  const nameOn = async (tenantId: string, id: string, userId: string) => {
    const row = await changes.changeOf(db, tenantId, id);
    return row && reads.nameOf({ tenantId, connectionId: row.connectionId }, userId);
  };
  const decide: ApproveDeps['decide'] = async (tenantId, id, decision) => {
    const byName = await nameOn(tenantId, id, decision.by);
    const { moved, row } = await changes.decide(db, tenantId, id, { ...decision, byName, at: new Date(decision.at) });
    return { moved, item: row && changes.itemOf(row) };
  };
  return { changeOf, nameOn, decide };
}

export const knownOf = (row: changes.ChangeRow): KnownChange => ({
  callId: row.callId,
  connectionId: row.connectionId,
  requestId: row.requestId,
  wrote: row.wrote,
  item: changes.itemOf(row),
});
