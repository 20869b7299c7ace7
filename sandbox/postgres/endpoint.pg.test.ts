import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { neon, neonConfig } from '@neondatabase/serverless';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import type { TestDatabase } from '../../.ci/postgres.ts';
import { startPostgres } from './endpoint.ts';

neonConfig.fetchEndpoint = (host, port) => `http://${host}:${port}/sql`;

const databases: TestDatabase[] = inject('databaseUrls');

describe.each(databases)("Neon's protocol ($name)", ({ url }) => {
  const sql = neon(url);
  const address = `http://127.0.0.1:${new URL(url).port}/sql`;
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'neon-connection-string': url, 'neon-raw-text-output': 'true', 'neon-array-mode': 'true', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };

  test('every kind of value comes back as it went in', async () => {
    const sent = {
      uuid: '0b3c6a52-7c2a-4b5e-9f61-6f8f7f1f2a11',
      json: { a: [1, null, 'ä "q" \\ 💬'], b: { c: 1.5 } },
      words: ['plain', 'with "quotes"', 'back\\slash', '{brace}', '', 'NULL'],
      yes: true,
      money: '12345678901234567890.123456789',
      big: '9007199254740993',
      when: new Date('2026-11-20T15:00:00.123Z'),
      bytes: Buffer.from([0, 1, 127, 128, 255, 92, 39]),
      none: null,
      text: "it's \n\t ünï 💬",
    };
    const [row] =
      await sql`select ${sent.uuid}::uuid as uuid, ${JSON.stringify(sent.json)}::jsonb as json, ${sent.words}::text[] as words, ${sent.yes}::bool as yes,
      ${sent.money}::numeric as money, ${sent.big}::bigint as big, ${sent.when}::timestamptz as when, ${sent.bytes}::bytea as bytes, ${sent.none}::text as none, ${sent.text}::text as text`;
    expect(row).toEqual(sent);
    await expect(sql`select 1 + 1.5::float8 as sum, ${42}::int as n, ${[1, 2]}::int[] as list`).resolves.toEqual([
      { sum: 2.5, n: 42, list: [1, 2] },
    ]);
  });

  test('values travel as PostgreSQL writes them', async () => {
    expect(await post({ query: 'select 1::int as n, true as b, null as z, $1::text as t', params: ['x'] })).toEqual({
      status: 200,
      body: {
        fields: [
          { name: 'n', dataTypeID: 23 },
          { name: 'b', dataTypeID: 16 },
          { name: 'z', dataTypeID: 25 },
          { name: 't', dataTypeID: 25 },
        ],
        command: 'SELECT',
        rowCount: 1,
        rows: [['1', 't', null, 'x']],
        rowAsArray: true,
      },
    });
    expect(await post({ query: 'select 1 as n' }, { 'neon-array-mode': 'false' })).toMatchObject({
      body: { rows: [{ n: '1' }], rowAsArray: false },
    });
  });

  test('a batch that fails leaves nothing behind', async () => {
    const name = `t_${crypto.randomUUID().replaceAll('-', '')}`;
    await sql.query(`create table ${name} (n int primary key)`);
    onTestFinished(async () => void (await sql.query(`drop table ${name}`)));
    await expect(
      sql.transaction([sql.query(`insert into ${name} values (1)`), sql.query(`insert into ${name} values (1)`)]),
    ).rejects.toMatchObject({
      name: 'NeonDbError',
      code: '23505',
      table: name,
      constraint: `${name}_pkey`,
      severity: 'ERROR',
    });
    await expect(sql.query(`select n from ${name}`)).resolves.toEqual([]);
    const full = await sql.transaction([sql.query(`insert into ${name} values (1), (2)`), sql.query(`select n from ${name}`)], {
      fullResults: true,
    });
    expect(full.map((it) => [it.command, it.rowCount])).toEqual([
      ['INSERT', 2],
      ['SELECT', 2],
    ]);
  });

  test('a batch has the isolation it asks for', async () => {
    const show = (options: object) =>
      sql.transaction(
        [sql`select current_setting('transaction_isolation') as level, current_setting('transaction_read_only') as ro`],
        options,
      );
    await expect(show({ isolationLevel: 'Serializable', readOnly: true, deferrable: true })).resolves.toEqual([
      [{ level: 'serializable', ro: 'on' }],
    ]);
    await expect(show({})).resolves.toEqual([[{ level: 'read committed', ro: 'off' }]]);
    const refused = await post({ queries: [] }, { 'neon-batch-isolation-level': 'Chaos' });
    expect(refused).toEqual({ status: 400, body: { message: 'unknown isolation level Chaos' } });
  });

  test('requests at the same time do not mix', async () => {
    const batch = (n: number) =>
      sql.transaction([
        sql`select set_config('app.tenant_id', ${String(n)}, true)`,
        sql`select pg_sleep(0.001)`,
        sql`select current_setting('app.tenant_id') as n`,
      ]);
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => batch(n)));
    expect(answers.map((it) => it[2]?.[0])).toEqual(Array.from({ length: 40 }, (_, n) => ({ n: String(n) })));
  });

  test('what one request sets, the next does not see', async () => {
    await sql`select set_config('role', 'ros_app', false), set_config('app.tenant_id', 'x', false)`;
    await sql.transaction([sql`select set_config('role', 'ros_app', false)`]);
    const seen = await Promise.all(
      Array.from(
        { length: 12 },
        () => sql`select current_setting('role') as role, coalesce(current_setting('app.tenant_id', true), '') as tenant`,
      ),
    );
    expect(new Set(seen.map((it) => JSON.stringify(it[0])))).toEqual(new Set([JSON.stringify({ role: 'none', tenant: '' })]));
  });

  test('whoever connects is bound by row level security, and so is whom they become', async () => {
    await expect(
      sql`select rolsuper, rolbypassrls from pg_roles where rolname in (current_user, session_user, 'ros_app', 'ros_system') group by 1, 2`,
    ).resolves.toEqual([{ rolsuper: false, rolbypassrls: false }]);
    await expect(sql`select count(*)::int as n from tenants`).resolves.toEqual([{ n: 0 }]);
    await expect(sql`set role ros_system`).rejects.toMatchObject({ code: '42501' });
  });

  test('refuses what Neon refuses', async () => {
    const two = await post({ query: 'select 1; select 2' });
    expect(two).toMatchObject({ status: 400, body: { code: '42601' } });
    expect(await post('{"query"')).toEqual({ status: 400, body: { message: 'the body is not a JSON object' } });
    expect(await post({ query: 1 })).toMatchObject({ status: 400 });
    expect(await post({ query: 'select 1', params: {} })).toMatchObject({ status: 400 });
    expect(await post({ query: 'select 1' }, { 'neon-connection-string': '' })).toEqual({
      status: 400,
      body: { message: 'invalid connection string' },
    });
    expect(await post({ query: 'select 1' }, { 'neon-connection-string': url.replace('ros:ros', 'ros:wrong') })).toMatchObject({
      status: 400,
      body: { code: '28P01' },
    });
    expect((await fetch(address)).status).toBe(404);
  });
});

test('a state folder keeps its rows, and is opened once', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ros-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const dataDir = join(folder, 'postgres');
  const first = await startPostgres({ port: 0, dataDir });
  await neon(first.url)`create table kept as select 7 as n`;
  await expect(startPostgres({ port: 0, dataDir })).rejects.toThrow(`is in use by the sandbox on port ${new URL(first.url).port}`);
  await first.close();
  const second = await startPostgres({ port: 0, dataDir });
  onTestFinished(() => second.close());
  await expect(neon(second.url)`select n from kept`).resolves.toEqual([{ n: 7 }]);
});

test('a taken port is refused before anything is opened', async () => {
  const port = Number(new URL(inject('databaseUrl')).port);
  await expect(startPostgres({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('refuses a body over 64 MB', async () => {
  const response = await fetch(`http://127.0.0.1:${new URL(inject('databaseUrl')).port}/sql`, {
    method: 'POST',
    body: 'x'.repeat(64 * 1024 * 1024 + 1),
  });
  expect(response.status).toBe(413);
});
