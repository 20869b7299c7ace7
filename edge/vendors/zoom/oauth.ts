import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { ZoomGrant, ZoomTokens } from '../../ports/meeting-hosts.ts';

const TIMEOUT_MS = 8_000;
const ANSWER_MAX_CHARS = 64 * 1024;

/** What our own app asks an account's admin for, each for one thing that is done with it. */
export const scopes = [
  // Which files a finished meeting has.
  'cloud_recording:read:list_recording_files:admin',
  // Who was there.
  'meeting:read:list_past_participants:admin',
  // Who was invited to a meeting that runs.
  'meeting:read:meeting:admin',
  // Whose account it is.
  'user:read:user:admin',
] as const;

/** Our app at Zoom. `api` and `login` are origins. */
export interface ZoomApp {
  api: string;
  login: string;
  clientId: string;
  clientSecret: string;
}

/** Where the admin goes to agree. developers.zoom.us/docs/integrations/oauth */
export function authorizeUrl(app: ZoomApp, ask: { redirectUri: string; state: string; challenge: string }): string {
  const url = new URL(`${app.login}/oauth/authorize`);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('client_id', app.clientId);
  url.searchParams.set('redirect_uri', ask.redirectUri);
  url.searchParams.set('state', ask.state);
  url.searchParams.set('code_challenge', ask.challenge);
  url.searchParams.set('code_challenge_method', 'S256');
  return url.href;
}

/** A code for the first tokens, what was granted with them, and whose account it is. `expired` when the code is used, old or not ours. */
export async function exchangeCode(
  app: ZoomApp,
  grant: { redirectUri: string; code: string; verifier: string },
): Promise<Result<ZoomGrant>> {
  const given = await askTokens(app, {
    grant_type: 'authorization_code',
    code: grant.code,
    redirect_uri: grant.redirectUri,
    code_verifier: grant.verifier,
  });
  if (!given.ok) return given;
  const missing = scopes.filter((scope) => !given.value.scopes.includes(scope));
  if (missing.length > 0)
    return failed({
      kind: 'refused',
      said: `Zoom did not grant everything that Relationship OS needs. Missing: ${missing.join(', ')}. Start again as an admin of the account.`,
    });
  const account = await accountOf(app, given.value.accessToken);
  return account.ok ? ok({ ...given.value, accountId: account.value }) : account;
}

/** New tokens for the old; the old refresh token is worth nothing from then on. `expired` when our access is gone. */
export const refreshTokens = (app: ZoomApp, refreshToken: string): Promise<Result<ZoomTokens>> =>
  askTokens(app, { grant_type: 'refresh_token', refresh_token: refreshToken });

/** Makes a token worthless, its refresh token with it. One that is worthless already is as good. */
export async function revoke(app: ZoomApp, accessToken: string): Promise<Result<true>> {
  const said = await asked(`${app.login}/oauth/revoke`, formOf(app, { token: accessToken }));
  if (!said.ok) return said;
  const { status } = said.value;
  if (status === 429) return failed({ kind: 'busy', said: 'Zoom asks us to wait.', retryAfterMs: 10_000 });
  return status >= 500 ? failed({ kind: 'broken', said: `Zoom answered ${status}.` }) : ok(true);
}

async function askTokens(app: ZoomApp, fields: Record<string, string>): Promise<Result<ZoomTokens & { scopes: string[] }>> {
  const said = await asked(`${app.login}/oauth/token`, formOf(app, fields));
  if (!said.ok) return said;
  const { status, body } = said.value;
  if (status === 429) return failed({ kind: 'busy', said: 'Zoom asks us to wait.', retryAfterMs: 10_000 });
  if (status >= 500) return failed({ kind: 'broken', said: `Zoom failed to give tokens (${status}).` });
  if (status !== 200) {
    const { error, reason = '' } = refusal.safeParse(body).data ?? {};
    // A used code and a dead refresh token have been called by both names.
    return error === 'invalid_grant' || /^Invalid (Token!|authorization code)/.test(reason)
      ? failed({ kind: 'expired', said: 'Zoom no longer knows this connection. Connect it again.' })
      : failed({ kind: 'refused', said: `Zoom refused to give tokens (${status}).` });
  }
  const read = tokens.safeParse(body);
  if (!read.success) return failed({ kind: 'broken', said: 'Zoom answered the request for tokens with something we cannot read.' });
  const { access_token, refresh_token, expires_in, scope } = read.data;
  return ok({ accessToken: access_token, refreshToken: refresh_token, expiresInS: expires_in, scopes: scope.split(/[ ,]+/) });
}

async function accountOf(app: ZoomApp, accessToken: string): Promise<Result<string>> {
  const said = await asked(`${app.api}/v2/users/me`, { headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' } });
  if (!said.ok) return said;
  const read = me.safeParse(said.value.status === 200 ? said.value.body : undefined);
  return read.success ? ok(read.data.account_id) : failed({ kind: 'broken', said: 'Zoom does not say whose account this is.' });
}

const formOf = ({ clientId, clientSecret }: ZoomApp, fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  headers: {
    authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
    'content-type': 'application/x-www-form-urlencoded',
  },
  body: new URLSearchParams(fields).toString(),
});

async function asked(url: string, init: RequestInit): Promise<Result<{ status: number; body: unknown }>> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await response.text();
    return ok({ status: response.status, body: text.length > ANSWER_MAX_CHARS ? undefined : parsed(text) });
  } catch {
    return failed({ kind: 'broken', said: 'Zoom does not answer.' });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const tokens = z.object({
  access_token: z.string().check(z.minLength(1)),
  refresh_token: z.string().check(z.minLength(1)),
  expires_in: z.number(),
  scope: z._default(z.string(), ''),
});
const refusal = z.object({ error: z.optional(z.string()), reason: z.optional(z.string()) });
/** As the address of its webhooks takes it. */
const me = z.object({ account_id: z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/)) });
