import * as calls from '../capture/store.ts';
import { type Asked, askAnalysis } from '../db/ask-analysis.ts';
import type { RosApp } from '../http/app.ts';
import type { Sight } from '../http/sight.ts';
import type { Parts } from '../parts.ts';
import * as tenants from '../tenants/store.ts';
import { currentInsight } from '../understand/again/store.ts';
import { analyzeRoutes } from '../understand/analyze-routes.ts';
import { maySeeCall } from './guide.ts';
import { enqueue } from './queue.ts';

export function wireAnalyze(parts: Parts, sight: Sight): (app: RosApp) => void {
  const { db } = parts;
  return analyzeRoutes({
    maySeeCall: (who, callId) => maySeeCall(parts, sight, who, callId),
    callOf: (tenantId, callId) => calls.callOf(db, tenantId, callId),
    isAdmin: async (who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId === who.user.id,
    again: (tenantId, callId, asked) => analyzeAgain(parts, tenantId, callId, asked),
    currentInsight: (tenantId, callId) => currentInsight(db, tenantId, callId),
  });
}

export async function analyzeAgain({ db, bindings }: Parts, tenantId: string, callId: string, asked: Asked): Promise<void> {
  const from = await askAnalysis(db, tenantId, callId, asked);
  if (from === null) return;
  // Lossy on purpose: the sweep finds what a lost message left behind.
  await enqueue(bindings, { kind: from === 'ended' ? 'call-ended' : 'call-transcribed', tenantId, callId }).catch(() => undefined);
}
