import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cast } from '../../cast.ts';
import { buildHubspotPage, builtDir, cardFile, cards } from './build.ts';
import { hubspotProxy } from './proxy.ts';
import type { PageUser, Settings } from './settings.ts';
import type { TimelineView } from './timeline.ts';

export { buildHubspotPage };

export interface HubspotPageConfig {
  /** Where the Worker listens. */
  worker: string;
  /** The Worker's own idea of its address (`PUBLIC_URL`): cards ask there and HubSpot signs it. */
  publicUrl: string;
  timeline: () => Promise<TimelineView>;
  /** Starts the sample call; resolves when it rings. What it throws is shown as it is. */
  play: () => Promise<void>;
  /** Takes a dropped file; answers a sentence for people. What it throws is shown as it is. */
  drop: (file: DroppedFile) => Promise<string>;
  users?: PageUser[];
  dealId?: string;
}

interface DroppedFile {
  name: string;
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
  user: PageUser;
}

const { rep, colleague, hubspot } = cast;
const pageUsers: PageUser[] = [
  { key: 'sam', userId: hubspot.rep.userId, firstName: rep.first, lastName: rep.last, email: rep.email, note: 'owner of the deal' },
  {
    key: 'lena',
    userId: hubspot.colleague.userId,
    firstName: colleague.first,
    lastName: colleague.last,
    email: colleague.email,
    note: 'another team',
  },
];

const dropMaxBytes = 25 * 1024 * 1024;

/**
 * Everything below `/hubspot/`; null for any other path. Needs `buildHubspotPage()` to have run.
 * `GET /hubspot/[?user=lena][#conversation]` page · `timeline.json` · `config.json` · `POST fetch` (the cards' proxy) ·
 * `POST play` · `POST drop?name=`.
 */
export function hubspotPage(config: HubspotPageConfig): (request: Request) => Promise<Response | null> {
  const users = config.users ?? pageUsers;
  const userOf = (request: Request): PageUser => {
    const key = new URL(request.url).searchParams.get('user');
    const user = users.find((one) => one.key === key) ?? users[0];
    if (!user) throw new Error('The page needs a user');
    return user;
  };
  const proxy = hubspotProxy({
    worker: config.worker,
    publicUrl: config.publicUrl,
    clientSecret: hubspot.clientSecret,
    appId: hubspot.appId,
    portalId: hubspot.portalId,
    user: userOf,
  });

  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/hubspot') return new Response(null, { status: 302, headers: { location: '/hubspot/' } });
    if (!pathname.startsWith('/hubspot/')) return null;
    const path = pathname.slice('/hubspot/'.length);
    if (request.method !== 'POST') return get(path, request);
    // Another site open in the same browser must not press our buttons.
    const site = request.headers.get('sec-fetch-site');
    if (site !== null && site !== 'same-origin') return new Response('Only from this page', { status: 403 });
    switch (path) {
      case 'fetch':
        return proxy(request);
      case 'play':
        return told(async () => {
          await config.play();
          return 'Calling Maya. Watch the card on the right.';
        });
      case 'drop':
        return told(async () => {
          const bytes = new Uint8Array(await request.arrayBuffer());
          if (bytes.byteLength > dropMaxBytes) throw new Error('This file is larger than 25 MB.');
          const contentType = request.headers.get('content-type') ?? 'application/octet-stream';
          return config.drop({ name: searchParams.get('name') ?? 'transcript.txt', contentType, bytes, user: userOf(request) });
        });
      default:
        return new Response('Not found', { status: 404 });
    }
  };

  async function get(path: string, request: Request): Promise<Response> {
    switch (path) {
      case '':
        return file(join(import.meta.dirname, 'page.html'), 'text/html', pagePolicy);
      case 'page.css':
        return file(join(import.meta.dirname, 'page.css'), 'text/css');
      case 'page.js':
        return file(join(builtDir, 'page.js'), 'text/javascript');
      case 'worker.js':
        return file(join(builtDir, 'worker.js'), 'text/javascript', workerPolicy);
      case 'timeline.json':
        return Response.json(await config.timeline(), { headers: { 'cache-control': 'no-store' } });
      case 'config.json':
        return Response.json(settings(userOf(request)), { headers: { 'cache-control': 'no-store' } });
      default: {
        const card = cards.find((name) => path === `cards/${name}.js`);
        return card ? file(cardFile(card), 'text/javascript') : new Response('Not found', { status: 404 });
      }
    }
  }

  function settings(user: PageUser): Settings {
    return {
      user,
      users,
      portal: { id: hubspot.portalId, timezone: cast.timeZone },
      app: { id: hubspot.appId, name: 'Relationship OS' },
      record: { objectId: Number(config.dealId ?? hubspot.dealId), objectTypeId: '0-3' },
      variables: { API_ORIGIN: config.publicUrl.replace(/\/$/, '') },
    };
  }
}

const pagePolicy =
  "default-src 'self'; worker-src 'self' blob:; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";
/** The worker may run the bundle it was handed and reach nothing at all. */
const workerPolicy = "default-src 'none'; script-src 'unsafe-eval'";

function file(path: string, type: string, policy?: string): Response {
  if (!existsSync(path)) return new Response('Not built yet: buildHubspotPage() makes it', { status: 503 });
  const headers = { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  return new Response(readFileSync(path), { headers: policy ? { ...headers, 'content-security-policy': policy } : headers });
}

/** What came of a press, as a notice for the page. */
async function told(act: () => Promise<string>): Promise<Response> {
  try {
    return Response.json({ type: 'success', message: await act() });
  } catch (error) {
    return Response.json({ type: 'danger', message: error instanceof Error ? error.message : 'That did not work.' });
  }
}
