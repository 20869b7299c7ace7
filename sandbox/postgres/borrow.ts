import { randomBytes } from 'node:crypto';
import pg from 'pg';

/**
 * A database of our own on somebody's server, gone after `close`. Its owner is an ordinary one, as in production: whoever `pgUrl`
 * names may be a superuser, whom row level security does not bind. The roles ros_app and ros_system stay on the server.
 */
export async function borrowDatabase(pgUrl: string): Promise<{ url: string; version: string; close(): Promise<void> }> {
  const name = `ros_test_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(16).toString('hex');
  const version = await asAdmin(pgUrl, async (admin) => {
    const { rows } = await admin.query<{ version: string; num: number }>(
      "select current_setting('server_version') as version, current_setting('server_version_num')::int as num",
    );
    const server = rows[0] ?? { version: '', num: 0 };
    const shared = await admin.query<{ rolname: string }>("select rolname from pg_roles where rolname in ('ros_app', 'ros_system')");
    await admin.query(`create role ${name} login createrole password '${password}'`);
    if (server.num >= 160_000) await admin.query(`grant ${name} to current_user`);
    // Since 16, only who made a role, or was told so, may hand it on.
    const option = server.num >= 160_000 ? 'admin true, inherit false, set false' : 'admin option';
    for (const { rolname } of shared.rows) await admin.query(`grant ${rolname} to ${name} with ${option}`);
    await admin.query(`create database ${name} owner ${name}`);
    return server.version;
  });
  const url = Object.assign(new URL(pgUrl), { username: name, password, pathname: `/${name}` }).href;
  const close = () =>
    asAdmin(pgUrl, async (admin) => {
      await admin.query(`drop database ${name} with (force)`);
      await admin.query(`revoke ros_app, ros_system from ${name} cascade`);
      await admin.query(`drop role ${name}`);
    });
  return { url, version, close };
}

async function asAdmin<T>(pgUrl: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: pgUrl, connectionTimeoutMillis: 10_000 });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
