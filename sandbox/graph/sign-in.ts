import { createHash, randomBytes } from 'node:crypto';
import type { openSigner } from './signing.ts';

const CODE_MS = 10 * 60_000;
/** Global Administrator's template id, the same in every directory. */
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';

/** An app registration of somebody else's that any directory can consent to. */
export interface ConsentableApp {
  clientId: string;
  clientSecret: string;
  redirectUris: readonly string[];
}

interface Code {
  redirectUri: string;
  challenge: string | null;
  nonce: string | null;
  isAdmin: boolean;
  untilMs: number;
}

/**
 * Signing in, and an admin's consent for a whole directory. learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow and
 * …/v2-admin-consent
 */
export function openSignIn(app: ConsentableApp, directoryId: string, signer: ReturnType<typeof openSigner>, now: () => number) {
  const codes = new Map<string, Code>();
  let isConsented = false;
  const page = (line: string, status = 400) =>
    new Response(`<h1>Microsoft (sandbox)</h1><p>${line}</p>`, { status, headers: { 'content-type': 'text/html' } });
  const no = (status: number, error: string, code: number, what: string) =>
    Response.json({ error, error_description: `AADSTS${code}: ${what}`, error_codes: [code] }, { status });
  const press = (url: URL) => page(`<a href="${url.pathname}${url.search.replaceAll('&', '&amp;')}&amp;sandbox_approve=1">Accept</a>`, 200);

  /** The address to go back to, or why nobody is sent there. */
  function backOf(asked: URLSearchParams): URL | Response {
    const redirectUri = asked.get('redirect_uri') ?? '';
    if (asked.get('client_id') !== app.clientId) return page('AADSTS700016: Application was not found in the directory.');
    if (!app.redirectUris.includes(redirectUri))
      return page('AADSTS50011: The redirect URI does not match the redirect URIs configured for the application.');
    const back = new URL(redirectUri);
    const state = asked.get('state');
    if (state !== null) back.searchParams.set('state', state);
    return back;
  }

  return {
    isConsented: () => isConsented,
    revoke() {
      isConsented = false;
    },
    /** `GET /{tenant}/oauth2/v2.0/authorize`. `sandbox_role=user` is somebody who is no admin. */
    authorize(tenant: string, url: URL): Response {
      const asked = url.searchParams;
      const back = backOf(asked);
      if (back instanceof Response) return back;
      if (tenant !== 'organizations' && tenant !== directoryId) return page(`AADSTS90002: Tenant '${tenant}' not found.`);
      if (asked.get('response_type') !== 'code' || !(asked.get('scope') ?? '').split(' ').includes('openid')) return page('AADSTS900144');
      if (asked.get('sandbox_deny') === '1') back.searchParams.set('error', 'access_denied');
      else {
        if (asked.get('sandbox_approve') !== '1') return press(url);
        const code = randomBytes(24).toString('base64url');
        codes.set(code, {
          redirectUri: asked.get('redirect_uri') ?? '',
          challenge: asked.get('code_challenge'),
          nonce: asked.get('nonce'),
          isAdmin: asked.get('sandbox_role') !== 'user',
          untilMs: now() + CODE_MS,
        });
        back.searchParams.set('code', code);
      }
      return new Response(null, { status: 302, headers: { location: back.href } });
    },
    /** `POST /{tenant}/oauth2/v2.0/token` with a code, good once. */
    redeem(form: URLSearchParams): Response {
      const given = form.get('code') ?? '';
      const code = codes.get(given);
      codes.delete(given);
      if (form.get('client_id') !== app.clientId)
        return no(400, 'unauthorized_client', 700016, 'Application was not found in the directory.');
      if (form.get('client_secret') !== app.clientSecret) return no(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
      if (!code || code.untilMs < now()) return no(400, 'invalid_grant', 54005, 'OAuth2 Authorization code was already redeemed.');
      if (form.get('redirect_uri') !== code.redirectUri) return no(400, 'invalid_client', 500112, 'The reply address does not match.');
      const verifier = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (code.challenge !== null && verifier !== code.challenge)
        return no(400, 'invalid_grant', 501481, 'The Code_Verifier does not match the code_challenge.');
      const claims = {
        ...(code.nonce === null ? {} : { nonce: code.nonce }),
        wids: code.isAdmin ? [GLOBAL_ADMINISTRATOR] : ['b79fbf4d-3ef9-4689-8143-76b194e85509'],
      };
      const id_token = signer.idToken(directoryId, app.clientId, now(), claims);
      return Response.json({ token_type: 'Bearer', scope: 'openid profile', expires_in: 3_599, access_token: 'opaque', id_token });
    },
    /** `GET /{tenant}/v2.0/adminconsent`. What comes back names the directory in its address, as anybody could. */
    consent(tenant: string, url: URL): Response {
      const asked = url.searchParams;
      const back = backOf(asked);
      if (back instanceof Response) return back;
      if (tenant !== 'organizations' && tenant !== directoryId) return page(`AADSTS90002: Tenant '${tenant}' not found.`);
      if (asked.get('scope') !== 'https://graph.microsoft.com/.default')
        return page('AADSTS70011: The provided value for scope is not valid.');
      if (asked.get('sandbox_deny') === '1') {
        back.searchParams.set('error', 'access_denied');
        back.searchParams.set('error_subcode', 'cancel');
      } else {
        if (asked.get('sandbox_approve') !== '1') return press(url);
        isConsented = true;
        back.searchParams.set('admin_consent', 'True');
        back.searchParams.set('tenant', directoryId);
        back.searchParams.set('scope', 'https://graph.microsoft.com/OnlineMeetingTranscript.Read.All');
      }
      return new Response(null, { status: 302, headers: { location: back.href } });
    },
  };
}
