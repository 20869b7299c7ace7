import type { Utterance } from '../../shared/contracts/transcript.ts';
import { type SpeakersView, speakersBody } from '../../shared/contracts/view.ts';
import { no, yes } from '../http/answer.ts';
import type { RosApp } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { idParam, parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

export interface SidesDeps {
  callOf(tenantId: string, callId: string): Promise<{ status: string; repId: string; repEmail: string } | null>;
  isAdmin(who: Who): Promise<boolean>;
  /** What was said with this voice as the rep's; null when nobody of that name spoke and nothing moved. */
  settle(tenantId: string, callId: string, rep: string): Promise<readonly Utterance[] | null>;
  utterancesOf(tenantId: string, callId: string): Promise<readonly Utterance[]>;
  /** The call is understood anew; again with the same request is once. */
  again(tenantId: string, callId: string, asked: { requestId: string; by: string }): Promise<void>;
}

/** `POST /v1/calls/:id/speakers`: who is who on one track, by the rep's own word. The CRM is not asked: it is their call. */
export const sidesRoutes = (deps: SidesDeps) => (app: RosApp) => {
  app.post('/v1/calls/:id/speakers', async (c) => {
    const { requestId, rep } = parseJson(c.get('raw'), speakersBody);
    const callId = idParam(c, 'id');
    const who = c.get('who');
    const call = await deps.callOf(who.tenantId, callId);
    if (!call) throw new Problem(404, 'There is nothing here.');
    const isRep = call.repId === who.user.id || (call.repEmail !== '' && call.repEmail.toLowerCase() === who.user.email);
    if (!isRep && !(await deps.isAdmin(who)))
      return no(c, 'no-permission', 'Only this call’s rep, or who connected Relationship OS, can say who is who.');
    // What is being understood now read the old sides, and its insight would stand.
    if (call.status !== 'understood') return no(c, 'stale', 'This call is still being understood. Try again in a moment.');

    const settled = await deps.settle(who.tenantId, callId, rep);
    const said = settled ?? (await deps.utterancesOf(who.tenantId, callId));
    const isKnown = said.some(({ role }) => role === 'rep');
    if (!settled && !isKnown) return no(c, 'stale', 'Nobody of that name speaks on this call. Open it again and choose.');
    // Asked also where the voices have their sides: the answer to an earlier press may have been lost on the way.
    await deps.again(who.tenantId, callId, { requestId, by: who.user.id });
    const speakers = new Map(said.map(({ speaker, role }) => [`${role} ${speaker}`, { speaker, role }]));
    return yes(c, { callId, speakers: [...speakers.values()] } satisfies SpeakersView);
  });
};
