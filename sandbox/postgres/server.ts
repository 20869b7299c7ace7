import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { carryOut, type Engine, type Session } from './engine.ts';

/** A PostgreSQL somewhere else, over its own protocol; as many requests at once as it has sessions for us. */
export async function openServer(pgUrl: string, migrationsFolder: string): Promise<Engine> {
  const pool = new pg.Pool({ connectionString: pgUrl, max: 10, connectionTimeoutMillis: 10_000, pipeline: true });
  // An idle session that dies is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So would one that dies in use, between two of its statements.
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await migrate(drizzle(pool), { migrationsFolder });
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    async answer(asked) {
      const client = await pool.connect();
      let broken = true;
      try {
        const given = await carryOut(sessionOf(client), asked);
        broken = false;
        return given;
      } catch (error) {
        broken = !(error instanceof pg.DatabaseError);
        throw error;
      } finally {
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

const asText = { getTypeParser: () => (value: unknown) => value };

function sessionOf(client: pg.PoolClient): Session {
  return {
    async run({ text, values }) {
      // Extended even without parameters: the simple protocol would take several statements in one, which Neon refuses.
      const query = { text, values, rowMode: 'array' as const, types: asText, queryMode: 'extended' };
      const result = await client.query<(string | null)[]>(query);
      const fields = result.fields.map(({ name, dataTypeID }) => ({ name, dataTypeID }));
      return { fields, command: result.command, rowCount: result.rowCount ?? 0, rows: result.rows };
    },
    async command(text) {
      await client.query(text);
    },
    inOnePiece(work) {
      const { stream } = client.connection;
      stream.cork();
      try {
        return work();
      } finally {
        stream.uncork();
      }
    },
  };
}
