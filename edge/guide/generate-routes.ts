import { type GeneratedView, generateBody } from '../../shared/contracts/generate.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { timed } from '../../shared/guide/second-tier/replay.ts';
import type { Result } from '../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../http/answer.ts';
import type { RosApp } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

export interface GenerateRouteDeps {
  maySeeCall(who: Who, callId: string): Promise<Result<boolean>>;
  isLive(tenantId: string, callId: string): Promise<boolean>;
  /** What the running call's own object answers. */
  ofLive(tenantId: string, callId: string): Promise<GeneratedView>;
  utterancesOf(tenantId: string, callId: string): Promise<readonly Utterance[]>;
  generate(tenantId: string, callId: string | null, said: readonly Utterance[]): Promise<GeneratedView>;
}

/** Longer transcripts are read from here on: what helps now was said lately. */
const TURNS_MAX = 400;

/** `POST /api/guidance/generate`: the card for a call, or for turns that were handed over. Nothing is stored by asking. */
export const generateRoutes = (deps: GenerateRouteDeps) => (app: RosApp) => {
  app.post('/api/guidance/generate', async (c) => {
    const { callId, transcript } = parseJson(c.get('raw'), generateBody);
    if ((callId === undefined) === (transcript === undefined))
      throw new Problem(400, 'Name a call or hand over turns, one of them.', 'callId');
    const who = c.get('who');
    if (transcript !== undefined) return yes(c, await deps.generate(who.tenantId, null, timed(transcript)));
    if (callId === undefined) throw new Problem(400, 'Name a call.', 'callId');
    const may = await deps.maySeeCall(who, callId);
    if (!may.ok && may.fault.kind === 'gone') throw new Problem(404, 'There is nothing here.');
    if (!may.ok) return faultAnswer(c, may.fault);
    if (!may.value) return no(c, 'no-permission', 'Your CRM does not show you this record.');
    if (await deps.isLive(who.tenantId, callId)) return yes(c, await deps.ofLive(who.tenantId, callId));
    const said = await deps.utterancesOf(who.tenantId, callId);
    if (said.length === 0) return no(c, 'stale', 'What was said on this call is not here yet.');
    return yes(c, await deps.generate(who.tenantId, callId, said.slice(-TURNS_MAX)));
  });
};
