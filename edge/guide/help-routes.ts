import type { HelpCall, HelpedCallView, TeamLiveView, TeamPageView, TeamSessionView, WhisperView } from '../../shared/contracts/team.ts';
import { teamSessionBody, whisperBody } from '../../shared/contracts/team.ts';
import { pressBody } from '../../shared/contracts/view.ts';
import { no, yes } from '../http/answer.ts';
import type { RosApp, RosContext } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { idParam, parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';
import type { Helper } from './live-help.ts';
import type { Standing } from './standing.ts';
import { teamPage } from './team-page.ts';

/** A running call, as far as a helper is told of it. */
export type RunningCall = Pick<HelpCall, 'callId' | 'repName' | 'customerName' | 'record' | 'startedAt'>;

/** Who asks leads somebody, and the tenant wants it. */
export interface Leads {
  helper: Helper;
  reps: readonly string[];
}

export interface HelpRouteDeps {
  publicUrl: string;
  /** `off`: the tenant has not switched it on · `nobody`: whoever asks leads nobody. */
  leads(who: Who): Promise<Leads | 'off' | 'nobody'>;
  /** Calls of these reps that run, that the CRM shows the asker and that are not private; one more than `limit` where more run. */
  running(who: Who, leads: Leads, limit: number): Promise<RunningCall[]>;
  /** One of them; `gone` when there is no such call of the tenant's, null when it is none of theirs to help with. */
  one(who: Who, leads: Leads, callId: string): Promise<RunningCall | null | 'gone'>;
  /** The call's own word, within two seconds; null when it is over or does not answer. Its rep is told who looks. */
  standing(tenantId: string, callId: string, helper: Helper, sees: 'alerts' | 'cards'): Promise<Standing | null>;
  whisper(
    tenantId: string,
    callId: string,
    said: { requestId: string; from: string; text: string },
  ): Promise<{ atMs: number } | 'over' | 'too-fast'>;
  noteHelped(tenantId: string, note: { callId: string; by: string; requestId: string }): Promise<void>;
  issueTicket(who: Who): Promise<{ token: string; expiresAt: string }>;
  /** A session for whoever the ticket was given to; null when it is used up, too old, or none of ours. */
  signIn(ticket: string): Promise<TeamSessionView | null>;
  /** Whose session this is, while their CRM is connected. */
  whoSits(token: string): Promise<Who | null>;
}

const CALLS_MAX = 30;
const POLL_MS = 4_000;
/** Each call is asked: with more of them everybody asks less often. */
const POLL_EACH_MS = 60;
const IDLE_MS = 30_000;

const OFF = 'Helping on live calls is switched off. Who connected Relationship OS can switch it on in its settings.';
const NOBODY = 'You lead no team here. Who connected Relationship OS can name you in its settings.';

/** Who leads a team sees which of its calls may want help, and whispers to the rep. The same for cards and for our own page, which has a session. */
export const helpRoutes = (deps: HelpRouteDeps) => (app: RosApp) => {
  app.get('/team', () => teamPage(deps.publicUrl, crypto.randomUUID()));

  app.post('/team/session', async (c) => {
    const { ticket } = parseJson(new TextDecoder().decode(await c.req.raw.arrayBuffer()), teamSessionBody);
    const session = await deps.signIn(ticket);
    return session ? yes(c, session) : no(c, 'bad-request', 'This address is used up or too old. Open the page again from your CRM.');
  });

  app.use('/team/v1/*', async (c, next) => {
    const token = /^Bearer ([A-Za-z0-9_.-]{20,2000})$/.exec(c.req.header('authorization') ?? '')?.[1];
    const who = token ? await deps.whoSits(token) : null;
    if (!who) throw new Problem(401, 'Open this page again from your CRM.');
    c.set('who', who);
    c.set('raw', c.req.method === 'GET' ? '' : new TextDecoder().decode(await c.req.raw.arrayBuffer()));
    await next();
  });

  app.post('/v1/live/ticket', async (c) => {
    parseJson(c.get('raw'), pressBody);
    const leads = await deps.leads(c.get('who'));
    if (typeof leads === 'string') return no(c, 'no-permission', leads === 'off' ? OFF : NOBODY);
    const { token, expiresAt } = await deps.issueTicket(c.get('who'));
    return yes(c, { url: `${deps.publicUrl}/team#${token}`, expiresAt } satisfies TeamPageView);
  });

  for (const base of ['/v1', '/team/v1']) {
    app.get(`${base}/live`, async (c) => yes(c, await list(deps, c.get('who'))));

    app.get(`${base}/live/:id`, async (c) => {
      const it = await helped(deps, c);
      if (it instanceof Response) return it;
      const standing = await deps.standing(it.tenantId, it.call.callId, it.leads.helper, 'cards');
      if (!standing) return no(c, 'not-found', 'This call is over.');
      const { card, past, points, consent, alerts } = standing;
      return yes(c, { pollMs: POLL_MS, call: { ...it.call, consent, alerts }, card, past, points } satisfies HelpedCallView);
    });

    app.post(`${base}/calls/:id/whisper`, async (c) => {
      const { requestId, text } = parseJson(c.get('raw'), whisperBody);
      const it = await helped(deps, c);
      if (it instanceof Response) return it;
      const { callId } = it.call;
      const told = await deps.whisper(it.tenantId, callId, { requestId, from: it.leads.helper.name, text });
      if (told === 'over') return no(c, 'not-found', 'This call is over.');
      if (told === 'too-fast') return no(c, 'stale', 'The rep has just been told something. Wait a few seconds.');
      await deps.noteHelped(it.tenantId, { callId, by: it.leads.helper.id, requestId });
      return yes(c, { callId, atMs: told.atMs } satisfies WhisperView);
    });
  }
};

async function list(deps: HelpRouteDeps, who: Who): Promise<TeamLiveView> {
  const leads = await deps.leads(who);
  const none = { pollMs: IDLE_MS, calls: [], isMore: false };
  if (leads === 'off') return { isOn: false, ...none, said: OFF };
  if (leads === 'nobody') return { isOn: true, ...none, said: NOBODY };
  const running = await deps.running(who, leads, CALLS_MAX);
  const standing = await Promise.all(
    running.slice(0, CALLS_MAX).map(async (call) => {
      const now = await deps.standing(who.tenantId, call.callId, leads.helper, 'alerts');
      // What does not say that it runs is not shown as running.
      return now ? [{ ...call, consent: now.consent, alerts: now.alerts }] : [];
    }),
  );
  const calls = standing.flat();
  return { isOn: true, pollMs: POLL_MS + POLL_EACH_MS * calls.length, calls, isMore: running.length > CALLS_MAX };
}

/** The call, where who asks may help on it. */
async function helped(deps: HelpRouteDeps, c: RosContext): Promise<{ tenantId: string; leads: Leads; call: RunningCall } | Response> {
  const callId = idParam(c, 'id');
  const who = c.get('who');
  const leads = await deps.leads(who);
  const call = await deps.one(who, typeof leads === 'string' ? { helper: { id: '', name: '' }, reps: [] } : leads, callId);
  if (call === 'gone') throw new Problem(404, 'There is nothing here.');
  if (typeof leads === 'string') return no(c, 'no-permission', leads === 'off' ? OFF : NOBODY);
  return call
    ? { tenantId: who.tenantId, leads, call }
    : no(c, 'no-permission', 'This is no running call of your team that your CRM shows you.');
}
