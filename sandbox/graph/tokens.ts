import { randomBytes } from 'node:crypto';
import { refusal } from './answer.ts';
import type { GraphApp } from './state.ts';

const LIVES_MS = 3_600_000;

export interface Tokens {
  /** POST /{directory}/oauth2/v2.0/token */
  grant(directoryId: string, request: Request, form: URLSearchParams): Response;
  /** A refusal when the request's token is none of ours, or the app lacks the permission. */
  refusal(request: Request, permission: string | null): Response | null;
  /** Which app asks. */
  clientOf(request: Request): string;
  expire(): void;
}

/** `other` is an app that the directory has consented to, while it has. */
export function openTokens(
  app: GraphApp,
  now: () => number,
  other?: () => Pick<GraphApp, 'clientId' | 'clientSecret'> | undefined,
): Tokens {
  const tokens = new Map<string, { clientId: string; untilMs: number }>();
  const no = (status: number, error: string, code: number, what: string) =>
    Response.json({ error, error_description: `AADSTS${code}: ${what}`, error_codes: [code] }, { status });
  return {
    grant(directoryId, request, form) {
      if (request.method !== 'POST') return no(400, 'invalid_request', 900561, 'The endpoint only accepts POST requests.');
      if (directoryId !== app.directoryId) return no(400, 'invalid_request', 90002, `Tenant '${directoryId}' not found.`);
      if (form.get('grant_type') !== 'client_credentials')
        return no(400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.');
      const known = [app, other?.()].find((one) => one?.clientId === form.get('client_id'));
      if (!known) return no(400, 'unauthorized_client', 700016, 'Application was not found in the directory.');
      if (form.get('client_secret') !== known.clientSecret) return no(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
      if (form.get('scope') !== 'https://graph.microsoft.com/.default')
        return no(400, 'invalid_scope', 1002012, 'The provided value for scope is not valid.');
      const token = randomBytes(32).toString('base64url');
      tokens.set(token, { clientId: known.clientId, untilMs: now() + LIVES_MS });
      return Response.json({
        token_type: 'Bearer',
        expires_in: LIVES_MS / 1_000 - 1,
        ext_expires_in: LIVES_MS / 1_000 - 1,
        access_token: token,
      });
    },
    clientOf: (request) => tokens.get(bearerOf(request))?.clientId ?? app.clientId,
    refusal(request, permission) {
      const token = bearerOf(request);
      if ((tokens.get(token)?.untilMs ?? 0) <= now())
        return refusal(401, 'InvalidAuthenticationToken', 'Access token has expired or is not yet valid.');
      if (permission === null || app.permissions.includes(permission)) return null;
      return refusal(403, 'Forbidden', `Missing role permissions on the request. API requires one of '${permission}'.`);
    },
    expire: () => tokens.clear(),
  };
}

const bearerOf = (request: Request): string => /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
