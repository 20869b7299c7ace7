import { randomBytes } from 'node:crypto';
import type { ZoomApp } from './state.ts';

/** A server-to-server token lives for an hour. developers.zoom.us/docs/internal-apps/s2s-oauth */
const LIVES_MS = 3_600_000;

export interface Tokens {
  grant(request: Request, form: URLSearchParams): Response;
  /** A refusal in Zoom's words when the request's token is none of ours, or lacks the scope. */
  refusal(request: Request, scope: string | null): Response | null;
  expire(): void;
}

export function openTokens(app: ZoomApp, now: () => number): Tokens {
  const tokens = new Map<string, number>();
  return {
    grant(request, form) {
      const no = (status: number, reason: string, error: string) => Response.json({ reason, error }, { status });
      const wanted = `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`;
      if (request.method !== 'POST') return no(405, 'Method Not Allowed', 'invalid_request');
      if (form.get('grant_type') !== 'account_credentials') return no(400, 'unsupported grant type', 'unsupported_grant_type');
      if (request.headers.get('authorization') !== wanted) return no(401, 'Invalid client_id or client_secret', 'invalid_client');
      if (form.get('account_id') !== app.accountId) return no(400, 'Bad Request', 'invalid_request');
      const token = randomBytes(24).toString('base64url');
      tokens.set(token, now() + LIVES_MS);
      return Response.json({
        access_token: token,
        token_type: 'bearer',
        expires_in: LIVES_MS / 1_000 - 1,
        scope: app.scopes.join(' '),
        api_url: 'https://api.zoom.us',
      });
    },
    refusal(request, scope) {
      const token = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
      if ((tokens.get(token) ?? 0) <= now()) return Response.json({ code: 124, message: 'Invalid access token.' }, { status: 401 });
      if (scope === null || app.scopes.includes(scope)) return null;
      return Response.json({ code: 4711, message: `Invalid access token, does not contain scopes:[${scope}].` }, { status: 400 });
    },
    expire: () => tokens.clear(),
  };
}
