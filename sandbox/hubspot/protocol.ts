import { cast } from '../cast.ts';
import { keeper } from '../kit/keeper.ts';
import { type Exchange, serve } from '../kit/serve.ts';
import { openStore } from '../kit/store.ts';
import { noSuchPath, Refused, refusal } from './answer.ts';
import { type App, authorize, declared } from './authorize.ts';
import { crm } from './crm.ts';
import { type FaultPlan, openFaults } from './faults.ts';
import { hubspotRates, openLimits, type Rates } from './limits.ts';
import type { ObjectType } from './schema.ts';
import { seed } from './seed.ts';
import type { HubspotState } from './state.ts';
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
  const store = openStore(options.stateFile, () => seed(cast, new Date(now()).toISOString()));
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
