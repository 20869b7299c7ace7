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

/** A code for the first tokens, and what was granted with them. `expired` when the code is used, old or not ours. */
export async function exchangeCode(
  ask: OauthApp & { redirectUri: string; code: string; verifier: string },
): Promise<Result<HubspotTokens>> {
  const fields = { grant_type: 'authorization_code', redirect_uri: ask.redirectUri, code: ask.code, code_verifier: ask.verifier };
  const given = await askTokens(ask, fields);
  if (!given.ok) return given;
  const scopes = given.value.scopes ?? (await scopesOf(ask, given.value.accessToken));
  return scopes ? ok({ ...given.value, scopes }) : failed({ kind: 'broken', said: 'HubSpot did not say what was granted.' });
}

/** The specification does not promise the scopes with the tokens; of a token it knows them. */
async function scopesOf(app: OauthApp, accessToken: string): Promise<string[] | undefined> {
  const about = await post(app, '/introspect', { token: accessToken, token_type_hint: 'access_token' });
  return about.ok ? scopesIn(granted.safeParse(about.value).data) : undefined;
}

/** New tokens for the old. `expired` when the app was uninstalled: stop calling. */
export const refreshToken = (ask: OauthApp & { refreshToken: string }): Promise<Result<Omit<HubspotTokens, 'scopes'>>> =>
  askTokens(ask, { grant_type: 'refresh_token', refresh_token: ask.refreshToken });

/** A token of the app itself, of no portal: the journal asks for it. It is not renewed, another one is asked for. */
export async function appToken(app: OauthApp, scopes: readonly string[]): Promise<Result<{ accessToken: string; expiresInS: number }>> {
  const said = await post(app, '', { grant_type: 'client_credentials', scope: scopes.join(' ') });
  if (!said.ok) return said;
  const read = bare.safeParse(said.value);
  if (!read.success) return failed({ kind: 'broken', said: 'HubSpot answered the request for a token with something we cannot read.' });
  return ok({ accessToken: read.data.access_token, expiresInS: read.data.expires_in });
}

/** Takes the app out of the portal this token is of. `expired` when it is out already. */
export async function uninstall({ api, accessToken }: { api: string; accessToken: string }): Promise<Result<true>> {
  try {
    const response = await fetch(`${api}/appinstalls/2026-09/external-install`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${accessToken}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (response.ok) return ok(true);
    if (response.status === 401) return failed({ kind: 'expired', said: 'HubSpot no longer knows this connection.' });
    if (response.status === 429) return failed({ kind: 'busy', said: 'HubSpot asks for fewer requests.', retryAfterMs: 10_000 });
    const kind = response.status >= 500 ? 'broken' : 'refused';
    return failed({ kind, said: `HubSpot did not take the app out (${response.status}).` });
  } catch {
    return failed({ kind: 'broken', said: 'HubSpot did not answer.' });
  }
}

type Given = Omit<HubspotTokens, 'scopes'> & { scopes: string[] | undefined };

async function askTokens(app: OauthApp, fields: Record<string, string>): Promise<Result<Given>> {
  const said = await post(app, '', fields);
  if (!said.ok) return said;
  const read = tokens.safeParse(said.value);
  if (!read.success) return failed({ kind: 'broken', said: 'HubSpot answered the request for tokens with something we cannot read.' });
  const { access_token, refresh_token, expires_in, hub_id, user_id } = read.data;
  return ok({
    accessToken: access_token,
    refreshToken: refresh_token,
    expiresInS: expires_in,
    hubId: String(hub_id),
    userId: String(user_id),
    scopes: scopesIn(read.data),
  });
}

async function post(app: OauthApp, path: string, fields: Record<string, string>): Promise<Result<unknown>> {
  const body = new URLSearchParams({ ...fields, client_id: app.clientId, client_secret: app.clientSecret });
  let status: number;
  let said: unknown;
  try {
    const response = await fetch(`${app.api}/oauth/2026-09/token${path}`, {
      method: 'POST',
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    status = response.status;
    said = await response.json();
  } catch {
    return failed({ kind: 'broken', said: 'HubSpot did not answer the request for tokens.' });
  }
  if (status === 200) return ok(said);
  if (status === 429) return failed({ kind: 'busy', said: 'HubSpot asks for fewer requests.', retryAfterMs: 10_000 });
  if (status >= 500) return failed({ kind: 'broken', said: `HubSpot failed to give tokens (${status}).` });
  const code = refusal.safeParse(said);
  if (code.success && code.data.error === 'invalid_grant')
    return failed({ kind: 'expired', said: 'HubSpot no longer knows this connection. Connect it again.' });
  return failed({ kind: 'refused', said: `HubSpot refused to give tokens (${status}).` });
}

/** The specification leaves the answer untyped; these are the documented fields. */
const granted = z.object({ scopes: z.optional(z.array(z.string())), scope: z.optional(z.string()) });
const bare = z.object({ access_token: z.string().check(z.minLength(1)), expires_in: z.number() });
const tokens = z.extend(granted, {
  ...bare.shape,
  refresh_token: z.string().check(z.minLength(1)),
  hub_id: z.int(),
  user_id: z.int(),
});
const refusal = z.object({ error: z.string() });
const scopesIn = (said: z.infer<typeof granted> | undefined) => said?.scopes ?? said?.scope?.split(' ');
