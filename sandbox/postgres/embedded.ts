import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { carryOut, type Engine, type Session } from './engine.ts';
import type { Asked, Given } from './protocol.ts';

/** PostgreSQL inside this process: in memory, or in `dataDir`. It has one session, so requests take turns. */
export async function openEmbedded(dataDir: string | undefined, migrationsFolder: string): Promise<Engine> {
  const pg = await PGlite.create(dataDir ?? 'memory://');
  await pg.exec(becomeOwner);
  await migrate(drizzle(pg), { migrationsFolder });

  const session: Session = {
    async run({ text, values }) {
      const result = await pg.query<(string | null)[]>(text, values, {
        rowMode: 'array',
        parsers: asText(pg.parsers),
        serializers: asText(pg.serializers),
      });
      const fields = result.fields.map(({ name, dataTypeID }) => ({ name, dataTypeID }));
      return {
        fields,
        command: commandOf(text),
        rowCount: fields.length > 0 ? result.rows.length : (result.affectedRows ?? 0),
        rows: result.rows,
      };
    },
    async command(text) {
      await pg.exec(text);
    },
  };

  let last: Promise<unknown> = Promise.resolve();
  return {
    answer(asked: Asked): Promise<Given[]> {
      const turn = last.then(() => carryOut(session, asked));
      last = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      await last;
      await pg.close();
    },
  };
}

/** Row level security does not bind a superuser, which is what PGlite starts as: become an owner like the one a cloud gives. */
const becomeOwner = `
  do $$ begin
    if not exists (select from pg_roles where rolname = 'ros') then
      create role ros login createrole;
      grant create on database postgres to ros;
      grant all on schema public to ros with grant option;
    end if;
  end $$;
  set session authorization ros;
`;

/** Every type PGlite knows, left as PostgreSQL writes it; a Proxy would not do, the map is spread. */
const asText = (types: Record<number, unknown>) =>
  Object.fromEntries(Object.keys(types).map((oid) => [oid, (value: unknown) => value as string]));

const commandOf = (text: string) => /^\s*([a-z]+)/i.exec(text)?.[1]?.toUpperCase() ?? '';
