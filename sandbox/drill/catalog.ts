import pg from 'pg';

/** What must be the same after a restore: every table, lock, rule, right and function, by name. */
export async function readCatalog(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ what: string; is: string }>(catalog);
  return new Map(rows.map(({ what, is }) => [what, is]));
}

/** Every row of every table: how many, and a print of all of them. */
export async function readRows(client: pg.Client): Promise<Map<string, { rows: number; print: string }>> {
  const { rows: tables } = await client.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'drizzle') order by 1",
  );
  const found = new Map<string, { rows: number; print: string }>();
  for (const { name } of tables) {
    const { rows } = await client.query<{ n: string; print: string }>(
      `select count(*) as n, coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as print from ${name} t`,
    );
    found.set(name, { rows: Number(rows[0]?.n), print: rows[0]?.print ?? '' });
  }
  return found;
}

/** Names whose value differs, or stands on one side only. */
export function differences<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => JSON.stringify(before.get(name)) !== JSON.stringify(after.get(name)));
}

export async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, statement_timeout: 60_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

// Rights are sorted, because a restore grants them in an order of its own.
const catalog = `
  with spaces as (select oid, nspname from pg_namespace where nspname in ('public', 'drizzle')),
  rights as (select c.oid, string_agg(r::text, ' ' order by r::text) as said from pg_class c, unnest(c.relacl) r group by 1)
  select 'table ' || s.nspname || '.' || c.relname as what,
    concat_ws(' ', c.relkind, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner), (select said from rights where rights.oid = c.oid)) as is
    from pg_class c join spaces s on s.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'S')
  union all
  select 'column ' || a.attrelid::regclass || '.' || a.attname,
    concat_ws(' ', a.attnum, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, pg_get_expr(d.adbin, d.adrelid),
      (select string_agg(r::text, ' ' order by r::text) from unnest(a.attacl) r))
    from pg_attribute a join pg_class c on c.oid = a.attrelid join spaces s on s.oid = c.relnamespace
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p')
  union all select 'index ' || schemaname || '.' || indexname, indexdef from pg_indexes where schemaname in ('public', 'drizzle')
  union all
  select 'constraint ' || conrelid::regclass || '.' || conname, pg_get_constraintdef(k.oid) from pg_constraint k join spaces s on s.oid = k.connamespace
    where conrelid <> 0
  union all
  select 'policy ' || tablename || '.' || policyname, concat_ws(' ', permissive, roles, cmd, qual, with_check) from pg_policies
  union all
  select 'trigger ' || tgrelid::regclass || '.' || tgname, pg_get_triggerdef(t.oid) from pg_trigger t where not tgisinternal
  union all
  select 'function ' || p.oid::regprocedure, concat_ws(' ', pg_get_userbyid(p.proowner), (select string_agg(r::text, ' ' order by r::text) from unnest(p.proacl) r), pg_get_functiondef(p.oid))
    from pg_proc p join spaces s on s.oid = p.pronamespace
  union all
  select 'role ' || rolname, concat_ws(' ', rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolbypassrls) from pg_roles where rolname like 'ros%'
  union all
  select 'member ' || pg_get_userbyid(member) || ' of ' || pg_get_userbyid(roleid), admin_option::text from pg_auth_members
    where pg_get_userbyid(roleid) like 'ros%'`;
