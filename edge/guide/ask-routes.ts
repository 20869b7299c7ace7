import { askCallBody, type CallAnswer } from '../../shared/contracts/ask-call.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import type { Claims } from '../../shared/guide/deal/deal-heard.ts';
import type { Result } from '../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../http/answer.ts';
import type { RosApp } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { idParam, parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

export interface AskRouteDeps {
  maySee(who: Who, callId: string): Promise<Result<boolean>>;
  isLive(tenantId: string, callId: string): Promise<boolean>;
  /** What the running call's own object answers. */
  ofLive(tenantId: string, callId: string, requestId: string, question: string): Promise<CallAnswer>;
  /** What was said on a call that is over, and what its analysis found; no claims before it was understood. */
  saidOn(tenantId: string, callId: string): Promise<{ said: readonly Utterance[]; claims: Claims }>;
  ask(tenantId: string, callId: string, call: { said: readonly Utterance[]; claims: Claims }, question: string): Promise<CallAnswer>;
}

/** `POST /v1/calls/:id/ask`: what was said on this call and on no other. Nothing is stored by asking. */
export const askRoutes = (deps: AskRouteDeps) => (app: RosApp) => {
  app.post('/v1/calls/:id/ask', async (c) => {
    const { requestId, question } = parseJson(c.get('raw'), askCallBody);
    const callId = idParam(c, 'id');
    const who = c.get('who');
    const may = await deps.maySee(who, callId);
    if (!may.ok && may.fault.kind === 'gone') throw new Problem(404, 'There is nothing here.');
    if (!may.ok) return faultAnswer(c, may.fault);
    if (!may.value) return no(c, 'no-permission', 'Your CRM does not show you this record.');
    if (await deps.isLive(who.tenantId, callId)) return yes(c, await deps.ofLive(who.tenantId, callId, requestId, question));
    const call = await deps.saidOn(who.tenantId, callId);
    if (call.said.length === 0) return no(c, 'stale', 'What was said on this call is not here yet.');
    return yes(c, await deps.ask(who.tenantId, callId, call, question));
  });
};
