import * as calls from '../capture/store.ts';
import { askCall } from '../guide/ask-call.ts';
import { askRoutes } from '../guide/ask-routes.ts';
import type { RosApp } from '../http/app.ts';
import type { Sight } from '../http/sight.ts';
import type { Parts } from '../parts.ts';
import { callStub } from '../stubs.ts';
import * as insights from '../understand/store.ts';
import { maySeeCall } from './guide.ts';
import { budgetOf } from './second-tier.ts';
import { noteSpend } from './spend.ts';

export function wireAskCall(parts: Parts, sight: Sight): (app: RosApp) => void {
  const { db, bindings, now } = parts;
  return askRoutes({
    maySee: (who, callId) => maySeeCall(parts, sight, who, callId),
    isLive: async (tenantId, callId) => (await calls.callOf(db, tenantId, callId))?.status === 'live',
    ofLive: (tenantId, callId, requestId, question) => callStub(bindings, tenantId, callId).ask(requestId, question),
    saidOn: async (tenantId, callId) => {
      const [said, insight] = await Promise.all([calls.utterancesOf(db, tenantId, callId), insights.insightOf(db, tenantId, callId)]);
      return { said, claims: insight ?? {} };
    },
    ask: (tenantId, callId, call, question) => {
      const deps = {
        model: parts.liveModel,
        budget: budgetOf(parts, tenantId),
        names: [...new Set(call.said.map(({ speaker }) => speaker)), ...(call.claims.people ?? []).map(({ name }) => name)],
        fence: crypto.randomUUID(),
        spent: (used: Parameters<typeof noteSpend>[2]) => noteSpend(parts, { tenantId, callId, part: `asked ${now()}` }, used),
      };
      return askCall(deps, call, question);
    },
  });
}
