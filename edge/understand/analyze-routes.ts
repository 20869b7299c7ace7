import { type AnalysisView, analyzeBody } from '../../shared/contracts/email.ts';
import type { Insight } from '../../shared/contracts/insight.ts';
import type { Result } from '../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../http/answer.ts';
import type { RosApp } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { idParam, parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

export interface AnalyzeRouteDeps {
  maySeeCall(who: Who, callId: string): Promise<Result<boolean>>;
  callOf(tenantId: string, callId: string): Promise<{ status: string; trouble: string | null; repId: string; repEmail: string } | null>;
  isAdmin(who: Who): Promise<boolean>;
  /** Sets it off once for each request; asking while it is under way joins. What is to be done goes through the queue. */
  again(tenantId: string, callId: string, asked: { requestId: string; by: string }): Promise<void>;
  /** Null while what was asked for last is not there. */
  currentInsight(tenantId: string, callId: string): Promise<Insight | null>;
}

const POLL_MS = 2_000;

/** `POST /api/calls/:id/analyze`: a call is understood anew, and its own changes are brought up to date. */
export const analyzeRoutes = (deps: AnalyzeRouteDeps) => (app: RosApp) => {
  app.post('/api/calls/:id/analyze', async (c) => {
    const { requestId } = parseJson(c.get('raw'), analyzeBody);
    const callId = idParam(c, 'id');
    const who = c.get('who');
    const may = await deps.maySeeCall(who, callId);
    if (!may.ok && may.fault.kind === 'gone') throw new Problem(404, 'There is nothing here.');
    if (!may.ok) return faultAnswer(c, may.fault);
    if (!may.value) return no(c, 'no-permission', 'Your CRM does not show you this record.');
    const call = await deps.callOf(who.tenantId, callId);
    if (!call) throw new Problem(404, 'There is nothing here.');
    if (!isRep(who, call) && !(await deps.isAdmin(who)))
      return no(c, 'no-permission', 'Only this call’s rep, or who connected Relationship OS, can have it analysed again.');
    if (call.status === 'live') return no(c, 'stale', 'This call is still running.');

    await deps.again(who.tenantId, callId, { requestId, by: who.user.id });
    const insight = await deps.currentInsight(who.tenantId, callId);
    if (insight) return yes(c, { state: 'understood', insight } satisfies AnalysisView);
    const now = await deps.callOf(who.tenantId, callId);
    if (now?.status === 'failed') return no(c, 'trouble', now.trouble ?? 'This call could not be understood.');
    const value: AnalysisView = { state: 'working', pollMs: POLL_MS };
    return c.json({ ok: true, value }, 202);
  });
};

const isRep = ({ user }: Who, { repId, repEmail }: { repId: string; repEmail: string }): boolean =>
  repId === user.id || (repEmail !== '' && repEmail.toLowerCase() === user.email);
