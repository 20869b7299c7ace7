import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';

const TIMEOUT_MS = 10_000;
const ANSWER_MAX_BYTES = 4 * 1024 * 1024;
const MARGIN_MS = 60_000;
const WAIT_MAX_MS = 3_600_000;

/** An app registration in the customer's own directory, with application permissions. `api` and `login` are origins. */
export interface GraphAccess {
  api: string;
  login: string;
  /** The directory (tenant) id, a GUID. */
  directoryId: string;
  clientId: string;
  clientSecret: string;
  now(): number;
}

export interface GraphClient {
  /** One request, its answer read by `shape`; an answer with no body is read as null. */
  send<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, shape: z.ZodMiniType<T>, body?: unknown): Promise<Result<T>>;
  /** The answer itself, unread; for files. */
  open(path: string): Promise<Result<Response>>;
}

const grant = z.object({ access_token: z.string().check(z.minLength(1)), expires_in: z.number() });

/** Graph in the app's own name. learn.microsoft.com/graph/auth-v2-service */
export function graphClient(access: GraphAccess): GraphClient {
  let held: { token: string; untilMs: number } | undefined;

  async function token(refused?: string): Promise<Result<string>> {
    if (held && held.token !== refused && held.untilMs > access.now() + MARGIN_MS) return ok(held.token);
    const form = new URLSearchParams({
      client_id: access.clientId,
      client_secret: access.clientSecret,
      scope: 'https://graph.microsoft.com/.default',
      grant_type: 'client_credentials',
    });
    const response = await asked(`${access.login}/${encodeURIComponent(access.directoryId)}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    if (!response) return away;
    const text = await shortText(response);
    if ([400, 401, 403].includes(response.status))
      return failed({
        kind: 'expired',
        said: 'Microsoft does not open this directory with these credentials. Check the app registration.',
      });
    const read = grant.safeParse(response.status === 200 ? parsed(text) : undefined);
    if (!read.success) return failed(faultOf(response, text));
    held = { token: read.data.access_token, untilMs: access.now() + read.data.expires_in * 1_000 };
    return ok(held.token);
  }

  async function authorized(path: string, init: RequestInit): Promise<Result<Response>> {
    const bearer = await token();
    if (!bearer.ok) return bearer;
    const once = (with_: string) =>
      asked(`${access.api}${path}`, { ...init, headers: { ...init.headers, authorization: `Bearer ${with_}` } });
    const first = await once(bearer.value);
    if (first?.status !== 401) return first ? ok(first) : away;
    await first.body?.cancel();
    const fresh = await token(bearer.value);
    if (!fresh.ok) return fresh;
    const second = await once(fresh.value);
    return second ? ok(second) : away;
  }

  return {
    async send(method, path, shape, body) {
      const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const response = await authorized(path, { method, ...json });
      if (!response.ok) return response;
      const text = await shortText(response.value);
      if (response.value.status >= 300) return failed(faultOf(response.value, text));
      const read = shape.safeParse(text === '' ? null : parsed(text));
      return read.success ? ok(read.data) : failed({ kind: 'broken', said: 'Graph answered in a shape we do not know.' });
    },
    async open(path) {
      const response = await authorized(path, { method: 'GET' });
      if (!response.ok || response.value.status === 200) return response;
      return failed(faultOf(response.value, await shortText(response.value)));
    },
  };
}

const away = failed({ kind: 'broken', said: 'Graph does not answer.' } as const);

/** Redirects are not followed: nothing we ask for is anywhere else. */
async function asked(url: string, init: RequestInit): Promise<Response | null> {
  try {
    return await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch {
    return null;
  }
}

/** Empty for more than we take, and for an answer that broke off. */
async function shortText(response: Response): Promise<string> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for await (const part of response.body ?? []) {
      size += part.length;
      if (size > ANSWER_MAX_BYTES) return '';
      parts.push(Uint8Array.from(part));
    }
  } catch {
    return '';
  }
  return new TextDecoder().decode(await new Blob(parts).arrayBuffer());
}

const refusal = z.object({ error: z.object({ code: z.string() }) });

function faultOf({ status, headers }: Response, text: string) {
  const code = refusal.safeParse(parsed(text)).data?.error.code ?? '';
  if (status === 429 || (status === 503 && headers.has('retry-after')))
    return { kind: 'busy', said: 'Graph asks us to wait.', retryAfterMs: waitOf(headers.get('retry-after')) } as const;
  if (status === 404 || status === 410) return { kind: 'gone', said: 'Microsoft has no such meeting any more.' } as const;
  if (status === 401) return { kind: 'expired', said: 'Microsoft no longer accepts this connection. Connect it again.' } as const;
  if (status === 409) return { kind: 'changed', said: 'Microsoft says that this is there already.' } as const;
  // The app may read transcripts and yet not this user's: a policy names the users it may speak for.
  if (status === 403)
    return {
      kind: 'refused',
      said:
        code === 'SpeakerAttributionNotAllowed'
          ? 'Teams hides who spoke. Allow speaker attribution in the Teams admin center.'
          : 'Teams does not let the app at this meeting. Check its permissions and the application access policy.',
    } as const;
  if (status >= 400 && status < 500) return { kind: 'refused', said: `Graph refuses this (${status}).` } as const;
  return { kind: 'broken', said: `Graph answered ${status}.` } as const;
}

/** Graph says seconds. */
function waitOf(retryAfter: string | null): number {
  const seconds = Number(retryAfter ?? Number.NaN);
  return retryAfter !== null && retryAfter !== '' && Number.isFinite(seconds)
    ? Math.min(WAIT_MAX_MS, Math.max(1_000, seconds * 1_000))
    : 60_000;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
