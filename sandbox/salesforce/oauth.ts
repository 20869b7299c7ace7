import { createHash, randomBytes } from 'node:crypto';
import { cast } from '../cast.ts';
import { readAssertion } from './bearer.ts';
import { core } from './ids.ts';
import { type Org, type Row, rowOf, rowsOf } from './state.ts';

export interface App {
  consumerKey: string;
  consumerSecret: string;
  redirectUris: readonly string[];
  /** Public key or certificate uploaded to the app; without it the JWT bearer flow is refused. */
  publicKeyPem: string | undefined;
}

const codeLivesMs = 15 * 60_000;
const sessionLivesMs = 2 * 3_600_000;
/** `refresh_token` is on the app because pre-authorised JWT requests need it; we never ask for it. */
const appScopes = new Set(['api', 'openid', 'id', 'refresh_token', 'offline_access']);

/** The login page: names the app, and sends the browser back with a code once somebody allows it. Who signs in says which org it is. */
export function authorize(orgs: readonly Org[], app: App, url: URL): Response {
  const { org, userId } = signedIn(orgs, url);
  const ask = Object.fromEntries(url.searchParams);
  if (ask.client_id !== app.consumerKey) return page('error=invalid_client_id&error_description=client identifier invalid');
  if (!app.redirectUris.includes(ask.redirect_uri ?? ''))
    return page('error=redirect_uri_mismatch&error_description=redirect_uri must match configuration');
  const back = new URL(ask.redirect_uri ?? '');
  const refuse = (error: string, description: string) => sendBack(back, { error, error_description: description, state: ask.state ?? '' });
  if (ask.response_type !== 'code') return refuse('unsupported_response_type', 'response type not supported');
  if (!/^[\w-]{43}$/.test(ask.code_challenge ?? '') || ask.code_challenge_method !== 'S256')
    return refuse('invalid_request', 'missing required code challenge');
  if ((ask.scope ?? 'api').split(/\s+/).some((scope) => !appScopes.has(scope)))
    return refuse('invalid_scope', 'the requested scope is not allowed');
  if (ask.sandbox_approve !== '1') return consentPage(org, userId, url);
  const code = `aPrx${randomBytes(24).toString('base64url')}`;
  org.state.codes[code] = {
    userId,
    redirectUri: back.href,
    challenge: ask.code_challenge ?? '',
    expiresAt: org.now() + codeLivesMs,
  };
  return sendBack(back, { code, state: ask.state ?? '' });
}

/** The token endpoint. Refreshing is refused: this app was never given a refresh token. `opened` is told of every new session. */
export function token(orgs: readonly Org[], app: App, origin: string, form: URLSearchParams, opened: (orgId: string) => void): Response {
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return byCode(orgs, app, origin, form, opened);
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return byAssertion(orgs, app, origin, form, opened);
    case 'refresh_token':
      return no('invalid_grant', 'expired access/refresh token');
    default:
      return no('unsupported_grant_type', 'grant type not supported');
  }
}

function byCode(orgs: readonly Org[], app: App, origin: string, form: URLSearchParams, opened: (orgId: string) => void): Response {
  if (form.get('client_id') !== app.consumerKey) return no('invalid_client_id', 'client identifier invalid');
  if (form.get('client_secret') !== app.consumerSecret) return no('invalid_client', 'invalid client credentials');
  const given = form.get('code') ?? '';
  const org = orgs.find(({ state }) => state.codes[given]);
  const code = org?.state.codes[given];
  if (!org || !code || code.expiresAt < org.now()) return no('invalid_grant', 'expired authorization code');
  // A code is good once, right or wrong.
  delete org.state.codes[given];
  if (form.get('redirect_uri') !== code.redirectUri) return no('redirect_uri_mismatch', 'redirect_uri must match configuration');
  const verifier = form.get('code_verifier') ?? '';
  if (createHash('sha256').update(verifier).digest('base64url') !== code.challenge) return no('invalid_grant', 'invalid code verifier');
  opened(org.state.orgId);
  return grant(org, origin, code.userId, 'api openid');
}

function byAssertion(orgs: readonly Org[], app: App, origin: string, form: URLSearchParams, opened: (orgId: string) => void): Response {
  if (!app.publicKeyPem) return no('invalid_grant', 'invalid assertion');
  const read = readAssertion(form.get('assertion') ?? '', {
    publicKeyPem: app.publicKeyPem,
    consumerKey: app.consumerKey,
    audiences: ['https://login.salesforce.com', 'https://test.salesforce.com', origin],
    nowMs: orgs[0]?.now() ?? 0,
  });
  if ('error' in read) return no(read.error, read.description);
  const { org, user } = called(orgs, read.username) ?? {};
  if (!org || !user || user.IsActive === false) return no('invalid_grant', 'user is not active or not found');
  if (!org.state.preauthorised.some((id) => core(id) === core(String(user.Id))))
    return no('invalid_grant', "user hasn't approved this consumer");
  opened(org.state.orgId);
  return grant(org, origin, String(user.Id), 'api openid');
}

export function openSession(org: Org, userId: string): string {
  const token = `${core(org.state.orgId)}!AQ${randomBytes(30).toString('base64url')}`;
  org.state.sessions[token] = { userId, expiresAt: org.now() + sessionLivesMs };
  return token;
}

/** `POST /services/oauth2/revoke`: ends the session of this token, and says so to whoever asks again. */
export function revoke(orgs: readonly Org[], contentType: string | null, form: URLSearchParams): Response {
  if (!contentType?.startsWith('application/x-www-form-urlencoded')) return no('invalid_request', 'the body must be form encoded');
  const given = form.get('token') ?? '';
  const org = orgs.find(({ state }) => state.sessions[given]);
  if (!org) return no('invalid_token', 'invalid token');
  delete org.state.sessions[given];
  return new Response(null, { status: 200 });
}

/** The access token a request carries; its first 15 characters are the org's. */
export const tokenOf = (authorization: string | null): string => /^(?:Bearer|OAuth) (\S+)$/i.exec(authorization ?? '')?.[1] ?? '';

/** Whose session this is, or undefined when it is over. */
export function userOf(org: Org, token: string): string | undefined {
  const session = org.state.sessions[token];
  const user = session && session.expiresAt > org.now() ? rowOf(org, 'User', session.userId) : undefined;
  return user && user.IsActive !== false ? session?.userId : undefined;
}

export function userinfo(org: Org, origin: string, userId: string): Response {
  const user: Row = rowOf(org, 'User', userId) ?? {};
  return Response.json({
    sub: identity(org, origin, userId),
    user_id: user.Id,
    organization_id: org.state.orgId,
    preferred_username: user.Username,
    nickname: user.FirstName,
    name: [user.FirstName, user.LastName].filter(Boolean).join(' '),
    given_name: user.FirstName,
    family_name: user.LastName,
    email: user.Email,
    email_verified: true,
    zoneinfo: user.TimeZoneSidKey,
    active: true,
    user_type: 'STANDARD',
  });
}

const identity = (org: Org, origin: string, userId: string) => `${origin}/id/${org.state.orgId}/${userId}`;

const grant = (org: Org, origin: string, userId: string, scope: string) =>
  Response.json({
    access_token: openSession(org, userId),
    scope,
    instance_url: origin,
    id: identity(org, origin, userId),
    token_type: 'Bearer',
    issued_at: String(org.now()),
  });

const no = (error: string, error_description: string) => Response.json({ error, error_description }, { status: 400 });

function sendBack(back: URL, values: Record<string, string>): Response {
  const to = new URL(back);
  for (const [name, value] of Object.entries(values)) if (value !== '') to.searchParams.set(name, value);
  return new Response(null, { status: 302, headers: { location: to.href } });
}

const page = (text: string, status = 400) => new Response(text, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });

/** Who sits at the browser: the first org's integration user, unless `sandbox_user` or `login_hint` names another. */
function signedIn(orgs: readonly Org[], url: URL): { org: Org; userId: string } {
  const name = url.searchParams.get('sandbox_user') ?? url.searchParams.get('login_hint') ?? '';
  const found = called(orgs, name) ?? called(orgs, cast.salesforce.integrationUser.username);
  if (!found) throw new Error('the first org has no integration user');
  return { org: found.org, userId: String(found.user.Id) };
}

/** The user of this name; no two orgs share one. */
function called(orgs: readonly Org[], name: string): { org: Org; user: Row } | undefined {
  for (const org of orgs) {
    const user = rowsOf(org, 'User').find(({ Username }) => Username === name);
    if (user) return { org, user };
  }
  return undefined;
}

function consentPage(org: Org, userId: string, url: URL): Response {
  const yes = new URL(url);
  yes.searchParams.set('sandbox_approve', '1');
  const href = `${yes.pathname}${yes.search}`.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return page(
    `<!doctype html><html lang="en"><title>Allow access?</title><body style="font:16px system-ui;margin:4rem auto;max-width:26rem"><h1>Allow access?</h1><p>Relationship OS asks to access your identity and to manage user data via APIs.</p><p>You are signed in as ${rowOf(org, 'User', userId)?.Username}.</p><p><a href="${href}">Allow</a></p></body></html>`,
    200,
  );
}
