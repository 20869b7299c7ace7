import { shadowMs } from '../../shared/act/shadow.ts';
import * as known from '../act/known/store.ts';
import * as ledger from '../act/ledger/store.ts';
import { seeRoutes } from '../act/see-routes.ts';
import * as changes from '../act/store.ts';
import type { Sight } from '../http/sight.ts';
import type { Parts } from '../parts.ts';
import { writerStub } from '../stubs.ts';
import * as tenants from '../tenants/store.ts';
import { knownOf, wireChanges } from './changes.ts';
import { seenCalls, visibleCalls } from './seen-calls.ts';
import { kickOf, rateOf } from './write.ts';

/** What was written, how the writing goes, and what a tenant lets us write. */
export function wireSeeChanges(parts: Parts, sight: Sight) {
  const { db, bindings, now } = parts;
  const { changeOf, decide } = wireChanges(parts);
  return seeRoutes({
    maySeeRecord: sight.record,
    callsOf: (who, ref) => seenCalls(parts, sight, who, ref),
    visibleCalls: (who, callIds) => visibleCalls(parts, sight, who, callIds),
    isAdmin: async (who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId === who.user.id,
    changeOf,
    decide,
    kick: kickOf(parts),
    now,
    writtenOf: async (tenantId, ref, limit, offset) => (await ledger.writtenOfRecord(db, tenantId, ref, limit, offset)).map(knownOf),
    undosOf: async (tenantId, ids) => (await ledger.undosOf(db, tenantId, ids)).map(changes.itemOf),
    stateOf: async ({ tenantId, connectionId }) => (await tenants.connectionOf(db, tenantId, connectionId))?.state ?? 'disconnected',
    pulseOf: ({ tenantId, connectionId }) => ledger.pulseOf(db, tenantId, connectionId),
    parkedOf: async ({ tenantId, connectionId }, limit) =>
      (await ledger.parkedOfConnection(db, tenantId, connectionId, limit)).map((row) => ({
        item: changes.itemOf(row),
        since: row.decidedAt ?? row.createdAt,
      })),
    budgetOf: async (tenantId, connectionId) => {
      const [left, rate] = await Promise.all([
        writerStub(bindings, tenantId, connectionId).budget(),
        rateOf(parts, tenantId, connectionId),
      ]);
      if (!left) return null;
      const rests = left.restsUntilMs > now() ? { restsUntil: new Date(left.restsUntilMs).toISOString() } : {};
      const api = parts.apiUsageOf(connectionId);
      return { perSecond: rate.perSecond, tokens: left.tokens, ...rests, ...(api ? { api } : {}) };
    },
    shadowsOf: (tenantId) => known.shadowCounts(db, tenantId, new Date(now() - shadowMs)),
    overridesOf: (tenantId) => known.overridesOf(db, tenantId),
    setOverrides: (tenantId, wanted, by) => known.setOverrides(db, tenantId, wanted, by),
  });
}
