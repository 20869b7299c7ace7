import { cast } from '../cast.ts';
import { keeper } from '../kit/keeper.ts';
import { type Answer, type Exchange, serve } from '../kit/serve.ts';
import { api } from './api.ts';
import type { FaultPlan } from './fault-plan.ts';
import { type Faults, openFaults } from './faults.ts';
import { type FeedOptions, openFeed } from './feed.ts';
import { core } from './ids.ts';
import { authorize, revoke, token, tokenOf, userinfo, userOf } from './oauth.ts';
import { type Desk, type OrgTwin, openDesk } from './org-twin.ts';

export interface SalesforceOptions {
  /** 0 picks a free one. */
  port: number;
  /** Where the first org is kept; the others stand beside it, by number. */
  stateFile?: string | undefined;
  record?: ((exchange: Exchange) => void) | undefined;
  now?: (() => number) | undefined;
  /** Says by hand what each API call meets; `setFaults` draws by seed. */
  faults?: Faults | undefined;
  /** The callback addresses registered on the app; the authorize page knows no others. */
  redirectUris?: readonly string[] | undefined;
  /** The certificate's public key, PEM; without it the JWT bearer flow is refused. */
  publicKeyPem?: string | undefined;
  /** API calls in 24 hours, for each org. */
  callsMax?: number | undefined;
  /** How many orgs live here; the first is the cast's, and the twin's own fields are about it. */
  orgs?: number | undefined;
}

export interface SalesforceTwin extends OrgTwin {
  /** Login host and instance in one, for every org: a session opens its own org alone. */
  origin: string;
  close(): Promise<void>;
  orgIds: readonly string[];
  /** The org with this id. */
  org(id: string): OrgTwin;
  /** From now on; undefined ends it. A new plan starts counting anew and gives used-up days back. */
  setFaults(plan: FaultPlan | undefined): void;
  /** Requests whose caller gave up and whose work is still to come. */
  pendingLate(): number;
  settleLate(): Promise<void>;
  /** Installs the package's triggers in every org; undefined removes them. */
  feed(options: FeedOptions | undefined): void;
  /** Ends when what changed so far has been sent or lost. */
  feedFlush(): Promise<void>;
}

const newest = 68;

/** A Salesforce org on loopback, or several. It refuses what the platform refuses; see the tests beside it. */
export async function startSalesforce(options: SalesforceOptions): Promise<SalesforceTwin> {
  const now = options.now ?? Date.now;
  const faults = openFaults(options.faults);
  const feed = openFeed();
  const unsaved = new Set<Desk>();
  // One org at a time: twenty-five together would hold every answer up.
  const keep = keeper(() => {
    const [desk] = unsaved;
    if (desk) save(desk);
    if (unsaved.size > 0) setImmediate(() => keep.changed());
  });
  const save = (desk: Desk) => {
    unsaved.delete(desk);
    desk.save();
  };
  const desks = Array.from({ length: options.orgs ?? 1 }, (_, i) =>
    openDesk({
      n: i + 1,
      stateFile: i === 0 ? options.stateFile : options.stateFile?.replace(/(\.json)?$/, `-${i + 1}.json`),
      now,
      callsMax: options.callsMax,
      changed(desk) {
        unsaved.add(desk);
        if (options.stateFile) keep.changed();
      },
      tell: ({ org, twin, tally }) => feed.tell({ orgId: twin.orgId, installKey: twin.installKey, count: tally.count }, org.changes),
    }),
  );
  const first = desks[0];
  if (!first) throw new Error('a twin has at least one org');
  const byId = new Map(desks.map((desk) => [core(desk.twin.orgId), desk]));
  const orgs = desks.map(({ org }) => org);
  const app = {
    consumerKey: cast.salesforce.consumerKey,
    consumerSecret: cast.salesforce.consumerSecret,
    redirectUris: options.redirectUris ?? [],
    publicKeyPem: options.publicKeyPem,
  };

  async function respond(request: Request): Promise<Answer> {
    const url = new URL(request.url);
    const path = url.pathname;
    if (path.startsWith('/services/oauth2/')) return oauth(request, url);
    if (path === '/services/data' || path === '/services/data/')
      return Response.json([66, 67, newest].map((n) => ({ label: `v${n}`, url: `/services/data/v${n}.0`, version: `${n}.0` })));
    const [, version, rest = ''] = /^\/services\/data\/v(\d+\.0)(?:\/(.*))?$/.exec(path) ?? [];
    if (!version || Number(version) > newest) return refuse(404, 'NOT_FOUND', 'The requested resource does not exist');
    const { desk, userId, session } = whose(request);
    if (!desk || !userId || desk.isShut) return refuse(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    return api({ desk, faults, userId, session }, request, { version, path: rest, url });
  }

  function whose(request: Request): { desk: Desk | undefined; userId: string | undefined; session: string } {
    const session = tokenOf(request.headers.get('authorization'));
    const desk = byId.get(core(session));
    return { desk, userId: desk && userOf(desk.org, session), session };
  }

  async function oauth(request: Request, url: URL): Promise<Answer> {
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /services/oauth2/authorize':
        return stored(authorize(orgs, app, url));
      case 'POST /services/oauth2/token': {
        const form = new URLSearchParams(await request.text());
        // What a request says changes with the clock, so it does not count here.
        const asked = { orgId: '', method: 'POST', path: url.pathname, body: '' };
        return faults.meet(asked, {
          carryOut: () => stored(token(orgs, app, url.origin, form, (orgId) => byId.get(core(orgId))?.tally.loggedIn())),
          met: (kind) => first?.tally.met(kind),
        });
      }
      case 'POST /services/oauth2/revoke':
        return stored(revoke(orgs, request.headers.get('content-type'), new URLSearchParams(await request.text())));
      case 'GET /services/oauth2/userinfo':
      case 'POST /services/oauth2/userinfo': {
        const { desk, userId } = whose(request);
        return desk && userId ? userinfo(desk.org, url.origin, userId) : new Response('Bad_OAuth_Token', { status: 403 });
      }
      default:
        return refuse(404, 'NOT_FOUND', 'The requested resource does not exist');
    }
  }

  /** Codes and sessions are kept as well. */
  function stored(response: Response): Response {
    for (const desk of desks) unsaved.add(desk);
    if (options.stateFile) keep.changed();
    return response;
  }

  const server = await serve(respond, { vendor: 'salesforce', port: options.port, record: options.record, bodyMaxBytes: 6 * 1024 * 1024 });
  return {
    ...first.twin,
    origin: server.origin,
    async close() {
      faults.close();
      await server.close();
      if (options.stateFile) for (const desk of [...unsaved]) save(desk);
    },
    orgIds: desks.map(({ twin }) => twin.orgId),
    org(id) {
      const desk = byId.get(core(id));
      if (!desk) throw new Error(`no org ${id}`);
      return desk.twin;
    },
    setFaults(plan) {
      faults.set(plan);
      for (const desk of desks) {
        desk.isExhausted = false;
        desk.org.collides = plan?.kinds?.includes('duplicate') ?? plan !== undefined;
      }
    },
    pendingLate: faults.pendingLate,
    settleLate: faults.settleLate,
    feed: feed.set,
    feedFlush: feed.flush,
  };
}

const refuse = (status: number, errorCode: string, message: string) => Response.json([{ message, errorCode }], { status });
