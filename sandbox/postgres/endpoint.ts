import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbedded } from './embedded.ts';
import type { Engine } from './engine.ts';
import { claimFolder } from './folder.ts';
import { answerOf, errorOf, Malformed, readAsked } from './protocol.ts';
import { openServer } from './server.ts';

export interface PostgresOptions {
  /** 0 picks a free one. */
  port: number;
  /** Where PGlite keeps its state; absent is memory. */
  dataDir?: string;
  /** A real PostgreSQL (`postgres://…`) instead of PGlite. */
  pgUrl?: string;
}

/** A database with our migrations in it, behind Neon's `POST /sql` on loopback. `url` is what DATABASE_URL wants. */
export async function startPostgres(options: PostgresOptions): Promise<{ url: string; close(): Promise<void> }> {
  const folder = options.dataDir === undefined || options.pgUrl ? null : resolve(options.dataDir);
  const opening = Promise.withResolvers<Engine>();
  opening.promise.catch(() => undefined);
  const server = createServer(async (request, response) => {
    if (request.method === 'GET' && request.url === '/') return reply(response, 200, { folder });
    if (request.method !== 'POST' || request.url !== '/sql') return reply(response, 404, { message: 'only POST /sql is answered here' });
    const body = await read(request).catch(() => null);
    // Whoever asked died before the question was whole.
    if (body === null) return;
    if (body === undefined) return reply(response, 413, { message: `a request has at most ${MAX_BYTES} bytes` });
    try {
      admit(request.headers['neon-connection-string']);
      const asked = readAsked(request.headers, body);
      const engine = await opening.promise;
      reply(response, 200, answerOf(asked, await engine.answer(asked)));
    } catch (error) {
      reply(response, 400, errorOf(error));
    }
  });
  // Longer than any client keeps a connection, so that none sends into one we just closed.
  server.keepAliveTimeout = 65_000;
  // The port comes first: a second sandbox fails here, before it opens anything.
  await new Promise<void>((done, fail) => server.once('error', fail).listen(options.port, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const shut = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeIdleConnections();
    });

  let release = () => {};
  try {
    if (folder !== null) release = await claimFolder(folder, port);
    const engine = options.pgUrl
      ? await openServer(options.pgUrl, migrationsFolder)
      : await openEmbedded(folder ?? undefined, migrationsFolder);
    opening.resolve(engine);
    const close = async () => {
      await shut();
      await engine.close();
      release();
    };
    return { url: `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${NAME}`, close };
  } catch (error) {
    opening.reject(new Error('the database did not open'));
    release();
    await shut();
    throw error;
  }
}

/** Neon's own bound on a request. */
const MAX_BYTES = 64 * 1024 * 1024;
const USER = 'ros';
const PASSWORD = 'ros';
const NAME = 'ros';
const migrationsFolder = fileURLToPath(new URL('../../edge/db/migrations', import.meta.url));

function admit(connectionString: string | string[] | undefined): void {
  if (typeof connectionString !== 'string') throw new Malformed('missing connection string');
  const url = URL.canParse(connectionString) ? new URL(connectionString) : undefined;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) throw new Malformed('invalid connection string');
  if (url.username !== USER || url.password !== PASSWORD)
    throw new Malformed(`password authentication failed for user '${url.username}'`, '28P01');
  if (url.pathname !== `/${NAME}`) throw new Malformed('database does not exist', '3D000');
}

/** The whole body, or undefined when it is too large; then the rest is read and dropped, so that the answer arrives. */
async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > MAX_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length }).end(text);
}
