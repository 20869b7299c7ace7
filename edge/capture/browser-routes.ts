import { type ListenBody, type ListenView, listenBody } from '../../shared/contracts/listen.ts';
import { type RecordRef, recordRef } from '../../shared/contracts/record.ts';
import type { Result } from '../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../http/answer.ts';
import type { RosApp } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { idParam, parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';
import { browserPage } from './browser-page.ts';
import { worklet } from './browser-page-made.ts';

export interface BrowserDeps {
  /** Without a trailing slash. */
  publicUrl: string;
  maySee(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  mayStart(tenantId: string): Promise<boolean>;
  /** The rep's running call on this record, or a new one; or why nobody may hear it. The same request twice is one call. */
  begin(who: Who, record: RecordRef, asked: Pick<ListenBody, 'requestId' | 'microphone'>): Promise<string | { never: string }>;
  issueTicket(ticket: ListenTicket, forMs: number): Promise<{ token: string; expiresAt: string }>;
  burnTicket(token: string): Promise<ListenTicket | null>;
  connect(tenantId: string, callId: string, request: Request): Promise<Response>;
}

/** What a ticket opens. */
interface ListenTicket {
  tenantId: string;
  callId: string;
  userId: string;
  /** The CRM's own page, whose recorder comes from there; absent for our page. */
  origin?: string;
}

/** From the press on the card to the open page; a card can only show a link. */
const TICKET_MS = 5 * 60_000;
/** From one socket to the next one of the same page: as long as a recording may last. */
const RESUME_MS = 4 * 3_600_000;

/** A rep's own browser as the line: a card opens the page, the page sends the microphone and the meeting's tab. */
export const browserRoutes = (deps: BrowserDeps) => (app: RosApp) => {
  app.post('/v1/record/:object/:id/listen', async (c) => {
    const asked = parseJson(c.get('raw'), listenBody);
    const record = recordRef.safeParse({ object: c.req.param('object'), id: c.req.param('id') });
    if (!record.success) throw new Problem(404, 'There is nothing here.');
    const who = c.get('who');
    const may = await deps.maySee(who, record.data);
    if (!may.ok) return faultAnswer(c, may.fault);
    if (!may.value) return no(c, 'no-permission', 'Your CRM does not show you this record.');
    if (!(await deps.mayStart(who.tenantId))) return no(c, 'plan-limit', 'This month’s call minutes are used up.');
    const begun = await deps.begin(who, record.data, asked);
    if (typeof begun !== 'string') return no(c, 'no-permission', begun.never);
    const callId = begun;
    const opens = { tenantId: who.tenantId, callId, userId: who.user.id };
    const page = `${deps.publicUrl}/listen/${callId}`;
    if (!asked.microphone) {
      const { token, expiresAt } = await deps.issueTicket(opens, TICKET_MS);
      return yes(c, { callId, url: `${page}#${token}`, expiresAt } satisfies ListenView);
    }
    const { token, expiresAt } = await deps.issueTicket({ ...opens, origin: asked.microphone.origin }, TICKET_MS);
    const url = `${deps.publicUrl.replace(/^http/, 'ws')}/media/browser/${callId}`;
    return yes(c, { callId, url: page, expiresAt, microphone: { url, token } } satisfies ListenView);
  });

  app.get('/listen/worklet.js', (c) =>
    c.body(worklet, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    }),
  );

  /** The same page for everybody: what it may do is in the ticket, which never reaches us in an address. */
  app.get('/listen/:id', (c) => {
    idParam(c, 'id');
    return browserPage(deps.publicUrl, crypto.randomUUID());
  });

  app.get('/media/browser/:call', async (c) => {
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') throw new Problem(400, 'This address takes a WebSocket.');
    const offered = (c.req.header('sec-websocket-protocol') ?? '').split(',').map((word) => word.trim());
    const isRecorder = offered.includes('ros.opus.v1');
    const origin = c.req.header('origin');
    if (!isRecorder && origin !== new URL(deps.publicUrl).origin) throw new Problem(403, 'This address serves our own page alone.');
    const token = offered.find((word) => word.startsWith('token.'))?.slice('token.'.length);
    const ticket = token && (isRecorder || offered.includes('ros.v1')) ? await deps.burnTicket(token) : null;
    if (!ticket || ticket.callId !== c.req.param('call') || isRecorder !== (ticket.origin !== undefined))
      throw new Problem(401, 'This ticket is used up, too old, or for something else.');
    // A ticket that turns up in another page was taken from its own.
    if (isRecorder && origin !== ticket.origin) throw new Problem(403, 'This ticket belongs to another page.');
    const next = await deps.issueTicket(ticket, RESUME_MS);
    const said = new URLSearchParams({ user: ticket.userId, resume: next.token, form: isRecorder ? 'recorder' : 'frames' });
    return deps.connect(ticket.tenantId, ticket.callId, new Request(`https://call/page?${said}`, c.req.raw));
  });
};
