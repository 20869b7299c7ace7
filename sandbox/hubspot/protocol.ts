import { cast } from '../cast.ts';
import { type Exchange, serve } from '../kit/serve.ts';
import { invalid, noSuchPath, Refused, refusal } from './answer.ts';
import { associations, oneAssociation } from './associations.ts';
import { type App, authorize, declared } from './authorize.ts';
import { type FaultPlan, openFaults } from './faults.ts';
import { hubspotRates, openLimits, type Rates } from './limits.ts';
import { objects } from './objects.ts';
import { owners } from './owners.ts';
import { pipelines } from './pipelines.ts';
import { properties } from './properties.ts';
import type { Desk } from './records.ts';
import { type ObjectType, objectType } from './schema.ts';
import { demand, scopesFor } from './scopes.ts';
import { type HubspotState, openState } from './state.ts';
import { type TimelineEntry, timeline } from './timeline.ts';
import { bearer, type Issued, issue, token } from './tokens.ts';

export interface HubspotOptions {
  port: number;
  stateFile?: string;
  record?: (exchange: Exchange) => void;
  /** Milliseconds since 1970. */
  now?: () => number;
  faults?: FaultPlan;
  /** HubSpot's own unless given. */
  rates?: Rates;
  /** Redirect addresses the app declared, in place of the usual ones. */
  redirectUrls?: readonly string[];
}

export interface Hubspot {
  origin: string;
  port: number;
  state: HubspotState;
  close(): Promise<void>;
  /** Tokens as if somebody had agreed on the consent page. */
  grant(scopes?: readonly string[], userId?: number): Issued;
  setFaults(plan: FaultPlan | undefined): void;
  timeline(object: ObjectType, id: string): TimelineEntry[];
  /** Requests refused for going over the rate, and faults met. */
  count(): { limited: number; faults: number };
}

/** HubSpot on loopback: consent page, token endpoint and the CRM API, seeded with the cast. */
export async function startHubspot(options: HubspotOptions): Promise<Hubspot> {
  const now = options.now ?? Date.now;
  const store = openState(options.stateFile, now);
  const { state } = store;
  const keep = keeper(() => store.save());
  const app: App = { ...declared, ...(options.redirectUrls ? { redirectUrls: options.redirectUrls } : {}) };
  const limits = openLimits(options.rates ?? hubspotRates, now);
  const faults = openFaults(options.faults);

  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const path = url.pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
    if (path[0] === 'oauth') {
      const response = await oauth(request, path);
      keep.changed();
      return response;
    }
    const text = request.method === 'GET' ? '' : await request.text();
    let headers: Record<string, string> = {};
    try {
      const grant = bearer(state, request.headers.get('authorization'), now());
      if (grant === 'missing')
        throw new Refused(
          401,
          'INVALID_AUTHENTICATION',
          'Authentication credentials not found. This API supports OAuth 2.0 authentication.',
        );
      if (grant === 'expired') throw new Refused(401, 'EXPIRED_AUTHENTICATION', 'The OAuth token used to make this call expired.');
      const limited = limits.take(path.at(-1) === 'search');
      if (limited instanceof Response) return limited;
      headers = limited;
      const response = await faults.meet(request.method, url.pathname, () => {
        const answered = crm({ state, now }, grant.scopes, request.method, path, url.searchParams, text);
        if (request.method !== 'GET') keep.changed();
        return answered;
      });
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      return response;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const response = refusal(error);
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      return response;
    }
  };

  const oauth = async (request: Request, path: string[]): Promise<Response> => {
    const at = path.slice(1).join('/');
    if (at === 'authorize') return authorize(state, app, cast.hubspot, request, now());
    if (request.method === 'POST' && (at === '2026-09/token' || at === 'v1/token')) return token(state, cast.hubspot, request, now());
    return refusal(noSuchPath());
  };

  const served = await serve(answer, { vendor: 'hubspot', port: options.port, record: options.record, bodyMaxBytes: 4 * 1024 * 1024 });
  return {
    origin: served.origin,
    port: served.port,
    state,
    async close() {
      await served.close();
      keep.flush();
    },
    grant(
      scopes = [...declared.requiredScopes, 'crm.schemas.deals.write', 'crm.schemas.contacts.write'],
      userId = cast.hubspot.rep.userId,
    ) {
      const issued = issue(state, userId, scopes, now());
      keep.changed();
      return issued;
    },
    setFaults: faults.set,
    timeline: (object, id) => timeline(state, object, id),
    count: () => ({ limited: limits.refused(), faults: faults.met() }),
  };
}

/** One CRM request: the dated paths, and those `@hubspot/api-client` 14 still calls. */
function crm(
  { state, now }: { state: HubspotState; now: () => number },
  granted: readonly string[],
  method: string,
  path: string[],
  query: URLSearchParams,
  text: string,
): Response {
  if (path[0] !== 'crm') throw noSuchPath();
  const dated = path[2] === '2026-09';
  const [room, version] = dated ? [path[1], path[2]] : [path[2], path[1]];
  const rest = path.slice(3);
  if (version !== '2026-09' && version !== 'v3' && version !== 'v4') throw noSuchPath();
  const desk: Desk = { state, now, dated };
  const body = parse(text);
  const reads = method === 'GET' || rest.at(-1) === 'search' || rest.slice(-2).join('/') === 'batch/read';
  const typed = (name: string | undefined): ObjectType => {
    const type = objectType(name ?? '');
    if (!type) throw invalid(`Unable to infer object type from: ${name}`);
    return type;
  };

  switch (room) {
    case 'owners':
      demand(granted, scopesFor('owners', method, undefined, true));
      return owners(state, method, rest, query);
    case 'pipelines':
      demand(granted, scopesFor('pipelines', method, undefined, true));
      return pipelines(state, method, typed(rest[0]), rest.slice(1));
    case 'properties':
      demand(granted, scopesFor('properties', method, undefined, reads));
      return properties(desk, method, typed(rest[0]), rest.slice(1), body);
    case 'associations':
      demand(granted, scopesFor('associations', method, undefined, reads));
      return associations(desk, method, typed(rest[0]), typed(rest[1]), rest.slice(2), body);
    case 'objects': {
      const type = typed(rest[0]);
      if (rest[2] === 'associations') {
        demand(granted, scopesFor('associations', method, undefined, reads));
        const isDefault = rest[3] === 'default';
        const [to, toId] = rest.slice(isDefault ? 4 : 3);
        return oneAssociation(desk, method, type, rest[1] ?? '', typed(to), toId, isDefault ? 'default' : 'labelled', body);
      }
      demand(granted, scopesFor('objects', method, type, reads));
      return objects(desk, method, type, rest.slice(1), query, body);
    }
    default:
      throw noSuchPath();
  }
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('Invalid input JSON');
  }
}

/** Saves at once while the state is small, and never spends more than a tenth of the time on saving. */
function keeper(save: () => void) {
  let freeAt = 0;
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const started = performance.now();
    save();
    freeAt = performance.now() + (performance.now() - started) * 10;
  };
  return {
    flush,
    changed() {
      if (timer) return;
      const wait = freeAt - performance.now();
      if (wait <= 0) flush();
      else timer = setTimeout(flush, wait).unref();
    },
  };
}
