import type { Consent, FeedbackAction, Quiet } from '../../shared/contracts/guidance.ts';
import type { LiveView, TicketView } from '../../shared/contracts/view.ts';
import { consentBody, feedbackBody, quietBody, stepBody } from '../../shared/contracts/view.ts';
import type { Result } from '../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../http/answer.ts';
import type { RosApp, RosContext } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { idParam, parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';
import { type Painted, paintedOf } from './painted-query.ts';
import { PollPace } from './poll-pace.ts';

/** The running call, as its object answers. */
interface Live {
  look(since: number, painted?: Painted): Promise<LiveView>;
  /** Answers what stands now. */
  decideConsent(consent: 'granted' | 'refused', by: string, takesBack?: boolean): Promise<Consent>;
  joined(party: string): Promise<Consent>;
  feedback(cardId: string, action: FeedbackAction): Promise<void>;
  setQuiet(quiet: Quiet): Promise<void>;
  tick(id: string, done: boolean): Promise<void>;
  fetch(request: Request): Promise<Response>;
}

export interface GuideRouteDeps {
  /** May this user see this call? `gone` when there is none. */
  maySee(who: Who, callId: string): Promise<Result<boolean>>;
  live(tenantId: string, callId: string): Live;
  issueTicket(who: Who, callId: string): Promise<TicketView>;
  now(): number;
  /** May a page from here hold a screen? */
  mayShow(origin: string | undefined): boolean;
  burnTicket(token: string): Promise<{ tenantId: string; subject: string; userId: string; window?: WindowTicket } | null>;
}

/** A live window's: our own page, which is given the ticket of its next socket with each one. */
export interface WindowTicket {
  origin: string;
  /** The record in the CRM. */
  back?: string;
  next(): Promise<string>;
}

/** What a card asks of a running call: look, consent, feedback, and a socket where the host allows one. */
export const guideRoutes = (deps: GuideRouteDeps) => (app: RosApp) => {
  const pace = new PollPace();
  const seen = async (c: RosContext): Promise<{ callId: string; refusal?: Response }> => {
    const callId = idParam(c, 'id');
    const may = await deps.maySee(c.get('who'), callId);
    if (may.ok) return may.value ? { callId } : { callId, refusal: no(c, 'no-permission', 'Your CRM does not show you this record.') };
    if (may.fault.kind === 'gone') throw new Problem(404, 'There is nothing here.');
    return { callId, refusal: faultAnswer(c, may.fault) };
  };

  app.get('/v1/calls/:id/live', async (c) => {
    const cameAt = deps.now();
    const { callId, refusal } = await seen(c);
    if (refusal) return refusal;
    const since = Number(c.req.query('since') ?? -1);
    const { tenantId, user } = c.get('who');
    const view = await deps.live(tenantId, callId).look(Number.isSafeInteger(since) ? since : -1, paintedOf(c.req.query()));
    if (view.state === 'ended') return yes(c, view);
    const now = deps.now();
    return yes(c, { ...view, pollMs: Math.max(view.pollMs, pace.next(tenantId, `${callId} ${user.id}`, { now, tookMs: now - cameAt })) });
  });

  app.post('/v1/calls/:id/consent', async (c) => {
    const body = parseJson(c.get('raw'), consentBody);
    const { callId, refusal } = await seen(c);
    if (refusal) return refusal;
    const { tenantId, user } = c.get('who');
    const live = deps.live(tenantId, callId);
    if (body.consent === 'joined') return yes(c, { consent: await live.joined(body.requestId) });
    return yes(c, { consent: await live.decideConsent(body.consent, user.id, body.takesBack) });
  });

  app.post('/v1/calls/:id/feedback', async (c) => {
    const body = parseJson(c.get('raw'), feedbackBody);
    const { callId, refusal } = await seen(c);
    if (refusal) return refusal;
    await deps.live(c.get('who').tenantId, callId).feedback(body.cardId, body.action);
    return yes(c, { action: body.action });
  });

  app.post('/v1/calls/:id/quiet', async (c) => {
    const body = parseJson(c.get('raw'), quietBody);
    const { callId, refusal } = await seen(c);
    if (refusal) return refusal;
    await deps.live(c.get('who').tenantId, callId).setQuiet(body.quiet);
    return yes(c, { quiet: body.quiet });
  });

  app.post('/v1/calls/:id/step', async (c) => {
    const { id, done } = parseJson(c.get('raw'), stepBody);
    const { callId, refusal } = await seen(c);
    if (refusal) return refusal;
    await deps.live(c.get('who').tenantId, callId).tick(id, done);
    return yes(c, { id, done });
  });

  app.post('/v1/calls/:id/ticket', async (c) => {
    const { callId, refusal } = await seen(c);
    return refusal ?? yes(c, await deps.issueTicket(c.get('who'), callId));
  });

  /** A screen's socket. The ticket travels as a subprotocol, so it never stands in an address or a log. */
  app.get('/live/:id', async (c) => {
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') throw new Problem(400, 'This address takes a WebSocket.');
    if (!deps.mayShow(c.req.header('origin'))) throw new Problem(403, 'This address serves our own pages and Salesforce’s.');
    const offered = (c.req.header('sec-websocket-protocol') ?? '').split(',').map((word) => word.trim());
    const token = offered.find((word) => word.startsWith('token.'))?.slice('token.'.length);
    const ticket = token && offered.includes('ros.v1') ? await deps.burnTicket(token) : null;
    if (!ticket || ticket.subject !== c.req.param('id')) throw new Problem(401, 'This ticket is used up, too old, or for something else.');
    const { window } = ticket;
    // A ticket that turns up in another page was taken from its own.
    if (window && c.req.header('origin') !== window.origin) throw new Problem(403, 'This ticket belongs to another page.');
    const keys = window ? { resume: await window.next(), back: window.back ?? '' } : {};
    const said = new URLSearchParams({ user: ticket.userId, ...keys });
    return deps.live(ticket.tenantId, ticket.subject).fetch(new Request(`https://call/rep?${said}`, c.req.raw));
  });
};
