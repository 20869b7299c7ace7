import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { Bug } from '../../shared/kit/must.ts';
import type { Db, Query } from './client.ts';
import { isId } from './id.ts';
import { DbRefusal } from './refusal.ts';

/** The same database over PostgreSQL's own protocol, for commands that a person runs. One transaction at a time. */
export async function openDirectDb(url: string): Promise<{ db: Db; close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, statement_timeout: 60_000 });
  await client.connect();
  // Both drivers of drizzle build the same statements; only who sends them differs.
  const q = drizzle(client) as unknown as Query;

  async function run(tenantId: string, statements: readonly PromiseLike<unknown>[]): Promise<unknown[]> {
    try {
      await client.query('begin');
      await client.query("select set_config('role', 'ros_app', true), set_config('app.tenant_id', $1, true)", [tenantId]);
      const results: unknown[] = [];
      // A statement is sent when it is awaited.
      for (const statement of statements) results.push(await statement);
      await client.query('commit');
      return results;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      const { code, table, constraint } = (error instanceof Error && error.cause ? error.cause : error) as Record<
        string,
        string | undefined
      >;
      throw code === undefined ? error : new DbRefusal(code, table, constraint);
    }
  }

  async function asTenant(tenantId: string, build: (q: Query) => readonly PromiseLike<unknown>[]) {
    if (!isId(tenantId)) throw new Bug('a tenant id is missing or malformed');
    return run(tenantId, build(q));
  }

  const db = {
    asTenant,
    read: asTenant,
    system: (build: (q: Query) => readonly PromiseLike<unknown>[]) => run('', build(q)),
  } as unknown as Db;
  return { db, close: () => client.end() };
}
