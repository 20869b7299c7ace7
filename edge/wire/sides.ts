import { settleSides } from '../../shared/capture/name-voices.ts';
import { sidesRoutes } from '../capture/sides-routes.ts';
import * as calls from '../capture/store.ts';
import type { RosApp } from '../http/app.ts';
import type { Parts } from '../parts.ts';
import * as tenants from '../tenants/store.ts';
import { analyzeAgain } from './analyze.ts';

export function wireSides(parts: Parts): (app: RosApp) => void {
  const { db } = parts;
  const utterancesOf = (tenantId: string, callId: string) => calls.utterancesOf(db, tenantId, callId);
  return sidesRoutes({
    callOf: (tenantId, callId) => calls.callOf(db, tenantId, callId),
    isAdmin: async (who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId === who.user.id,
    utterancesOf,
    settle: async (tenantId, callId, rep) => {
      const [call, before] = await Promise.all([calls.callOf(db, tenantId, callId), utterancesOf(tenantId, callId)]);
      const after = call && settleSides(before, call, rep);
      if (!after) return null;
      await calls.saveUtterances(db, tenantId, callId, after);
      return after;
    },
    again: (tenantId, callId, asked) => analyzeAgain(parts, tenantId, callId, asked),
  });
}
