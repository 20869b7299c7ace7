import { cast } from '../cast.ts';
import { type Exchange, serve } from '../kit/serve.ts';
import { openStore } from '../kit/store.ts';
import { levelFor } from './access.ts';
import type { Ask, Reply } from './ask.ts';
import { type Faults, suffer } from './faults.ts';
import { authorize, openSession, token, userinfo, userOf } from './oauth.ts';
import { answer } from './resources.ts';
import { seed } from './seed.ts';
import { type Org, type Row, rowOf, rowsOf } from './state.ts';
import { type Activity, timelineOf } from './timeline.ts';

export interface SalesforceOptions {
  /** 0 picks a free one. */
  port: number;
  stateFile?: string | undefined;
  record?: ((exchange: Exchange) => void) | undefined;
  now?: (() => number) | undefined;
  faults?: Faults | undefined;
  /** The callback addresses registered on the app; the authorize page knows no others. */
  redirectUris?: readonly string[] | undefined;
  /** The certificate's public key, PEM; without it the JWT bearer flow is refused. */
  publicKeyPem?: string | undefined;
  /** API calls in 24 hours. */
  callsMax?: number | undefined;
}

export interface SalesforceTwin {
  /** Login host and instance in one. */
  origin: string;
  close(): Promise<void>;
  /** The activities a person sees on a record page, newest first. */
  timeline(recordId: string): Activity[];
  /** The record as stored, or undefined. */
  row(object: string, id: string): Row | undefined;
  rows(object: string): Row[];
  /** Stands for `ConnectApi.NamedCredentials.createCredential`. */
  setInstallKey(key: string): void;
  installKey(): string | undefined;
  /** The question Apex asks UserRecordAccess. */
  hasAccess(userId: string, recordId: string): boolean;
  /** An access token of this user, as if they had logged in. */
  login(userId: string): string;
  /** Ends every session, as an admin or a timeout would. */
  endSessions(): void;
  setCallsMax(calls: number): void;
}

const day = 86_400_000;
const newest = 68;

/** A Salesforce org on loopback. It refuses what the platform refuses; see the tests beside it. */
export async function startSalesforce(options: SalesforceOptions): Promise<SalesforceTwin> {
  const now = options.now ?? Date.now;
  const store = openStore(options.stateFile, () => seed(now()));
  const org: Org = { state: store.state, now, undo: [] };
  const app = {
    consumerKey: cast.salesforce.consumerKey,
    consumerSecret: cast.salesforce.consumerSecret,
    redirectUris: options.redirectUris ?? [],
    publicKeyPem: options.publicKeyPem,
  };
  let callsMax = options.callsMax ?? 15_000;

  async function respond(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const fault = options.faults?.({ method: request.method, path: url.pathname });
    return suffer(fault, async () => {
      const response = await route(request, url);
      org.undo = [];
      if (request.method !== 'GET' || url.pathname === '/services/oauth2/authorize') store.save();
      return response;
    });
  }

  async function route(request: Request, url: URL): Promise<Response> {
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /services/oauth2/authorize':
        return authorize(org, app, url);
      case 'POST /services/oauth2/token':
        return token(org, app, url.origin, new URLSearchParams(await request.text()));
      case 'GET /services/oauth2/userinfo':
      case 'POST /services/oauth2/userinfo': {
        const user = userOf(org, request.headers.get('authorization'));
        return user ? userinfo(org, url.origin, user) : new Response('Bad_OAuth_Token', { status: 403 });
      }
      case 'GET /services/data':
      case 'GET /services/data/':
        return Response.json(
          [66, 67, newest].map((version) => ({ label: `v${version}`, url: `/services/data/v${version}.0`, version: `${version}.0` })),
        );
      default:
        return data(request, url);
    }
  }

  async function data(request: Request, url: URL): Promise<Response> {
    const [, version, path = ''] = /^\/services\/data\/v(\d+\.0)(?:\/(.*))?$/.exec(url.pathname) ?? [];
    if (!version || Number(version) > newest) return refuse(404, 'NOT_FOUND', 'The requested resource does not exist');
    const userId = userOf(org, request.headers.get('authorization'));
    if (!userId) return refuse(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    if (now() - org.state.used.since >= day) org.state.used = { since: now(), calls: 0 };
    if (org.state.used.calls >= callsMax) return refuse(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    org.state.used.calls++;
    const read = await bodyOf(request);
    if ('response' in read) return read.response;
    const ask: Ask = {
      userId,
      method: request.method,
      path: path === '' ? [] : path.replace(/\/$/, '').split('/').map(decodeURIComponent),
      query: url.searchParams,
      body: read.body,
      headers: Object.fromEntries(request.headers),
      version,
    };
    return shown(answer(org, ask), `api-usage=${org.state.used.calls}/${callsMax}`);
  }

  const server = await serve(respond, { vendor: 'salesforce', port: options.port, record: options.record, bodyMaxBytes: 6 * 1024 * 1024 });
  return {
    origin: server.origin,
    close: server.close,
    timeline: (recordId) => timelineOf(org, recordId),
    row: (object, id) => rowOf(org, object, id),
    rows: (object) => rowsOf(org, object),
    setInstallKey(key) {
      org.state.installKey = key;
      store.save();
    },
    installKey: () => org.state.installKey ?? undefined,
    hasAccess: (userId, recordId) => levelFor(org, userId, recordId) !== 'None',
    login: (userId) => openSession(org, userId),
    endSessions() {
      org.state.sessions = {};
      store.save();
    },
    setCallsMax(calls) {
      callsMax = calls;
    },
  };
}

const refuse = (status: number, errorCode: string, message: string) => Response.json([{ message, errorCode }], { status });

function shown(reply: Reply, usage: string): Response {
  const headers = { 'sforce-limit-info': usage };
  if (reply.body === undefined) return new Response(null, { status: reply.status, headers });
  return Response.json(reply.body, { status: reply.status, headers });
}

async function bodyOf(request: Request): Promise<{ body: unknown } | { response: Response }> {
  if (request.method === 'GET' || request.method === 'DELETE') return { body: undefined };
  if (!request.headers.get('content-type')?.startsWith('application/json'))
    return { response: refuse(415, 'UNSUPPORTED_MEDIA_TYPE', 'The content type must be application/json') };
  try {
    return { body: JSON.parse(await request.text()) };
  } catch {
    return { response: refuse(400, 'JSON_PARSER_ERROR', 'The request is not well-formed JSON') };
  }
}
