import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';

/** The folder with PostgreSQL's programs on this machine (newest Debian one, then PATH), or null. */
export function findPostgres(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(delimiter)];
  return folders.find((folder) => ['initdb', 'postgres'].every((program) => existsSync(join(folder, program)))) ?? null;
}

export interface Cluster {
  url: string;
  version: string;
  /** As if its machine lost power: sessions break off, and nothing is tidied up. */
  crash(): Promise<void>;
  /** After `crash`: what was committed is there again. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A PostgreSQL of our own in a temporary folder, on a free loopback port. `url` is an ordinary owner: no superuser, no BYPASSRLS. */
export async function startCluster(bin: string, { survivesCrash = false } = {}): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'ros-pg-'));
  const as = unprivileged(folder);
  const data = join(folder, 'data');
  try {
    const [command, args] = as(join(bin, 'initdb'), ['-D', data, '-U', 'root', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
    execFileSync(command, args, { stdio: 'pipe', cwd: folder });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const port = await freePort();
  const settings = [
    'fsync=off',
    // What it said is committed is with the machine at least: a process that dies takes none of it along.
    `synchronous_commit=${survivesCrash ? 'on' : 'off'}`,
    'full_page_writes=off',
    'max_connections=60',
    `unix_socket_directories=${folder}`,
  ];
  const [command, args] = as(join(bin, 'postgres'), [
    '-D',
    data,
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    ...settings.flatMap((it) => ['-c', it]),
  ]);
  const launch = () => {
    const child = spawn(command, args, { stdio: 'ignore', cwd: folder });
    return { child, ended: new Promise<void>((done) => child.once('exit', () => done())) };
  };
  let server = launch();
  const stop = async (signal: 'SIGINT' | 'SIGQUIT') => {
    server.child.kill(signal);
    await server.ended;
  };
  const close = async () => {
    await stop('SIGINT');
    rmSync(folder, { recursive: true, force: true });
  };
  // A harness that is killed must not leave a server behind.
  process.once('exit', () => server.child.kill('SIGINT'));
  try {
    const version = await prepare(`postgres://root@127.0.0.1:${port}/postgres`);
    return {
      url: `postgres://ros@127.0.0.1:${port}/ros`,
      version,
      crash: () => stop('SIGQUIT'),
      async restart() {
        server = launch();
        await (await connected(`postgres://root@127.0.0.1:${port}/postgres`)).end();
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** PostgreSQL refuses to run as root: then it runs as the user it came with, or as nobody. */
function unprivileged(folder: string): (program: string, args: string[]) => [string, string[]] {
  if (process.getuid?.() !== 0) return (program, args) => [program, args];
  const user = ['postgres', 'nobody'].find((name) => spawnSync('id', ['-u', name]).status === 0) ?? 'nobody';
  chmodSync(folder, 0o755);
  execFileSync('chown', [user, folder]);
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));
  // setpriv becomes the program itself, so that a signal reaches PostgreSQL and not a shell around it.
  if (setpriv)
    return (program, args) => [setpriv, [`--reuid=${user}`, `--regid=${groupOf(user)}`, '--clear-groups', '--', program, ...args]];
  return (program, args) => ['runuser', ['-u', user, '--', program, ...args]];
}

const groupOf = (user: string) => execFileSync('id', ['-g', user], { encoding: 'utf8' }).trim();

async function prepare(adminUrl: string): Promise<string> {
  const admin = await connected(adminUrl);
  try {
    await admin.query('create role ros login createrole');
    await admin.query('create database ros owner ros');
    const { rows } = await admin.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version ?? '';
  } finally {
    await admin.end();
  }
}

async function connected(url: string): Promise<pg.Client> {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (tries >= 150) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

const freePort = () =>
  new Promise<number>((done, fail) => {
    const probe = createServer();
    probe.once('error', fail).listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? done(address.port) : fail(new Error('no free port'))));
    });
  });
