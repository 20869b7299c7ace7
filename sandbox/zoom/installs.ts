import { createHash, randomBytes } from 'node:crypto';

const CODE_MS = 5 * 60_000;
const ACCESS_MS = 3_600_000;

/** An admin-managed app of the Marketplace. developers.zoom.us/docs/integrations/oauth */
export interface InstallableApp {
  clientId: string;
  clientSecret: string;
  /** Signs its webhooks, whatever account they are about. */
  secretToken: string;
  redirectUris: readonly string[];
  scopes: readonly string[];
}

interface Code {
  redirectUri: string;
  challenge: string | null;
  scopes: readonly string[];
  untilMs: number;
}

/** The one account's install of the app: codes that work once, refresh tokens that work once, and access tokens for an hour. */
export function openInstalls(app: InstallableApp, accountId: string, now: () => number) {
  const codes = new Map<string, Code>();
  const access = new Map<string, { scopes: readonly string[]; untilMs: number }>();
  let refresh: { token: string; scopes: readonly string[] } | undefined;
  const basic = `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`;
  const no = (status: number, error: string, reason: string) => Response.json({ reason, error }, { status });
  const word = () => randomBytes(24).toString('base64url');
  const bearerOf = (request: Request) => /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';

  function issue(scopes: readonly string[]): Response {
    // One grant of an app for an account: the one before is over.
    access.clear();
    const [token, next] = [word(), word()];
    access.set(token, { scopes, untilMs: now() + ACCESS_MS });
    refresh = { token: next, scopes };
    return Response.json({
      access_token: token,
      token_type: 'bearer',
      refresh_token: next,
      expires_in: ACCESS_MS / 1_000 - 1,
      scope: scopes.join(' '),
      api_url: 'https://api.zoom.us',
    });
  }

  return {
    isFor: (request: Request) => (request.headers.get('authorization') ?? '') === basic,
    knows: (request: Request) => access.has(bearerOf(request)),
    isInstalled: () => refresh !== undefined,
    expire: () => access.clear(),
    end() {
      access.clear();
      refresh = undefined;
    },
    /**
     * The page that asks the admin. `sandbox_approve=1` stands for the press, `sandbox_deny=1` for the other one, `sandbox_scopes` for what
     * an account's roles leave of what was asked.
     */
    authorize(url: URL): Response {
      const asked = url.searchParams;
      const page = (line: string) =>
        new Response(`<h1>Zoom (sandbox)</h1><p>${line}</p>`, { status: 400, headers: { 'content-type': 'text/html' } });
      const redirectUri = asked.get('redirect_uri') ?? '';
      if (asked.get('client_id') !== app.clientId) return page('Invalid client_id (4702)');
      if (!app.redirectUris.includes(redirectUri)) return page('Invalid redirect (4700)');
      if (asked.get('response_type') !== 'code') return page('response_type must be code');
      const challenge = asked.get('code_challenge');
      if (challenge !== null && asked.get('code_challenge_method') !== 'S256') return page('code_challenge_method must be S256');
      const back = new URL(redirectUri);
      const state = asked.get('state');
      if (state !== null) back.searchParams.set('state', state);
      if (asked.get('sandbox_deny') === '1') back.searchParams.set('error', 'access_denied');
      else {
        if (asked.get('sandbox_approve') !== '1')
          return new Response(
            `<h1>Zoom (sandbox)</h1><p><a href="${url.pathname}${url.search.replaceAll('&', '&amp;')}&amp;sandbox_approve=1">Allow</a></p>`,
            { headers: { 'content-type': 'text/html' } },
          );
        const code = word();
        const scopes = asked.get('sandbox_scopes')?.split(' ') ?? app.scopes;
        codes.set(code, { redirectUri, challenge, scopes, untilMs: now() + CODE_MS });
        back.searchParams.set('code', code);
      }
      return new Response(null, { status: 302, headers: { location: back.href } });
    },
    /** `POST /oauth/token` with a code or a refresh token, each good once. */
    grant(request: Request, form: URLSearchParams): Response {
      if (request.method !== 'POST') return no(405, 'invalid_request', 'Method Not Allowed');
      switch (form.get('grant_type')) {
        case 'authorization_code': {
          const given = form.get('code') ?? '';
          const code = codes.get(given);
          codes.delete(given);
          if (!code || code.untilMs < now()) return no(400, 'invalid_grant', `Invalid authorization code ${given}`);
          if (form.get('redirect_uri') !== code.redirectUri) return no(400, 'invalid_request', 'Redirect URI mismatch.');
          const verifier = createHash('sha256')
            .update(form.get('code_verifier') ?? '')
            .digest('base64url');
          if (code.challenge !== null && verifier !== code.challenge) return no(400, 'invalid_grant', 'Code verifier does not match.');
          return issue(code.scopes);
        }
        case 'refresh_token':
          if (!refresh || form.get('refresh_token') !== refresh.token) return no(400, 'invalid_grant', 'Invalid Token!');
          return issue(refresh.scopes);
        default:
          return no(400, 'unsupported_grant_type', 'unsupported grant type');
      }
    },
    /** `POST /oauth/revoke`: the access token and everything granted with it is over. */
    revoke(request: Request, form: URLSearchParams): Response {
      if ((request.headers.get('authorization') ?? '') !== basic) return no(401, 'invalid_client', 'Invalid client_id or client_secret');
      if (!access.has(form.get('token') ?? '')) return no(400, 'invalid_request', 'Invalid Token!');
      this.end();
      return Response.json({ status: 'success' });
    },
    /** `GET /v2/users/me` */
    me(request: Request): Response {
      const refused = this.refusal(request, 'user:read:user:admin');
      return refused ?? Response.json({ id: 'kFFsbWPiQ2mh8jYxZkPwdA', account_id: accountId, role_name: 'Owner', status: 'active' });
    },
    refusal(request: Request, scope: string | null): Response | null {
      const held = access.get(bearerOf(request));
      if (!held || held.untilMs <= now()) return Response.json({ code: 124, message: 'Invalid access token.' }, { status: 401 });
      if (scope === null || held.scopes.includes(scope)) return null;
      return Response.json({ code: 4711, message: `Invalid access token, does not contain scopes:[${scope}].` }, { status: 400 });
    },
  };
}
