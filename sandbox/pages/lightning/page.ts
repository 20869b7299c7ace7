import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { built } from './build.ts';
import { documentOf } from './document.ts';
import type { TimelineView } from './timeline-view.ts';

export interface LightningPage {
  /** Runs the stand-in for one `@AuraEnabled` method as this user. */
  apex: (call: {
    class: string;
    method: string;
    params: Record<string, unknown>;
    userId: string;
  }) => Promise<{ ok: true; body: unknown } | { ok: false; message: string }>;
  timeline: () => Promise<TimelineView>;
  play: () => Promise<void>;
  drop: (name: string, bytes: Uint8Array) => Promise<{ ok: boolean; line: string }>;
  /** The first one is who sits in front of the page at the start. */
  users: { id: string; name: string }[];
  /** Where the live socket goes, `http(s)` or `ws(s)`; the only foreign address the page may reach. */
  liveOrigin: string;
  recordId: string;
}

const TYPES: Record<string, string> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };
const APEX_BYTES_MAX = 256 * 1024;

/** Answers everything under `/lightning/`; null for other addresses. The page must have been built. */
export const lightningPage =
  (config: LightningPage) =>
  async (request: Request): Promise<Response | null> => {
    const url = new URL(request.url);
    if (url.pathname === '/lightning') return Response.redirect(new URL('/lightning/', url), 302);
    if (!url.pathname.startsWith('/lightning/')) return null;
    const what = url.pathname.slice('/lightning/'.length);
    if (request.method === 'GET') return get(config, url, what);
    // Another site's page in the same browser must not press this one's buttons.
    if (request.method !== 'POST' || (request.headers.get('sec-fetch-site') ?? 'same-origin') !== 'same-origin') return refuse(405);
    return post(config, request, url, what);
  };

async function get(config: LightningPage, url: URL, what: string): Promise<Response> {
  if (what === '') {
    const user = userOf(config, url.searchParams.get('user'));
    return new Response(
      documentOf({ user, users: config.users, recordId: config.recordId, isSetup: url.searchParams.get('page') === 'setup' }),
      {
        headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policyOf(config.liveOrigin) },
      },
    );
  }
  if (what === 'timeline.json') return Response.json(await config.timeline(), { headers: { 'cache-control': 'no-store' } });
  const type = /^[A-Za-z0-9_-]+\.(js|css)$/.exec(what)?.[1];
  if (!type) return refuse(404);
  try {
    return new Response(await readFile(join(built, what)), { headers: { 'content-type': TYPES[type] ?? '' } });
  } catch {
    return refuse(404);
  }
}

async function post(config: LightningPage, request: Request, url: URL, what: string): Promise<Response> {
  if (what === 'play') {
    await config.play();
    return new Response(null, { status: 204 });
  }
  if (what === 'drop') {
    const name = (url.searchParams.get('name') ?? 'file').slice(0, 200);
    return Response.json(await config.drop(name, new Uint8Array(await request.arrayBuffer())));
  }
  if (what !== 'apex') return refuse(404);
  const call = apexCallOf(await request.text());
  if (!call) return refuse(400);
  return Response.json(await config.apex({ ...call, userId: userOf(config, request.headers.get('x-user-id')).id }));
}

function apexCallOf(text: string): { class: string; method: string; params: Record<string, unknown> } | null {
  if (text.length > APEX_BYTES_MAX) return null;
  try {
    const call = JSON.parse(text) as { class?: unknown; method?: unknown; params?: unknown };
    if (typeof call.class !== 'string' || typeof call.method !== 'string' || typeof call.params !== 'object' || call.params === null)
      return null;
    return { class: call.class, method: call.method, params: call.params as Record<string, unknown> };
  } catch {
    return null;
  }
}

function userOf(config: LightningPage, id: string | null): { id: string; name: string } {
  const user = config.users.find((one) => one.id === id) ?? config.users[0];
  if (!user) throw new Error('the page needs a user');
  return user;
}

/** As Lightning Experience sends it: scripts from itself only, sockets to trusted addresses only. */
const policyOf = (liveOrigin: string) =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self' ${liveOrigin.replace(/^http/, 'ws').replace(/\/+$/, '')}`,
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'self'",
  ].join('; ');

const refuse = (status: number) => new Response(null, { status });
