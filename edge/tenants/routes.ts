import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod/mini';
import type { Result } from '../../shared/kit/result.ts';
import { no, yes } from '../http/answer.ts';
import type { RosApp, RosContext } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';
import { beginInstall, endInstall } from './oauth-state.ts';

export interface TenantRouteDeps {
  now(): number;
  /** Seals install states. */
  secret: string;
  publicUrl: string;
  /** Absent when this Worker has no app registered with the host. */
  hubspot: Connect<{ effectOnce: boolean }> | undefined;
  salesforce: Connect<{ installKey: string }> | undefined;
  installerOf(who: Who): Promise<string | null>;
  /** False when another tenant holds the account; `refused` when the token does not open it. */
  saveTelephony(who: Who, it: z.infer<typeof telephonyBody>): Promise<Result<boolean>>;
  saveCompetitors(who: Who, names: readonly string[]): Promise<void>;
}

interface Connect<T> {
  authorizeUrl(ask: { redirectUri: string; state: string; challenge: string }): string;
  /** Trades the code and sets the tenant up. */
  finish(grant: { redirectUri: string; code: string; verifier: string }): Promise<Result<T>>;
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

const COOKIE = 'ros_install';

/** Connecting a host, and the few settings an admin has to say. */
export const tenantRoutes = (deps: TenantRouteDeps) => (app: RosApp) => {
  for (const host of ['hubspot', 'salesforce'] as const) {
    const redirectUri = `${deps.publicUrl}/oauth/${host}/callback`;

    app.get(`/oauth/${host}/start`, async (c) => {
      const connect = deps[host];
      if (!connect) throw new Problem(404, `No ${host} app is set up here. See docs/deploy.md.`);
      const { state, browser, challenge } = await beginInstall(deps.secret, host, deps.now());
      const secure = deps.publicUrl.startsWith('https:');
      setCookie(c, COOKIE, browser, { httpOnly: true, sameSite: 'Lax', secure, path: '/oauth', maxAge: 600 });
      return c.redirect(connect.authorizeUrl({ redirectUri, state, challenge }));
    });

    app.get(`/oauth/${host}/callback`, async (c) => {
      const connect = deps[host];
      const code = c.req.query('code');
      const state = await endInstall(deps.secret, c.req.query('state') ?? '', host, getCookie(c, COOKIE) ?? '', deps.now());
      deleteCookie(c, COOKIE, { path: '/oauth' });
      if (!connect || !code || !state) return page(c, 400, 'This link is used up', 'Start again from the settings page.');
      const done = await connect.finish({ redirectUri, code, verifier: state.verifier });
      if (!done.ok) return page(c, 400, 'Not connected', done.fault.said);
      const key = 'installKey' in done.value ? done.value.installKey : undefined;
      return page(c, 200, 'Connected', 'You can close this window.', key);
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
};

/** Who connected us may set us up; members and roles come with the settings page. */
async function adminsOnly(deps: TenantRouteDeps, c: RosContext): Promise<Response | null> {
  return (await deps.installerOf(c.get('who'))) === c.get('who').user.id
    ? null
    : no(c, 'no-permission', 'Only who connected Relationship OS can change this.');
}

function page(c: RosContext, status: 200 | 400, title: string, line: string, installKey?: string): Response {
  const key = installKey
    ? `<p>Install key, shown this once. Paste it on the setup tab in Salesforce:</p><p><code id="install-key">${asHtml(installKey)}</code></p>`
    : '';
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${asHtml(title)}</title><main><h1>${asHtml(title)}</h1><p>${asHtml(line)}</p>${key}</main></html>`;
  return c.body(html, status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  });
}

const asHtml = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
