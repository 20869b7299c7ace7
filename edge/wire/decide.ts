import { repropose } from '../act/again/store.ts';
import * as ledger from '../act/ledger/store.ts';
import { actRoutes } from '../act/routes.ts';
import * as changes from '../act/store.ts';
import * as undos from '../act/undo/store.ts';
import type { Sight } from '../http/sight.ts';
import { sha256Hex } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { meetingOf } from './brief.ts';
import { knownOf, wireChanges } from './changes.ts';
import { crmReads } from './crm-reads.ts';
import { maySeeCall } from './guide.ts';
import { settleWho } from './people.ts';
import { overPlan } from './plan-minutes.ts';
import { seenCalls } from './seen-calls.ts';
import { kickOf } from './write.ts';

/** The next action on a record, and what a person makes of a proposal. */
export function wireDecide(parts: Parts, sight: Sight) {
  const { db, now } = parts;
  const reads = crmReads(parts);
  const { changeOf, nameOn, decide } = wireChanges(parts);
  return actRoutes({
    ...reads,
    maySeeRecord: sight.record,
    maySeeCall: (who, callId) => maySeeCall(parts, sight, who, callId),
    callsOf: (who, ref) => seenCalls(parts, sight, who, ref),
    waitingOf: async (tenantId, ref) => (await changes.waitingOfRecord(db, tenantId, ref)).map(knownOf),
    changeOf,
    meetingAt: async (who, ref) => (await meetingOf(parts, who, ref))?.startsAt.toISOString() ?? null,
    overPlan: (tenantId) => overPlan(parts, tenantId),
    now,
    decide,
    repropose: async (tenantId, id, it) => {
      const row = await repropose(db, tenantId, id, it);
      return row && changes.itemOf(row);
    },
    settleWho: async (on, id, it) => {
      const row = await changes.changeOf(db, on.tenantId, id);
      if (!row?.callId || !(await settleWho(parts, on, row.callId, { ...it, byName: await reads.nameOf(on, it.by) }))) return null;
      return (await changeOf(on.tenantId, id))?.item ?? null;
    },
    withdraw: async (tenantId, id, press) =>
      undos.withdraw(db, tenantId, id, { ...press, byName: await nameOn(tenantId, id, press.by), at: new Date(press.at) }),
    addUndo: async (tenantId, id, undo, press) => {
      const row = await changes.changeOf(db, tenantId, id);
      const byName = row && (await reads.nameOf({ tenantId, connectionId: row.connectionId }, press.by));
      const made = row && (await undos.addUndo(db, tenantId, row, undo, { ...press, byName, at: new Date(press.at) }));
      return made && changes.itemOf(made);
    },
    undoOf: async (tenantId, id) => {
      const [row] = await ledger.undosOf(db, tenantId, [id]);
      return row ? changes.itemOf(row) : null;
    },
    hash: sha256Hex,
    kick: kickOf(parts),
  });
}
