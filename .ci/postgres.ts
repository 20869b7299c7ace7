import type { TestProject } from 'vitest/node';
import { borrowDatabase } from '../sandbox/postgres/borrow.ts';
import { findPostgres, startCluster } from '../sandbox/postgres/cluster.ts';
import { startPostgres } from '../sandbox/postgres/endpoint.ts';

export { findPostgres, startCluster };

export interface TestDatabase {
  name: string;
  /** What `openDb` takes. */
  url: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
    databaseUrls: TestDatabase[];
  }
}

/** For the `pg` project: PGlite always, and a real PostgreSQL too where `PG_URL` names one or its programs are found. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one();
  };
  try {
    const embedded = await startPostgres({ port: 0 });
    closers.push(embedded.close);
    const databases: TestDatabase[] = [{ name: 'PGlite', url: embedded.url }];
    const real = await realPostgres();
    if (real) {
      closers.push(real.close);
      const endpoint = await startPostgres({ port: 0, pgUrl: real.url });
      closers.push(endpoint.close);
      databases.push({ name: `PostgreSQL ${real.version}`, url: endpoint.url });
    }
    project.provide('databaseUrl', embedded.url);
    project.provide('databaseUrls', databases);
    return close;
  } catch (error) {
    await close();
    throw error;
  }
}

async function realPostgres() {
  if (process.env.PG_URL) return borrowDatabase(process.env.PG_URL);
  const bin = findPostgres();
  return bin ? startCluster(bin) : null;
}
