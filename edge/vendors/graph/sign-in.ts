import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';

const TIMEOUT_MS = 8_000;
const ANSWER_MAX_CHARS = 64 * 1024;

/** Our app at Microsoft, for everybody's directory. `login` is an origin. */
export interface GraphApp {
  login: string;
  clientId: string;
  clientSecret: string;
}

/** Where an admin says who they are: the one thing that proves whose directory it is. */
export function signInUrl(app: GraphApp, ask: { redirectUri: string; state: string; challenge: string; nonce: string }): string {
  const url = new URL(`${app.login}/organizations/oauth2/v2.0/authorize`);
  url.searchParams.set('client_id', app.clientId);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('response_mode', 'query');
  url.searchParams.set('redirect_uri', ask.redirectUri);
  url.searchParams.set('scope', 'openid profile');
  url.searchParams.set('state', ask.state);
  url.searchParams.set('nonce', ask.nonce);
  url.searchParams.set('code_challenge', ask.challenge);
  url.searchParams.set('code_challenge_method', 'S256');
  url.searchParams.set('prompt', 'select_account');
  return url.href;
}

/** A code for the token that says who signed in. `expired` when the code is used, old or not ours. The token is not believed yet. */
export async function idTokenOf(app: GraphApp, grant: { redirectUri: string; code: string; verifier: string }): Promise<Result<string>> {
  const form = new URLSearchParams({
    client_id: app.clientId,
    client_secret: app.clientSecret,
    grant_type: 'authorization_code',
    code: grant.code,
    redirect_uri: grant.redirectUri,
    code_verifier: grant.verifier,
    scope: 'openid profile',
  });
  try {
    const response = await fetch(`${app.login}/organizations/oauth2/v2.0/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if ([400, 401, 403].includes(response.status))
      return failed({ kind: 'expired', said: 'Microsoft does not take this sign-in. Start again from the settings page.' });
    const read = granted.safeParse(response.status === 200 && text.length <= ANSWER_MAX_CHARS ? (JSON.parse(text) as unknown) : undefined);
    return read.success ? ok(read.data.id_token) : failed({ kind: 'broken', said: `Microsoft answered ${response.status}.` });
  } catch {
    return failed({ kind: 'broken', said: 'Microsoft does not answer.' });
  }
}

/** Where that admin grants the app its permissions in that directory. learn.microsoft.com/entra/identity-platform/v2-admin-consent */
export function consentUrl(
  app: Pick<GraphApp, 'login' | 'clientId'>,
  ask: { directoryId: string; redirectUri: string; state: string },
): string {
  const url = new URL(`${app.login}/${encodeURIComponent(ask.directoryId)}/v2.0/adminconsent`);
  url.searchParams.set('client_id', app.clientId);
  url.searchParams.set('scope', 'https://graph.microsoft.com/.default');
  url.searchParams.set('redirect_uri', ask.redirectUri);
  url.searchParams.set('state', ask.state);
  return url.href;
}

const granted = z.object({ id_token: z.string().check(z.minLength(1)) });
