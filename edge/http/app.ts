import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { no } from './answer.ts';
import { log } from './log.ts';
import { Problem, problemResponse } from './problem.ts';
import { type Who, type WhoDeps, whoKnocks } from './who.ts';

/** What every route can rely on. `who` stands only on routes that a host signs. */
interface RosEnv {
  Variables: { who: Who; raw: string };
}
export type RosApp = Hono<RosEnv>;
export type RosContext = Context<RosEnv>;

const BODY_MAX_BYTES = 1024 * 1024;
const WEBHOOK_MAX_BYTES = 256 * 1024;

export interface HttpDeps {
  who: WhoDeps;
  /** False when this visitor knocks too often. `hook` is a vendor's address, which sends for many. */
  mayKnock(visitor: string, as: 'visitor' | 'hook'): Promise<boolean>;
  /** Each room adds its routes. */
  rooms: readonly ((app: RosApp) => void)[];
  ready(): Promise<{ ready: boolean; parts: Record<string, boolean> }>;
}

export function buildApp(deps: HttpDeps): RosApp {
  const app = new Hono<RosEnv>();
  app.use('*', logged, noEncodings);
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    const { ready, parts } = await deps.ready();
    return c.json({ ok: ready, parts }, ready ? 200 : 503);
  });

  for (const signed of [
    '/v1/*',
    '/api/crm/*',
    '/api/tasks/*',
    '/api/email/*',
    '/api/calls/:id/analyze',
    '/api/guidance/*',
    '/api/customer/*',
  ])
    app.use(signed, limit(BODY_MAX_BYTES), signedByHost(deps.who));
  const pages = ['/live/*', '/listen/*', '/window/*', '/team', '/team/session', '/calling/session', '/intro/*'];
  for (const open of ['/voice/*', '/media/*', '/oauth/*', ...pages]) app.use(open, knocking(deps, 'visitor'), limit(WEBHOOK_MAX_BYTES));
  for (const open of ['/hooks/*', '/api/calls/webhook']) app.use(open, knocking(deps, 'hook'), limit(WEBHOOK_MAX_BYTES));
  // Its session proves who asks, and it asks every few seconds.
  for (const sat of ['/calling/v1/*', '/team/v1/*']) app.use(sat, limit(WEBHOOK_MAX_BYTES));
  app.use('/api/files/*', knocking(deps, 'visitor'));
  for (const room of deps.rooms) room(app);

  app.notFound(() => problemResponse(404, 'There is nothing here.'));
  app.onError((error, c) => {
    if (error instanceof Problem) return problemResponse(error.status, error.message, error.field);
    // The route, not the path: a ticket stands in a path.
    log({ at: 'http', what: 'unexpected', level: 'error', kind: error.name, route: c.req.routePath });
    return problemResponse(500, 'Something broke on our side. Nothing is lost; try again.');
  });
  return app;
}

const limit = (maxSize: number): MiddlewareHandler =>
  bodyLimit({ maxSize, onError: () => problemResponse(413, `The body is larger than ${Math.round(maxSize / 1024)} KB.`) });

/** A compressed body would slip past the size limit: it is refused, not inflated. */
const noEncodings: MiddlewareHandler = async (c, next) => {
  if (c.req.header('content-encoding')) return problemResponse(415, 'Send the body without content-encoding.');
  await next();
};

const knocking =
  (deps: HttpDeps, as: 'visitor' | 'hook'): MiddlewareHandler =>
  async (c, next) => {
    if (!(await deps.mayKnock(c.req.header('cf-connecting-ip') ?? 'local', as)))
      throw new Problem(429, 'Too many requests. Try again in a minute.');
    await next();
  };

const signedByHost =
  (deps: WhoDeps): MiddlewareHandler<RosEnv> =>
  async (c, next) => {
    const raw = c.req.method === 'GET' ? '' : new TextDecoder().decode(await c.req.arrayBuffer());
    const knock = await whoKnocks(deps, c.req.raw, raw);
    if (knock.is === 'forged') throw new Problem(401, 'Not signed by a host we know.');
    if (knock.is === 'stranger') return no(c, 'not-connected', 'Relationship OS is not connected here yet.');
    c.set('who', knock.who);
    c.set('raw', raw);
    await next();
  };

const logged: MiddlewareHandler<RosEnv> = async (c, next) => {
  const startedMs = Date.now();
  await next();
  log({
    at: 'http',
    what: c.req.method,
    route: c.req.routePath,
    status: c.res.status,
    ms: Date.now() - startedMs,
    tenant: c.get('who')?.tenantId,
  });
};
