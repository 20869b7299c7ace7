import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

// `npm run migrate -- --url postgres://…` brings a database up to date, over PostgreSQL's own protocol and in one transaction.
// The url is the direct one (a pooler cannot hold the lock); without --url it is DATABASE_URL.
const { values } = parseArgs({ options: { url: { type: 'string' } } });
const url = values.url ?? process.env.DATABASE_URL;
if (!url) {
  process.stderr.write('Say which database: npm run migrate -- --url postgres://user:password@host/name\n');
  process.exit(2);
}

const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, statement_timeout: 10 * 60_000 });
try {
  await client.connect();
  // Two deploys at once take turns; the second finds nothing left to do.
  await client.query("select pg_advisory_lock(hashtextextended('relationship-os migrations', 0))");
  process.stderr.write('Migrating …\n');
  await migrate(drizzle(client), { migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)) });
  const { rows } = await client.query<{ count: string }>('select count(*) from drizzle.__drizzle_migrations');
  process.stdout.write(`${JSON.stringify({ ok: true, migrations: Number(rows[0]?.count) })}\n`);
} catch (error) {
  const { code, message } = error as { code?: string; message?: string };
  process.stderr.write(`Migrating failed${code ? ` (${code})` : ''}: ${message ?? 'no reason given'}\n`);
  process.stdout.write(`${JSON.stringify({ ok: false, code: code ?? null })}\n`);
  process.exitCode = 1;
} finally {
  await client.end();
}
