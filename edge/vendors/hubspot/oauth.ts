import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';

const TIMEOUT_MS = 8_000;

/** Tokens are 300 characters or more and may grow. `hubId` is the portal. */
export interface HubspotTokens {
  accessToken: string;
  refreshToken: string;
  expiresInS: number;
  hubId: string;
  userId: string;
  scopes: string[];
}

/** Where the person goes to agree. `authorize` is `https://app.hubspot.com/oauth/authorize`; `challenge` is the S256 one. */
export function authorizeUrl(ask: {
  authorize: string;
  clientId: string;
  redirectUri: string;
  scopes: readonly string[];
  optionalScopes?: readonly string[];
  state: string;
  challenge: string;
}): string {
  const url = new URL(ask.authorize);
  url.searchParams.set('client_id', ask.clientId);
  url.searchParams.set('redirect_uri', ask.redirectUri);
  url.searchParams.set('scope', ask.scopes.join(' '));
  if (ask.optionalScopes?.length) url.searchParams.set('optional_scope', ask.optionalScopes.join(' '));
  url.searchParams.set('state', ask.state);
  url.searchParams.set('code_challenge', ask.challenge);
  url.searchParams.set('code_challenge_method', 'S256');
  return url.href;
}

interface OauthApp {
  api: string;
  clientId: string;
  clientSecret: string;
}

/** A code for the first tokens. `expired` when the code is used, old or not ours. */
export const exchangeCode = (ask: OauthApp & { redirectUri: string; code: string; verifier: string }): Promise<Result<HubspotTokens>> =>
  askTokens(ask, { grant_type: 'authorization_code', redirect_uri: ask.redirectUri, code: ask.code, code_verifier: ask.verifier });

/** New tokens for the old. `expired` when the app was uninstalled: stop calling. */
export const refreshToken = (ask: OauthApp & { refreshToken: string }): Promise<Result<HubspotTokens>> =>
  askTokens(ask, { grant_type: 'refresh_token', refresh_token: ask.refreshToken });

async function askTokens(app: OauthApp, fields: Record<string, string>): Promise<Result<HubspotTokens>> {
  const body = new URLSearchParams({ ...fields, client_id: app.clientId, client_secret: app.clientSecret });
  let status: number;
  let said: unknown;
  try {
    const response = await fetch(`${app.api}/oauth/2026-09/token`, { method: 'POST', body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    status = response.status;
    said = await response.json();
  } catch {
    return failed({ kind: 'broken', said: 'HubSpot did not answer the request for tokens.' });
  }
  if (status === 200) {
    const read = tokens.safeParse(said);
    if (!read.success) return failed({ kind: 'broken', said: 'HubSpot answered the request for tokens with something we cannot read.' });
    const { access_token, refresh_token, expires_in, hub_id, user_id, scopes, scope } = read.data;
    return ok({
      accessToken: access_token,
      refreshToken: refresh_token,
      expiresInS: expires_in,
      hubId: String(hub_id),
      userId: String(user_id),
      scopes: scopes ?? scope?.split(' ') ?? [],
    });
  }
  if (status === 429) return failed({ kind: 'busy', said: 'HubSpot asks for fewer requests.', retryAfterMs: 10_000 });
  if (status >= 500) return failed({ kind: 'broken', said: `HubSpot failed to give tokens (${status}).` });
  const code = refusal.safeParse(said);
  if (code.success && code.data.error === 'invalid_grant')
    return failed({ kind: 'expired', said: 'HubSpot no longer knows this connection. Connect it again.' });
  return failed({ kind: 'refused', said: `HubSpot refused to give tokens (${status}).` });
}

/** The specification leaves the answer untyped; these are the documented fields. */
const tokens = z.object({
  access_token: z.string().check(z.minLength(1)),
  refresh_token: z.string().check(z.minLength(1)),
  expires_in: z.number(),
  hub_id: z.int(),
  user_id: z.int(),
  scopes: z.optional(z.array(z.string())),
  scope: z.optional(z.string()),
});
const refusal = z.object({ error: z.string() });
