import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';

const TIMEOUT_MS = 10_000;
const ANSWER_MAX_BYTES = 4 * 1024 * 1024;
/** A token that ends sooner than this may end on the way. */
const MARGIN_MS = 60_000;
const WAIT_MAX_MS = 3_600_000;

/** A server-to-server OAuth app in the customer's own Zoom account. `api` and `login` are origins. */
export interface ZoomAccess {
  api: string;
  login: string;
  accountId: string;
  clientId: string;
  clientSecret: string;
  /** Where the account installed our own app: its token, which is renewed elsewhere. */
  token?: (refused?: string) => Promise<Result<string>>;
  now(): number;
}

export interface ZoomClient {
  /** A bearer token that lives for a minute at least; another one than `refused`. */
  token(refused?: string): Promise<Result<string>>;
  /** One GET, read by `shape`. */
  get<T>(path: string, shape: z.ZodMiniType<T>): Promise<Result<T>>;
}

const grant = z.object({ access_token: z.string().check(z.minLength(1)), expires_in: z.number() });

/** JSON over fetch, under a token that is asked for when it is first needed. developers.zoom.us/docs/internal-apps/s2s-oauth */
export function zoomClient(access: ZoomAccess): ZoomClient {
  let held: { token: string; untilMs: number } | undefined;

  async function token(refused?: string): Promise<Result<string>> {
    if (access.token) return access.token(refused);
    if (held && held.token !== refused && held.untilMs > access.now() + MARGIN_MS) return ok(held.token);
    const asked = new URLSearchParams({ grant_type: 'account_credentials', account_id: access.accountId });
    const said = await answerOf(`${access.login}/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa(`${access.clientId}:${access.clientSecret}`)}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: asked.toString(),
    });
    if (!said.ok) return said;
    const { status, text } = said.value;
    if (status >= 400 && status < 500 && status !== 429)
      return failed({ kind: 'expired', said: 'Zoom does not open this account with these credentials. Check the app in its Marketplace.' });
    const read = grant.safeParse(status === 200 ? parsed(text) : undefined);
    if (!read.success) return failed(faultOf(said.value));
    held = { token: read.data.access_token, untilMs: access.now() + read.data.expires_in * 1_000 };
    return ok(held.token);
  }

  async function getOnce(path: string, bearer: string): Promise<Result<Said>> {
    return answerOf(`${access.api}${path}`, { headers: { authorization: `Bearer ${bearer}`, accept: 'application/json' } });
  }

  return {
    token,
    async get(path, shape) {
      const bearer = await token();
      if (!bearer.ok) return bearer;
      let said = await getOnce(path, bearer.value);
      if (said.ok && said.value.status === 401) {
        const fresh = await token(bearer.value);
        if (!fresh.ok) return fresh;
        said = await getOnce(path, fresh.value);
      }
      if (!said.ok) return said;
      if (said.value.status !== 200) return failed(faultOf(said.value));
      const read = shape.safeParse(parsed(said.value.text));
      return read.success ? ok(read.data) : failed({ kind: 'broken', said: 'Zoom answered in a shape we do not know.' });
    },
  };
}

interface Said {
  status: number;
  text: string;
  retryAfter: string | null;
}

async function answerOf(url: string, init: RequestInit): Promise<Result<Said>> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await shortText(response);
    if (text === null) return failed({ kind: 'broken', said: 'Zoom answered with more than we take.' });
    return ok({ status: response.status, text, retryAfter: response.headers.get('retry-after') });
  } catch {
    return failed({ kind: 'broken', said: 'Zoom does not answer.' });
  }
}

async function shortText(response: Response): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > ANSWER_MAX_BYTES) return null;
    parts.push(part);
  }
  return new TextDecoder().decode(await new Blob(parts as BlobPart[]).arrayBuffer());
}

const refusal = z.object({ code: z.number() });

/** What a status and Zoom's own code mean for us. 4711: the app lacks a scope; 3301 and 3001: no such recording, no such meeting. */
function faultOf({ status, text, retryAfter }: Said) {
  const code = refusal.safeParse(parsed(text)).data?.code;
  if (status === 429) return { kind: 'busy', said: 'Zoom asks us to wait.', retryAfterMs: waitOf(retryAfter) } as const;
  if (status === 404 || code === 3301 || code === 3001) return { kind: 'gone', said: 'Zoom has no such meeting any more.' } as const;
  // It hides every meeting until a person mends it, as lost credentials do.
  if (code === 4711)
    return {
      kind: 'expired',
      said: 'The Zoom app lacks a scope. Add it (docs/deploy.md lists them) and save its settings again.',
    } as const;
  if (status === 401) return { kind: 'expired', said: 'Zoom no longer accepts this connection. Connect it again.' } as const;
  if (status >= 400 && status < 500) return { kind: 'refused', said: `Zoom refuses this (${status}).` } as const;
  return { kind: 'broken', said: `Zoom answered ${status}.` } as const;
}

/** Seconds, or a moment; a minute when it says neither. */
export function waitOf(retryAfter: string | null, nowMs?: number): number {
  const seconds = Number(retryAfter ?? Number.NaN);
  if (retryAfter !== null && retryAfter !== '' && Number.isFinite(seconds)) return Math.min(WAIT_MAX_MS, Math.max(1_000, seconds * 1_000));
  const atMs = nowMs === undefined || retryAfter === null ? Number.NaN : Date.parse(retryAfter);
  return Number.isFinite(atMs) && nowMs !== undefined ? Math.min(WAIT_MAX_MS, Math.max(1_000, atMs - nowMs)) : 60_000;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
