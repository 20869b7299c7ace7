import { createHash } from 'node:crypto';
import { cast } from '../cast.ts';
import type { Answer } from '../kit/serve.ts';
import { json, noSuchPath, refusal } from './answer.ts';
import type { Faults } from './faults.ts';
import type { Journal } from './journal.ts';
import type { Portal, Portals } from './portals.ts';
import { ACCESS_MS, type Issued, issue } from './tokens.ts';

const { clientId, clientSecret } = cast.hubspot;

/** The endpoints the app itself asks (auth-oauth.json), and the token endpoint of `@hubspot/api-client`. */
export async function oauth(
  portals: Portals,
  faults: Faults,
  journal: Journal,
  request: Request,
  at: string,
  now: number,
  rotates: boolean,
): Promise<Answer> {
  const ends = ['token', 'token/introspect', 'token/revoke'];
  const end = ends.find((one) => at === `2026-09/${one}` || at === `v3/${one}`) ?? (at === 'v1/token' ? 'token' : undefined);
  if (request.method !== 'POST' || end === undefined) return refusal(noSuchPath());
  const body = await request.text();
  const form = formOf(request.headers.get('content-type'), body);
  if (form instanceof Response) return form;
  if (end === 'token/introspect') return introspect(portals, form, now);
  if (end === 'token/revoke') return revoke(portals, form);
  if (form.get('grant_type') === 'client_credentials')
    return journal.token(form.get('scope') ?? '') ?? wrong('invalid_scope', 'a scope is missing or not one of the app itself');
  const portal = portals.named(form.get('refresh_token') ?? form.get('code') ?? '');
  const carryOut = () => token(portals, form, now, rotates);
  return faults.meet(
    { portalId: portal.id, method: 'POST', path: `/oauth/${at}`, body },
    { carryOut, expire() {}, met: portal.tally.met, landedLate: portal.tally.landedLate },
  );
}

/** A form from the app itself, or the refusal. */
function formOf(contentType: string | null, body: string): URLSearchParams | Response {
  if (!contentType?.startsWith('application/x-www-form-urlencoded')) return wrong('invalid_request', 'the body must be form encoded');
  const form = new URLSearchParams(body);
  const known = form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
  return known ? form : wrong('invalid_client', 'unknown client or wrong secret', 401);
}

/** `POST /oauth/2026-09/token` and `/oauth/v1/token` (auth-oauth.json; errors after RFC 6749 §5.2). `rotates` hands out another refresh token each time. */
function token(portals: Portals, form: URLSearchParams, now: number, rotates: boolean): Response {
  switch (form.get('grant_type')) {
    case 'authorization_code': {
      const given = form.get('code') ?? '';
      const portal = portals.named(given);
      const code = portal.state.codes[given];
      // A code is burnt by its first use, right or wrong.
      delete portal.state.codes[given];
      portal.changed();
      if (!code || code.expiresAt < now) return wrong('invalid_grant', 'missing, used or expired code');
      if (code.redirectUri !== form.get('redirect_uri')) return wrong('invalid_grant', 'redirect_uri differs from the authorized one');
      if (code.challenge !== undefined && code.challenge !== challenge(form.get('code_verifier') ?? ''))
        return wrong('invalid_grant', 'code_verifier does not match');
      return answer(portal, issue(portal, code.userId, code.scopes, now), code);
    }
    case 'refresh_token': {
      const given = form.get('refresh_token') ?? '';
      const portal = portals.named(given);
      const grant = portal.state.refresh[given];
      if (!grant) return wrong('invalid_grant', 'missing or invalid refresh token');
      if (rotates) delete portal.state.refresh[given];
      portal.tally.refreshed();
      return answer(portal, issue(portal, grant.userId, grant.scopes, now, rotates ? undefined : given), grant);
    }
    case null:
      return wrong('invalid_request', 'grant_type is missing');
    default:
      return wrong('unsupported_grant_type', 'grant_type must be authorization_code, client_credentials or refresh_token');
  }
}

/** `POST /oauth/2026-09/token/introspect`: what a token is; nothing but `active: false` about one that is not valid. */
function introspect(portals: Portals, form: URLSearchParams, now: number): Response {
  const given = form.get('token');
  if (!given) return wrong('invalid_request', 'token is missing');
  const { id, state } = portals.named(given);
  const access = state.access[given];
  const lives = access !== undefined && access.expiresAt > now;
  const grant = lives ? access : state.refresh[given];
  if (!grant) return json(200, { active: false });
  return json(200, {
    active: true,
    token_use: lives ? 'access_token' : 'refresh_token',
    token: given,
    token_type: 'bearer',
    hub_id: id,
    user_id: grant.userId,
    user: state.owners.find(({ userId }) => userId === grant.userId)?.email,
    client_id: clientId,
    app_id: cast.hubspot.appId,
    scopes: grant.scopes,
    ...(lives ? { expires_in: Math.floor((grant.expiresAt - now) / 1000) } : {}),
    is_private_distribution: false,
  });
}

/** `POST /oauth/2026-09/token/revoke`: the refresh token dies, access tokens live out their half hour. An unknown one is no error (RFC 7009 §2.2). */
function revoke(portals: Portals, form: URLSearchParams): Response {
  const given = form.get('token');
  if (!given) return wrong('invalid_request', 'token is missing');
  const portal = portals.named(given);
  delete portal.state.refresh[given];
  portal.changed();
  return new Response(null, { status: 204 });
}

const challenge = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

const answer = (portal: Portal, issued: Issued, grant: { userId: number; scopes: string[] }) =>
  json(200, {
    access_token: issued.accessToken,
    refresh_token: issued.refreshToken,
    expires_in: ACCESS_MS / 1000,
    token_type: 'bearer',
    hub_id: portal.id,
    user_id: grant.userId,
    scopes: grant.scopes,
  });

const wrong = (error: string, description: string, status = 400) =>
  json(status, { error, error_description: description, status: error.toUpperCase(), message: description });
