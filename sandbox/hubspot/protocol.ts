import { cast } from '../cast.ts';
import { type Answer, type Exchange, serve } from '../kit/serve.ts';
import { nothing, Refused, refusal } from './answer.ts';
import { type App, authorize, declared } from './authorize.ts';
import { type CallByOther, logCallByOther } from './call-by-other.ts';
import { crm } from './crm.ts';
import type { FaultPlan } from './fault-plan.ts';
import { openFaults } from './faults.ts';
import { openJournal } from './journal.ts';
import { hubspotRates, type Rates } from './limits.ts';
import { oauth } from './oauth.ts';
import { type People, people } from './people.ts';
import { openPortals, type Portal } from './portals.ts';
import type { ObjectType } from './schema.ts';
import { demand } from './scopes.ts';
import type { Change, Grant, HubspotState } from './state.ts';
import type { Count } from './tally.ts';
import { type TimelineEntry, timeline } from './timeline.ts';
import { bearer, type Issued, issue, uninstall } from './tokens.ts';
import type { Webhooks } from './webhooks.ts';

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
  /** How many accounts; 1 unless given. Their ids go on from the cast's. */
  portals?: number;
  /** Every refresh gives another refresh token and ends the old one; HubSpot hands the same one back. */
  rotatesRefresh?: boolean;
}

export interface HubspotPortal {
  portalId: number;
  state: HubspotState;
  timeline(object: ObjectType, id: string): TimelineEntry[];
  /** What people do in the CRM themselves. */
  people: People;
  /** The call record another integration leaves; its id. */
  logCallByOther(call: CallByOther): string;
  /** Events this portal sends out. */
  webhooks: Webhooks;
  /** What this portal was asked and what it met. */
  count(): Count;
  /** Tokens as if somebody had agreed on the consent page. */
  grant(scopes?: readonly string[], userId?: number): Issued;
}

/** The twin; what a portal has, it has for the cast's. */
export interface Hubspot extends HubspotPortal {
  origin: string;
  port: number;
  close(): Promise<void>;
  portals: readonly HubspotPortal[];
  /** Throws when there is no such portal. */
  portal(id: number): HubspotPortal;
  /** Replaces the plan of all portals; `daily` limits end. */
  setFaults(plan: FaultPlan | undefined): void;
  /** Writes that were given up and have not landed yet. */
  pendingLate(): number;
  /** Ends once they have landed. */
  settleLate(): Promise<void>;
  /** An admin removes the app: its tokens die at once, a refresh is told `invalid_grant`, and the journal has it if we subscribed. */
  uninstall(portalId: number): void;
}

/** HubSpot on loopback: consent page, token endpoint and the CRM API, seeded with the cast. */
export async function startHubspot(options: HubspotOptions): Promise<Hubspot> {
  const now = options.now ?? Date.now;
  const portals = openPortals(options.portals ?? 1, options.rates ?? hubspotRates, now, options.stateFile);
  const app: App = { ...declared, ...(options.redirectUrls ? { redirectUrls: options.redirectUrls } : {}) };
  const faults = openFaults(options.faults, now);
  const journal = openJournal(now);
  const takeOut = (portal: Portal, userId: number) => {
    uninstall(portal);
    journal.tell(portal.id, '4-1916193', userId);
  };

  const answer = async (request: Request): Promise<Answer> => {
    const url = new URL(request.url);
    const path = url.pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
    if (path[0] === 'oauth') {
      const at = path.slice(1).join('/');
      if (at === 'authorize') return authorize(portals, app, cast.hubspot, request, now());
      return oauth(portals, faults, journal, request, at, now(), options.rotatesRefresh ?? false);
    }
    if (path[0] === 'journal-files' && request.method === 'GET') return journal.file(request, path[1] ?? '');
    if (path[0] === 'webhooks-journal') {
      const body = await request.text();
      return answered(() => journal.answer(request, path, body, url.origin));
    }
    const given = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    const portal = portals.named(given);
    const { tally } = portal;
    const asked = { portalId: portal.id, method: request.method, path: url.pathname + url.search, body: await request.text() };
    tally.asked(asked.method, url.pathname);
    const ruled = (work: () => Response): Response => {
      const response = answered(work);
      tally.answered(response.status);
      return response;
    };
    const grant = bearer(portal, given, now());
    if (typeof grant === 'string') return ruled(() => turnAway(grant));
    const limited = portal.limits.take(path.at(-1) === 'search');
    if (limited instanceof Response) return limited;
    const response = await faults.meet(asked, {
      carryOut: (body = asked.body) =>
        ruled(() => {
          try {
            return perform(portal, grant, now, takeOut, request.method, path, url.searchParams, body);
          } finally {
            if (request.method !== 'GET') portal.changed();
          }
        }),
      expire() {
        grant.expiresAt = now();
        portal.changed();
      },
      met: tally.met,
      landedLate: tally.landedLate,
    });
    if (response !== 'reset') for (const [name, value] of Object.entries(limited)) response.headers.set(name, value);
    return response;
  };

  const served = await serve(answer, { vendor: 'hubspot', port: options.port, record: options.record, bodyMaxBytes: 4 * 1024 * 1024 });
  const shown = portals.all.map((portal) => show(portal, now));
  const find = (id: number) => {
    const found = portals.at(id);
    if (!found) throw new Error(`The HubSpot twin has no portal ${id}.`);
    return found;
  };
  return {
    ...show(portals.first, now),
    origin: served.origin,
    port: served.port,
    async close() {
      await served.close();
      faults.close();
      for (const { webhooks } of portals.all) webhooks.close();
      portals.save();
    },
    portals: shown,
    portal: (id) => show(find(id), now),
    setFaults: faults.set,
    pendingLate: faults.pendingLate,
    settleLate: faults.settleLate,
    uninstall: (id) => takeOut(find(id), cast.hubspot.rep.userId),
  };
}

/** What a request does once it was let in. */
function perform(
  portal: Portal,
  grant: Grant,
  now: () => number,
  takeOut: (portal: Portal, userId: number) => void,
  method: string,
  path: string[],
  query: URLSearchParams,
  body: string,
): Response {
  if (method === 'DELETE' && path.join('/') === 'appinstalls/2026-09/external-install') {
    demand(grant.scopes, ['oauth']);
    takeOut(portal, grant.userId);
    return nothing();
  }
  return crm({ state: portal.state, now, tell: portal.webhooks.tell }, grant.scopes, method, path, query, body);
}

function turnAway(why: 'missing' | 'expired'): never {
  if (why === 'expired') throw new Refused(401, 'EXPIRED_AUTHENTICATION', 'The OAuth token used to make this call expired.');
  throw new Refused(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found. This API supports OAuth 2.0 authentication.');
}

function answered(work: () => Response): Response {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return refusal(error);
  }
}

function show(portal: Portal, now: () => number): HubspotPortal {
  const tell = (change: Change) => {
    portal.changed();
    portal.webhooks.tell(change);
  };
  const world = { state: portal.state, now, tell };
  return {
    people: people(world),
    logCallByOther: (call) => logCallByOther(world, call),
    webhooks: portal.webhooks,
    portalId: portal.id,
    state: portal.state,
    timeline: (object, id) => timeline(portal.state, object, id),
    count: () => portal.tally.read(portal.limits.refused()),
    grant: (
      scopes = [...declared.requiredScopes, 'crm.schemas.deals.write', 'crm.schemas.contacts.write'],
      userId = cast.hubspot.rep.userId,
    ) => issue(portal, userId, scopes, now()),
  };
}
