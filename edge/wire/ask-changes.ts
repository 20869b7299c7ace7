import { dealFields } from '../../shared/act/fields.ts';
import { applyPlan } from '../act/again/store.ts';
import { doorRoutes } from '../act/door-routes.ts';
import * as known from '../act/known/store.ts';
import * as ledger from '../act/ledger/store.ts';
import * as changes from '../act/store.ts';
import type { Sight } from '../http/sight.ts';
import { sha256Hex } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { crmReads } from './crm-reads.ts';
import { visibleCalls } from './seen-calls.ts';
import { repLineOf } from './telephony.ts';
import { kickOf } from './write.ts';

const PENDING_SHOWN = 100;

/** The doors at which others ask for a change without a call. */
export function wireAskChanges(parts: Parts, sight: Sight) {
  const { db, now } = parts;
  const reads = crmReads(parts);
  return doorRoutes({
    ...reads,
    maySeeRecord: sight.record,
    pendingOf: async (who, ref) => {
      const rows = await ledger.pendingOfRecord(db, who.tenantId, ref, PENDING_SHOWN);
      const visible = await visibleCalls(parts, sight, who, [...new Set(rows.flatMap(({ callId }) => callId ?? []))]);
      return rows.filter(({ callId }) => callId === null || visible.has(callId)).map(changes.itemOf);
    },
    saveRows: (tenantId, rows) =>
      applyPlan(
        db,
        tenantId,
        rows.map((row) => ({ ...row, callId: null })),
        [],
        new Date(now()),
      ),
    changesByKey: async (tenantId, opKeys) => (await ledger.changesByKey(db, tenantId, opKeys)).map(changes.itemOf),
    refresh: (on, host, ref) => reads.refresh(on, ref, ref.object === 'deal' ? Object.values(dealFields[host]) : []),
    ownerOf: async (tenantId, userId) => (await repLineOf(parts, tenantId, userId))?.ownerId,
    overridesOf: (tenantId) => known.overridesOf(db, tenantId),
    hash: sha256Hex,
    kick: kickOf(parts),
  });
}
