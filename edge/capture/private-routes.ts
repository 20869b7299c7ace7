import { type DestroyView, type PrivateView, privateBody } from '../../shared/contracts/capture.ts';
import { pressBody } from '../../shared/contracts/view.ts';
import { no, yes } from '../http/answer.ts';
import type { RosApp, RosContext } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { idParam, parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

export interface PrivateRouteDeps {
  isAdmin(who: Who): Promise<boolean>;
  callOf(tenantId: string, callId: string): Promise<{ repId: string; repEmail: string } | null>;
  /** From now on only its rep sees it, on running screens too; what was still to be written waits for them. */
  setPrivate(who: Who, callId: string, isPrivate: boolean): Promise<void>;
  /** Listening stops, and what we had of it is gone everywhere when this answers. Again is the same. Throws when something could not be reached. */
  destroy(who: Who, callId: string): Promise<DestroyView['standing']>;
}

/** One click each: a call that is its rep's alone, and a call that never was. */
export const privateRoutes = (deps: PrivateRouteDeps) => (app: RosApp) => {
  app.post('/v1/calls/:id/private', async (c) => {
    const { isPrivate } = parseJson(c.get('raw'), privateBody);
    const theirs = await own(deps, c);
    if (theirs instanceof Response) return theirs;
    if (!isPrivate && !theirs.isRep) return no(c, 'no-permission', 'Only this call’s rep can share it again.');
    await deps.setPrivate(c.get('who'), theirs.callId, isPrivate);
    return yes(c, { callId: theirs.callId, isPrivate } satisfies PrivateView);
  });

  app.post('/v1/calls/:id/destroy', async (c) => {
    parseJson(c.get('raw'), pressBody);
    const theirs = await own(deps, c);
    if (theirs instanceof Response) return theirs;
    return yes(c, { callId: theirs.callId, standing: await deps.destroy(c.get('who'), theirs.callId) } satisfies DestroyView);
  });
};

/** The call, for its rep and for who connected us. The CRM is not asked: it may be away, and this cannot wait for it. */
async function own(deps: PrivateRouteDeps, c: RosContext): Promise<{ callId: string; isRep: boolean } | Response> {
  const callId = idParam(c, 'id');
  const who = c.get('who');
  const call = await deps.callOf(who.tenantId, callId);
  if (!call) throw new Problem(404, 'There is nothing here.');
  const isRep = call.repId === who.user.id || (call.repEmail !== '' && call.repEmail.toLowerCase() === who.user.email);
  if (isRep || (await deps.isAdmin(who))) return { callId, isRep };
  return no(c, 'no-permission', 'Only this call’s rep, or who connected Relationship OS, can do this.');
}
