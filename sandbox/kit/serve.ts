import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** What a twin was asked and what it answered, kept for `npm run conformance`. Secrets are masked before they get here. */
export interface Exchange {
  vendor: string;
  method: string;
  /** Path and query. */
  path: string;
  contentType: string;
  body: string;
  status: number;
}

export interface ServeOptions {
  vendor: string;
  port: number;
  /** Told of every exchange after it was answered. */
  record?: ((exchange: Exchange) => void) | undefined;
  /** Takes WebSocket handshakes; without it they are refused. */
  upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Largest body taken, in bytes. */
  bodyMaxBytes?: number;
}

export interface Served {
  origin: string;
  port: number;
  close(): Promise<void>;
}

/** `reset` breaks the connection off with no answer: the caller sees ECONNRESET. */
export type Answer = Response | 'reset';

/** A loopback server that speaks the platform's own Request and Response. Port 0 picks a free one. */
export async function serve(answer: (request: Request) => Promise<Answer> | Answer, options: ServeOptions): Promise<Served> {
  const server = createServer(async (incoming, outgoing) => {
    const body = await read(incoming, options.bodyMaxBytes ?? 512 * 1024 * 1024).catch(() => undefined);
    // Whoever asked died before the question was whole: a vendor carries out nothing of it.
    if (body === undefined) return;
    const method = incoming.method ?? 'GET';
    const url = `http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? '/'}`;
    let response: Answer;
    try {
      const init: RequestInit = { method, headers: headersOf(incoming) };
      if (method !== 'GET' && method !== 'HEAD') init.body = body;
      response = await answer(new Request(url, init));
    } catch (error) {
      console.error(`[${options.vendor}]`, error);
      response = new Response('sandbox failure', { status: 500 });
    }
    if (response === 'reset') {
      incoming.socket.resetAndDestroy();
      return;
    }
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body && response.headers.get('content-type')?.startsWith('text/event-stream')) await pour(response.body, outgoing);
    else outgoing.end(Buffer.from(await response.arrayBuffer()));
    options.record?.({
      vendor: options.vendor,
      method,
      path: incoming.url ?? '/',
      contentType: incoming.headers['content-type'] ?? '',
      body: body.length > 1_000_000 ? '' : mask(body.toString('utf8')),
      status: response.status,
    });
  });
  const { upgrade } = options;
  if (upgrade)
    server.on('upgrade', (request, socket, head) => {
      // Node leaves an upgraded socket to us: the other side may die while it is answered.
      socket.on('error', () => socket.destroy());
      upgrade(request, socket, head);
    });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Piece by piece, as it comes; ends the source when the listener leaves, and the connection when the source breaks. */
async function pour(source: ReadableStream<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  const reader = source.getReader();
  outgoing.on('close', () => void reader.cancel().catch(() => undefined));
  outgoing.flushHeaders();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) outgoing.write(next.value);
    outgoing.end();
  } catch {
    outgoing.socket?.resetAndDestroy();
  }
}

const mask = (body: string) => body.replace(/((?:client_secret|refresh_token|code|assertion|code_verifier)=)[^&]+/g, '$1masked');

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) if (value !== undefined) headers.set(name, String(value));
  return headers;
}

async function read(incoming: IncomingMessage, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const listen = (server: Server, port: number) =>
  new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', done);
  });
