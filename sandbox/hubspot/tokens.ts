import { createHash, randomBytes } from 'node:crypto';
import type { cast as Cast } from '../cast.ts';
import { json } from './answer.ts';
import type { Grant, HubspotState } from './state.ts';

/** Access tokens live half an hour; codes two minutes. */
const ACCESS_MS = 1_800_000;

export interface Issued {
  accessToken: string;
  refreshToken: string;
}

/** A pair for a user who agreed, as if the whole dance had been danced. Tokens are 300 characters or more and may grow. */
export function issue(state: HubspotState, userId: number, scopes: readonly string[], now: number, refresh = word(30)): Issued {
  const accessToken = word(240);
  for (const [token, grant] of Object.entries(state.access)) if (grant.expiresAt < now - ACCESS_MS) delete state.access[token];
  state.access[accessToken] = { userId, scopes: [...scopes], expiresAt: now + ACCESS_MS };
  state.refresh[refresh] = { userId, scopes: [...scopes], expiresAt: 0 };
  return { accessToken, refreshToken: refresh };
}

/** `POST /oauth/2026-09/token` and `/oauth/v1/token` (auth-oauth.json; errors after RFC 6749 §5.2). */
export async function token(state: HubspotState, app: typeof Cast.hubspot, request: Request, now: number): Promise<Response> {
  if (!request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded'))
    return wrong('invalid_request', 'the body must be form encoded');
  const form = new URLSearchParams(await request.text());
  if (form.get('client_id') !== app.clientId || form.get('client_secret') !== app.clientSecret)
    return wrong('invalid_client', 'unknown client or wrong secret', 401);
  switch (form.get('grant_type')) {
    case 'authorization_code': {
      const code = state.codes[form.get('code') ?? ''];
      // A code is burnt by its first use, right or wrong.
      delete state.codes[form.get('code') ?? ''];
      if (!code || code.expiresAt < now) return wrong('invalid_grant', 'missing, used or expired code');
      if (code.redirectUri !== form.get('redirect_uri')) return wrong('invalid_grant', 'redirect_uri differs from the authorized one');
      if (code.challenge !== undefined && code.challenge !== challenge(form.get('code_verifier') ?? ''))
        return wrong('invalid_grant', 'code_verifier does not match');
      return answer(state, app, issue(state, code.userId, code.scopes, now), code);
    }
    case 'refresh_token': {
      const refresh = form.get('refresh_token') ?? '';
      const grant = state.refresh[refresh];
      if (!grant) return wrong('invalid_grant', 'unknown refresh token');
      return answer(state, app, issue(state, grant.userId, grant.scopes, now, refresh), grant);
    }
    case null:
      return wrong('invalid_request', 'grant_type is missing');
    default:
      return wrong('unsupported_grant_type', 'grant_type must be authorization_code or refresh_token');
  }
}

/** What a bearer token may do, or why not. */
export function bearer(state: HubspotState, header: string | null, now: number): Grant | 'missing' | 'expired' {
  const grant = header?.startsWith('Bearer ') ? state.access[header.slice(7)] : undefined;
  if (!grant) return 'missing';
  return grant.expiresAt > now ? grant : 'expired';
}

export const word = (bytes: number) => randomBytes(bytes).toString('base64url');
const challenge = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

const answer = (_: HubspotState, app: typeof Cast.hubspot, issued: Issued, grant: { userId: number; scopes: string[] }) =>
  json(200, {
    access_token: issued.accessToken,
    refresh_token: issued.refreshToken,
    expires_in: ACCESS_MS / 1000,
    token_type: 'bearer',
    hub_id: app.portalId,
    user_id: grant.userId,
    scopes: grant.scopes,
  });

const wrong = (error: string, description: string, status = 400) =>
  json(status, { error, error_description: description, status: error.toUpperCase(), message: description });
