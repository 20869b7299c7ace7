import { type ConnectView, connectBody, type DisconnectView } from '../../../shared/contracts/capture.ts';
import type { Result } from '../../../shared/kit/result.ts';
import { no, yes } from '../../http/answer.ts';
import type { RosApp, RosContext } from '../../http/app.ts';
import { parseJson } from '../../http/read-body.ts';
import type { Who } from '../../http/who.ts';
import type { Owner } from '../oauth-state.ts';
import { page, sendOff, takeBack, usedUp, type WayBackDeps } from './way-back.ts';

export type Platform = 'zoom' | 'graph';

export interface PlatformRouteDeps extends WayBackDeps {
  isAdmin(who: Who): Promise<boolean>;
  /** One use, some minutes: it says for whom the admin goes to the platform. */
  issueTicket(owner: Owner, platform: Platform): Promise<{ token: string; expiresAt: string }>;
  burnTicket(token: string): Promise<{ owner: Owner; platform: string } | null>;
  /** What the tenant is called, so that nobody connects their meetings to a stranger's CRM. */
  nameOf(tenantId: string): Promise<string>;
  /** Absent when this Worker has no app registered with the platform. */
  zoom:
    | {
        authorizeUrl(ask: { redirectUri: string; state: string; challenge: string }): string;
        finish(owner: Owner, grant: { redirectUri: string; code: string; verifier: string }): Promise<Result<unknown>>;
      }
    | undefined;
  graph:
    | {
        signInUrl(ask: { redirectUri: string; state: string; challenge: string; nonce: string }): string;
        /** The directory of the admin who signed in; `refused` for anybody else. */
        prove(grant: { redirectUri: string; code: string; verifier: string; nonce: string }): Promise<Result<{ directoryId: string }>>;
        consentUrl(ask: { directoryId: string; redirectUri: string; state: string }): string;
        finish(owner: Owner, directoryId: string): Promise<Result<unknown>>;
      }
    | undefined;
  /** Makes our access worthless there, and forgets it here. Twice is fine. */
  disconnect(who: Who, platform: Platform): Promise<Result<unknown>>;
}

const names = { zoom: 'Zoom', graph: 'Microsoft Teams' } as const;
const CONNECTED = 'Meetings that are recorded from now on become calls. You can close this window.';

/**
 * Zoom and Teams, connected from inside the CRM that their meetings belong to: a press there gives an address with a ticket, the browser that
 * opens it goes to the platform and comes back with a state that is good once.
 */
export const platformRoutes = (deps: PlatformRouteDeps) => (app: RosApp) => {
  const { publicUrl } = deps;

  for (const platform of ['zoom', 'graph'] as const) {
    app.post(`/v1/connection/${platform}`, async (c) => {
      const { recordingIsConsent } = parseJson(c.get('raw'), connectBody);
      const who = c.get('who');
      if (!(await deps.isAdmin(who))) return notAdmin(c);
      if (!deps[platform]) return no(c, 'bad-request', `No ${names[platform]} app is set up here.`);
      const owner = { tenantId: who.tenantId, connectionId: who.connectionId, userId: who.user.id, recordingIsConsent };
      const { token, expiresAt } = await deps.issueTicket(owner, platform);
      return yes(c, { url: `${publicUrl}/oauth/${platform}/start?ticket=${token}`, expiresAt } satisfies ConnectView);
    });

    app.delete(`/v1/connection/${platform}`, async (c) => {
      const who = c.get('who');
      if (!(await deps.isAdmin(who))) return notAdmin(c);
      const done = await deps.disconnect(who, platform);
      return done.ok ? yes(c, { state: 'disconnected' } satisfies DisconnectView) : no(c, 'trouble', done.fault.said);
    });
  }

  app.get('/oauth/zoom/start', async (c) => {
    const owner = await ownerOf(deps, c, 'zoom');
    if (!deps.zoom || !owner) return usedUp(c);
    const { state, challenge } = await sendOff(deps, c, { host: 'zoom', owner });
    return goOn(deps, c, owner, 'Zoom', deps.zoom.authorizeUrl({ redirectUri: back('zoom'), state, challenge }));
  });

  app.get('/oauth/zoom/callback', async (c) => {
    const state = await takeBack(deps, c, 'zoom');
    const code = c.req.query('code');
    if (!deps.zoom || !state?.owner) return usedUp(c);
    if (!code) return declined(c, 'Zoom');
    const done = await deps.zoom.finish(state.owner, { redirectUri: back('zoom'), code, verifier: state.verifier });
    return done.ok ? page(c, 200, 'Connected', CONNECTED) : page(c, 400, 'Not connected', done.fault.said);
  });

  app.get('/oauth/graph/start', async (c) => {
    const owner = await ownerOf(deps, c, 'graph');
    if (!deps.graph || !owner) return usedUp(c);
    const { state, challenge } = await sendOff(deps, c, { host: 'graph', owner });
    // The challenge is as hard to guess as the state, and as short-lived: it serves as the nonce too.
    return goOn(deps, c, owner, 'Microsoft', deps.graph.signInUrl({ redirectUri: back('graph'), state, challenge, nonce: challenge }));
  });

  // Who signed in there decides whose directory it is; the address of the consent page's answer could name any.
  app.get('/oauth/graph/callback', async (c) => {
    const state = await takeBack(deps, c, 'graph');
    const code = c.req.query('code');
    if (!deps.graph || !state?.owner) return usedUp(c);
    if (!code) return declined(c, 'Microsoft');
    const { verifier, owner } = state;
    const proven = await deps.graph.prove({ redirectUri: back('graph'), code, verifier, nonce: await challengeOf(verifier) });
    if (!proven.ok) return page(c, 400, 'Not connected', proven.fault.said);
    const { directoryId } = proven.value;
    const sent = await sendOff(deps, c, { host: 'graph-consent', owner, directoryId });
    return c.redirect(deps.graph.consentUrl({ directoryId, redirectUri: consented, state: sent.state }));
  });

  app.get('/oauth/graph/consented', async (c) => {
    const state = await takeBack(deps, c, 'graph-consent');
    if (!deps.graph || !state?.owner || !state.directoryId) return usedUp(c);
    if (c.req.query('admin_consent')?.toLowerCase() !== 'true') return declined(c, 'Microsoft');
    if (c.req.query('tenant')?.toLowerCase() !== state.directoryId)
      return page(c, 400, 'Not connected', 'The consent is another directory’s than the one you signed in to. Start again.');
    const done = await deps.graph.finish(state.owner, state.directoryId);
    return done.ok ? page(c, 200, 'Connected', CONNECTED) : page(c, 400, 'Not connected', done.fault.said);
  });

  const back = (platform: Platform) => `${publicUrl}/oauth/${platform}/callback`;
  const consented = `${publicUrl}/oauth/graph/consented`;
};

async function ownerOf(deps: PlatformRouteDeps, c: RosContext, platform: Platform): Promise<Owner | null> {
  const token = c.req.query('ticket') ?? '';
  const burnt = /^[\w-]{20,100}$/.test(token) ? await deps.burnTicket(token) : null;
  return burnt?.platform === platform ? burnt.owner : null;
}

/** A page before the platform's own: whoever was sent this link by somebody else sees whose CRM it is. */
const goOn = async (deps: PlatformRouteDeps, c: RosContext, { tenantId }: Owner, name: string, to: string) =>
  page(
    c,
    200,
    `Connect ${name}`,
    `Meetings that are recorded there will become calls of ${await deps.nameOf(tenantId)}. Go on only if that is your own CRM.`,
    { goOn: { to, label: `Go on to ${name}` } },
  );

const declined = (c: RosContext, name: string) =>
  page(c, 400, 'Not connected', `${name} was not asked to share anything, because the request was declined. Nothing was changed.`);

const notAdmin = (c: RosContext) => no(c, 'no-permission', 'Only who connected Relationship OS can change this.');

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
