import * as z from 'zod/mini';
import type { Result } from '../../shared/kit/result.ts';
import { no, yes } from '../http/answer.ts';
import type { RosApp, RosContext } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';
import { page, sendOff, takeBack, usedUp, type WayBackDeps } from './connect/way-back.ts';
import { salesforceLogin } from './salesforce-login.ts';

export interface TenantRouteDeps extends WayBackDeps {
  /** Absent when this Worker has no app registered with the host. */
  hubspot: Connect<{ effectOnce: boolean }> | undefined;
  salesforce: Connect<{ installKey: string }> | undefined;
  installerOf(who: Who): Promise<string | null>;
  /** Takes our app out of the host and forgets its secrets; what waits to be written is kept. */
  disconnect(who: Who): Promise<Result<unknown>>;
  /** False when another tenant holds the account; `refused` when the token does not open it. */
  saveTelephony(who: Who, it: z.infer<typeof telephonyBody>): Promise<Result<boolean>>;
  saveCompetitors(who: Who, names: readonly string[]): Promise<void>;
}

interface Connect<T> {
  authorizeUrl(ask: { redirectUri: string; state: string; challenge: string; login?: string }): string;
  /** Trades the code and sets the tenant up. */
  finish(grant: { redirectUri: string; code: string; verifier: string; login?: string }): Promise<Result<T>>;
}

const repLine = z.object({
  number: z.string().check(z.regex(/^\+\d{6,15}$/)),
  dial: z.string().check(z.regex(/^\+\d{6,15}$/)),
  userId: z.string().check(z.maxLength(40)),
  ownerId: z.string().check(z.maxLength(40)),
  email: z.string().check(z.maxLength(200)),
  name: z.string().check(z.maxLength(200)),
});
const telephonyBody = z.object({
  requestId: z.uuid(),
  accountSid: z.string().check(z.regex(/^AC[0-9a-f]{32}$/)),
  authToken: z.string().check(z.minLength(10), z.maxLength(200)),
  lines: z.array(repLine).check(z.maxLength(500)),
});
const competitorsBody = z.object({
  requestId: z.uuid(),
  names: z.array(z.string().check(z.minLength(2), z.maxLength(60))).check(z.maxLength(100)),
});

const disconnectBody = z.object({ requestId: z.uuid() });

/** Connecting a host, and the few settings an admin has to say. */
export const tenantRoutes = (deps: TenantRouteDeps) => (app: RosApp) => {
  for (const host of ['hubspot', 'salesforce'] as const) {
    const redirectUri = `${deps.publicUrl}/oauth/${host}/callback`;

    app.get(`/oauth/${host}/start`, async (c) => {
      const connect = deps[host];
      if (!connect) throw new Problem(404, `No ${host} app is set up here. See docs/deploy.md.`);
      const asked = host === 'salesforce' ? c.req.query('login') : undefined;
      const address = asked === undefined ? undefined : salesforceLogin(asked);
      if (address === null) return page(c, 400, 'Not a Salesforce address', 'Say login, test, or your My Domain: acme.my.salesforce.com.');
      const login = address === undefined ? {} : { login: address };
      const { state, challenge } = await sendOff(deps, c, { host, ...login });
      return c.redirect(connect.authorizeUrl({ redirectUri, state, challenge, ...login }));
    });

    app.get(`/oauth/${host}/callback`, async (c) => {
      const connect = deps[host];
      const code = c.req.query('code');
      const state = code ? await takeBack(deps, c, host) : null;
      if (!connect || !code || !state) return usedUp(c);
      const { verifier, login } = state;
      const done = await connect.finish({ redirectUri, code, verifier, ...(login === undefined ? {} : { login }) });
      if (!done.ok) return page(c, 400, 'Not connected', done.fault.said);
      const key = 'installKey' in done.value ? done.value.installKey : undefined;
      return page(c, 200, 'Connected', 'You can close this window.', key === undefined ? {} : { installKey: key });
    });
  }

  app.post('/v1/settings/telephony', async (c) => {
    const body = parseJson(c.get('raw'), telephonyBody);
    const refusal = await adminsOnly(deps, c);
    if (refusal) return refusal;
    const saved = await deps.saveTelephony(c.get('who'), body);
    if (!saved.ok) return no(c, saved.fault.kind === 'refused' ? 'bad-request' : 'trouble', saved.fault.said);
    if (!saved.value) return no(c, 'bad-request', 'This telephone account is connected elsewhere.');
    return yes(c, { lines: body.lines.length });
  });

  app.post('/v1/settings/competitors', async (c) => {
    const body = parseJson(c.get('raw'), competitorsBody);
    const refusal = await adminsOnly(deps, c);
    if (refusal) return refusal;
    await deps.saveCompetitors(c.get('who'), body.names);
    return yes(c, { names: body.names });
  });

  app.post('/v1/settings/disconnect', async (c) => {
    parseJson(c.get('raw'), disconnectBody);
    const refusal = await adminsOnly(deps, c);
    if (refusal) return refusal;
    const done = await deps.disconnect(c.get('who'));
    return done.ok ? yes(c, { state: 'disconnected' }) : no(c, 'trouble', done.fault.said);
  });
};

/** Who connected us may set us up; members and roles come with the settings page. */
async function adminsOnly(deps: TenantRouteDeps, c: RosContext): Promise<Response | null> {
  return (await deps.installerOf(c.get('who'))) === c.get('who').user.id
    ? null
    : no(c, 'no-permission', 'Only who connected Relationship OS can change this.');
}
