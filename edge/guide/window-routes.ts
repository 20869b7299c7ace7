import { pressBody, type WindowView } from '../../shared/contracts/view.ts';
import type { Result } from '../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../http/answer.ts';
import type { RosApp } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { idParam, parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';
import { windowPage } from './window-page.ts';

export interface WindowDeps {
  /** Without a trailing slash. */
  publicUrl: string;
  /** May this user see this call? `gone` when there is none. */
  maySee(who: Who, callId: string): Promise<Result<boolean>>;
  isRunning(tenantId: string, callId: string): Promise<boolean>;
  issueTicket(who: Who, callId: string): Promise<{ token: string; expiresAt: string }>;
}

/** A page of ours beside the call: the rep's live window. Its socket is the one that every screen has. */
export const windowRoutes = (deps: WindowDeps) => (app: RosApp) => {
  app.post('/v1/calls/:id/window', async (c) => {
    parseJson(c.get('raw'), pressBody);
    const callId = idParam(c, 'id');
    const who = c.get('who');
    const may = await deps.maySee(who, callId);
    if (!may.ok && may.fault.kind === 'gone') throw new Problem(404, 'There is nothing here.');
    if (!may.ok) return faultAnswer(c, may.fault);
    if (!may.value) return no(c, 'no-permission', 'Your CRM does not show you this record.');
    if (!(await deps.isRunning(who.tenantId, callId))) return no(c, 'stale', 'This call is over.');
    const { token, expiresAt } = await deps.issueTicket(who, callId);
    // Behind the `#` it reaches no log and no referrer.
    return yes(c, { url: `${deps.publicUrl}/window/${callId}#${token}`, expiresAt } satisfies WindowView);
  });

  /** The same page for everybody: what it may show is in the ticket, which never reaches us in an address. */
  app.get('/window/:id', (c) => {
    idParam(c, 'id');
    return windowPage(deps.publicUrl, crypto.randomUUID());
  });
};
