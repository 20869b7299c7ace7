import { keptSince, setTone, tonesOf } from '../act/email/store.ts';
import { emailRoutes } from '../act/email-routes.ts';
import * as calls from '../capture/store.ts';
import type { RosApp } from '../http/app.ts';
import type { Sight } from '../http/sight.ts';
import type { Parts } from '../parts.ts';
import * as tenants from '../tenants/store.ts';
import * as insights from '../understand/store.ts';
import { maySeeCall } from './guide.ts';
import { seenCalls } from './seen-calls.ts';

/** The follow-up mail stands in `act` and is written from what the earlier rooms know of a call. */
export function wireEmail(parts: Parts, sight: Sight): (app: RosApp) => void {
  const { db, now } = parts;
  return emailRoutes({
    now,
    maySeeCall: (who, callId) => maySeeCall(parts, sight, who, callId),
    maySeeRecord: (who, ref) => sight.record(who, ref),
    callsOf: (who, ref) => seenCalls(parts, sight, who, ref),
    isAdmin: async (who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId === who.user.id,
    materialOf: async (tenantId, callId) => {
      const [call, insight, heard] = await Promise.all([
        calls.callOf(db, tenantId, callId),
        insights.insightOf(db, tenantId, callId),
        calls.utterancesOf(db, tenantId, callId),
      ]);
      return call && insight && { call: { ...call, startedAt: call.startedAt.toISOString() }, insight, heard };
    },
    tonesOf: (tenantId, repId) => tonesOf(db, tenantId, repId),
    setTone: (tenantId, userId, tone, by) => setTone(db, tenantId, userId, tone, by),
    keptSince: (tenantId, since) => keptSince(db, tenantId, since),
  });
}
