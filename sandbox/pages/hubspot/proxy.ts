import { createHmac } from 'node:crypto';

/** Whom HubSpot says is looking. */
interface Viewer {
  userId: number;
  email: string;
}

export interface ProxyOptions {
  /** Where the service really listens. */
  worker: string;
  /** Where HubSpot believes it listens: what cards ask for, and what is signed. */
  publicUrl: string;
  clientSecret: string;
  appId: number;
  portalId: number;
  /** The user signed in to the page that sent this request. */
  user: (request: Request) => Viewer;
  now?: () => number;
  fetch?: (request: Request) => Promise<Response>;
  timeoutMs?: number;
}

const concurrentMax = 20;
const bytesMax = 1024 * 1024;
const limitMs = 15_000;
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];

/**
 * What `hubspot.fetch` goes through (reference: "Fetching data for UI extensions"): it appends who is looking, signs v3
 * over the public address, and keeps HubSpot's limits. Takes `{ url, method, body, headers, timeout }` as JSON and answers
 * `{ status, body }`; a refusal of the proxy itself is one of those too.
 */
export function hubspotProxy(options: ProxyOptions): (request: Request) => Promise<Response> {
  const { publicUrl, worker, now = Date.now, fetch: send = fetch } = options;
  let running = 0;

  const forward = async (request: Request): Promise<Reply> => {
    const asked = parse(await request.text());
    if (typeof asked === 'string') return refused(400, asked);
    const url = permitted(asked.url, publicUrl);
    if (!url) return refused(400, 'The address is not in permittedUrls.fetch, or is not https');
    const body = asked.body === undefined ? '' : JSON.stringify(asked.body);
    if (Buffer.byteLength(body) > bytesMax) return refused(413, 'The request is larger than 1 MB');
    if (body !== '' && asked.method === 'GET') return refused(400, 'GET takes no body');

    const signed = `${url}${url.includes('?') ? '&' : '?'}${identity(options, request)}`;
    const timestamp = String(now());
    const headers: Record<string, string> = {
      'x-hubspot-signature-v3': signature(options.clientSecret, asked.method, signed, body, timestamp),
      'x-hubspot-request-timestamp': timestamp,
    };
    if (body !== '') headers['content-type'] = 'application/json';
    const address = worker.replace(/\/$/, '') + signed.slice(new URL(publicUrl).origin.length);
    const signal = AbortSignal.timeout(Math.min(asked.timeout ?? limitMs, options.timeoutMs ?? limitMs));
    const once = async () => {
      const init: RequestInit = { method: asked.method, headers, signal, redirect: 'manual' };
      const answer = await send(new Request(address, body === '' ? init : { ...init, body }));
      const bytes = await answer.arrayBuffer();
      if (bytes.byteLength > bytesMax) return refused(502, 'The answer is larger than 1 MB');
      const text = new TextDecoder().decode(bytes);
      // HubSpot keeps a failed answer's body to itself.
      return answer.ok ? { status: answer.status, body: text } : refused(answer.status, 'The app answered with a failure');
    };
    try {
      return await again(once, signal);
    } catch {
      return signal.aborted ? refused(504, 'The app did not answer in time') : refused(502, 'The app could not be reached');
    }
  };

  return async (request) => {
    if (running >= concurrentMax) return Response.json(refused(429, 'More than 20 requests at once'));
    running += 1;
    try {
      return Response.json(await forward(request));
    } finally {
      running -= 1;
    }
  };
}

interface Reply {
  status: number;
  body: string;
}

/** One automatic retry after a lost connection or a 5xx, with the same signature. */
async function again(once: () => Promise<Reply>, signal: AbortSignal): Promise<Reply> {
  try {
    const reply = await once();
    if (reply.status < 500) return reply;
  } catch (error) {
    if (signal.aborted) throw error;
  }
  return once();
}

interface Asked {
  url: string;
  method: string;
  body: Record<string, unknown> | undefined;
  timeout: number | undefined;
}

/** What the card wants, or why HubSpot would not take it. */
function parse(text: string): Asked | string {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return 'Not JSON';
  }
  if (typeof raw !== 'object' || raw === null) return 'Not a request';
  const { url, method = 'GET', body, headers, timeout } = raw as Record<string, unknown>;
  if (typeof url !== 'string') return 'An address is missing';
  if (typeof method !== 'string' || !methods.includes(method)) return 'No such method';
  if (headers !== undefined && headers !== null) {
    const names = Object.keys(headers);
    if (names.some((name) => name.toLowerCase() !== 'authorization')) return 'Custom headers are not passed on';
  }
  if (body !== undefined && (typeof body !== 'object' || body === null || Array.isArray(body))) return 'The body must be a JSON object';
  if (timeout !== undefined && typeof timeout !== 'number') return 'The timeout must be a number';
  return { url, method, body: body as Record<string, unknown> | undefined, timeout };
}

/** The address as it will be signed, when the app's permittedUrls hold it. The sandbox's own origin stands in for https. */
function permitted(url: string, publicUrl: string): string | null {
  if (!URL.canParse(url)) return null;
  const { href, origin, username, password } = new URL(url);
  if (username !== '' || password !== '' || origin !== new URL(publicUrl).origin) return null;
  return href.split('#')[0] ?? null;
}

function identity({ portalId, appId, user }: ProxyOptions, request: Request): string {
  const { userId, email } = user(request);
  return `userId=${userId}&portalId=${portalId}&userEmail=${encodeURIComponent(email)}&appId=${appId}`;
}

/** v3: base64 HMAC-SHA256 over method, address with HubSpot's own list of escapes decoded, body and timestamp. */
export function signature(secret: string, method: string, url: string, body: string, timestamp: string): string {
  return createHmac('sha256', secret)
    .update(method + decode(url) + body + timestamp)
    .digest('base64');
}

const escapes: Record<string, string> = {
  '3A': ':',
  '2F': '/',
  '3F': '?',
  '40': '@',
  '21': '!',
  '24': '$',
  '27': "'",
  '28': '(',
  '29': ')',
  '2A': '*',
  '2C': ',',
  '3B': ';',
};
const decode = (url: string) =>
  url.replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (whole, hex: string) => escapes[hex.toUpperCase()] ?? whole);

const refused = (status: number, message: string): Reply => ({ status, body: JSON.stringify({ status: 'error', message }) });
