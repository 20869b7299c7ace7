import * as calls from '../capture/store.ts';
import type { GuideServices } from '../guide/call-needs.ts';
import { noDeal } from '../guide/deal-now.ts';
import { generate } from '../guide/generate.ts';
import { generateRoutes } from '../guide/generate-routes.ts';
import type { RosApp } from '../http/app.ts';
import type { Sight } from '../http/sight.ts';
import type { Parts } from '../parts.ts';
import { callStub } from '../stubs.ts';
import { dealNow } from './deal-now.ts';
import { maySeeCall } from './guide.ts';
import { briefOf, budgetOf } from './second-tier.ts';

export function wireGenerate(parts: Parts, sight: Sight, playbook: GuideServices['playbook']): (app: RosApp) => void {
  const { db, bindings, now } = parts;
  return generateRoutes({
    maySeeCall: (who, callId) => maySeeCall(parts, sight, who, callId),
    isLive: async (tenantId, callId) => (await calls.callOf(db, tenantId, callId))?.status === 'live',
    ofLive: (tenantId, callId) => callStub(bindings, tenantId, callId).generate(),
    utterancesOf: (tenantId, callId) => calls.utterancesOf(db, tenantId, callId),
    generate: async (tenantId, callId, said) => {
      const [{ plays, keyterms }, brief, deal, call] = await Promise.all([
        playbook({ tenantId, callId: callId ?? '' }),
        callId === null ? { lines: [], names: [] } : briefOf(parts, tenantId, callId),
        // A CRM that is away costs only what it would have told.
        callId === null ? null : dealNow(parts, tenantId, callId).catch(() => null),
        callId === null ? null : calls.callOf(db, tenantId, callId),
      ]);
      const words = {
        startedAt: (call?.startedAt ?? new Date(now())).toISOString(),
        timeZone: call?.timeZone ?? 'UTC',
        repName: call?.repName ?? '',
        customerName: call?.customerName ?? '',
        competitors: keyterms,
      };
      const asked = { plays, brief, now, model: parts.liveModel, budget: budgetOf(parts, tenantId), fence: crypto.randomUUID() };
      return generate({ ...asked, deal: deal ?? noDeal, words }, callId ?? 'asked', said);
    },
  });
}
