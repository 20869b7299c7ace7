import { neon, neonConfig } from '@neondatabase/serverless';
import { sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http';
import { Bug } from '../../shared/kit/must.ts';
import { hold } from './hold.ts';
import { isId } from './id.ts';
import { DbRefusal, refusalOf } from './refusal.ts';
import { together } from './together.ts';

/** Builds statements; nothing here runs by itself, so a statement cannot leave without its tenant. */
export type Query = Omit<NeonHttpDatabase, 'batch' | 'transaction' | '$withAuth' | '$client' | '$cache'>;
type Batch = readonly BatchItem<'pg'>[];
type Results<T extends Batch> = { -readonly [K in keyof T]: T[K]['_']['result'] };

/** The one database. Each call is one round trip and one transaction: all of its statements happen, or none. Throws `DbRefusal`. */
export interface Db {
  /** Runs the statements as `tenantId`: row level security hides and refuses everything else. */
  asTenant<const T extends Batch>(tenantId: string, build: (q: Query) => T): Promise<Results<T>>;
  /** As `asTenant`, for statements that change nothing: what is asked for one tenant in the same moment shares a round trip. */
  read<const T extends Batch>(tenantId: string, build: (q: Query) => T): Promise<Results<T>>;
  /** Runs the statements as nobody in particular: only the functions that work across tenants answer. */
  system<const T extends Batch>(build: (q: Query) => T): Promise<Results<T>>;
}

const TIMEOUT_MS = 10_000;

/** `url` is `postgres://user:password@host/name`: Neon's, or the local endpoint's on localhost. */
export function openDb(url: string): Db {
  reachLocal();
  const q = drizzle({ client: hold(neon(url)) });

  async function run(tenantId: string, statements: Batch): Promise<unknown[]> {
    const prelude = q.execute(sql`select set_config('role', 'ros_app', true), set_config('app.tenant_id', ${tenantId}, true)`);
    try {
      const [, ...results] = await q.batch([prelude, ...statements]);
      return results;
    } catch (error) {
      throw refusalOf(error);
    }
  }

  const askTogether = together(run, (error) => !(error instanceof DbRefusal) || error.code === undefined);

  return {
    async read<const T extends Batch>(tenantId: string, build: (q: Query) => T) {
      if (!isId(tenantId)) throw new Bug('a tenant id is missing or malformed');
      return (await askTogether(tenantId, build(q))) as Results<T>;
    },
    async asTenant<const T extends Batch>(tenantId: string, build: (q: Query) => T) {
      // An empty setting would read as "no tenant" and quietly answer nothing.
      if (!isId(tenantId)) throw new Bug('a tenant id is missing or malformed');
      return (await run(tenantId, build(q))) as Results<T>;
    },
    async system<const T extends Batch>(build: (q: Query) => T) {
      return (await run('', build(q))) as Results<T>;
    },
  };
}

const hosted = neonConfig.fetchEndpoint;
const isLocal = (host: string) => host === 'localhost' || host === '127.0.0.1';

/** The driver's settings are global, so they are the same for every database: loopback speaks plain HTTP, and every request ends. */
function reachLocal(): void {
  neonConfig.fetchEndpoint = (host, port, options) => {
    if (isLocal(host)) return `http://${host}:${port}/sql`;
    return typeof hosted === 'function' ? hosted(host, port, options) : hosted;
  };
  neonConfig.fetchFunction = fetchWithin;
}

/** The whole answer in time. The timer goes with it: one that is left running would keep a Durable Object in memory. */
async function fetchWithin(address: string, init: RequestInit): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new DOMException('The database did not answer in time.', 'TimeoutError')), TIMEOUT_MS);
  try {
    const answer = await fetch(address, { ...init, signal: late.signal });
    return new Response(await answer.arrayBuffer(), answer);
  } finally {
    clearTimeout(timer);
  }
}
