import * as calls from '../capture/store.ts';
import type { RosApp } from '../http/app.ts';
import type { Sight } from '../http/sight.ts';
import type { Parts } from '../parts.ts';
import * as relations from '../relate/store.ts';
import { lookAtRisks } from '../remember/risks/look.ts';
import { riskRoutes } from '../remember/risks/routes.ts';
import * as risks from '../remember/risks/store.ts';
import * as tenants from '../tenants/store.ts';
import * as insights from '../understand/store.ts';
import { dealRecord } from './deal-record.ts';

const CALLS_MAX = 20;

export function wireRisks(parts: Parts, sight: Sight): (app: RosApp) => void {
  const { db, now } = parts;
  return riskRoutes({
    now,
    maySeeRecord: (who, ref) => sight.record(who, ref),
    mayDecide: async (who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId === who.user.id,
    riskOf: (tenantId, id) => risks.riskOf(db, tenantId, id),
    decide: (tenantId, id, to) => risks.decide(db, tenantId, id, to),
    look: async ({ tenantId, connectionId, host, ...who }, ref, mayDecide) => {
      const open = (await calls.callsOfRecord(db, tenantId, ref, CALLS_MAX)).filter((call) => !call.isPrivate);
      const seen = await sight.calls({ tenantId, connectionId, host, ...who }, open);
      return lookAtRisks(
        {
          now,
          dealOf: (of) => dealRecord(parts, { tenantId, connectionId, host }, of),
          callsOf: async () => {
            const read = await Promise.all(
              open.map(async (call) => ({
                callId: call.id,
                atMs: call.startedAt.getTime(),
                insight: await insights.insightOf(db, tenantId, call.id),
              })),
            );
            return read.flatMap(({ insight, ...call }) => (insight ? [{ ...call, insight }] : [])).toSorted((a, b) => a.atMs - b.atMs);
          },
          pathsOf: async () => {
            const people = await relations.peopleOfCalls(
              db,
              tenantId,
              open.map(({ id }) => id),
            );
            return people === 0 ? undefined : people;
          },
          risksOf: (of) => risks.risksOf(db, tenantId, of),
          settle: (of, settled, at) => risks.settle(db, tenantId, of, settled, at),
          decisionsSince: (since) => risks.decisionsSince(db, tenantId, since),
          keepSigns: (of, signs, at) => risks.keepSigns(db, tenantId, of, signs, at),
          closeSigns: (of, won) => risks.closeSigns(db, tenantId, of, won),
          closedDeals: () => risks.closedDeals(db, tenantId),
        },
        ref,
        { mayDecide, sees: new Set(seen.map(({ id }) => id)) },
      );
    },
  });
}
