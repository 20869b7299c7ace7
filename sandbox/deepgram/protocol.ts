import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Exchange, serve } from '../kit/serve.ts';
import type { Faults } from './faults.ts';
import { transcript } from './prerecorded.ts';
import { checkFile, checkFlux, checkNova } from './query.ts';
import { soundOf } from './sound.ts';
import { type DeepgramState, openState } from './state.ts';
import { serveFlux, serveNova } from './stream.ts';

export interface DeepgramOptions {
  port: number;
  apiKey: string;
  /** How many times faster than real time callers play their audio; shortens the recognition delay. */
  speed?: number;
  record?: (exchange: Exchange) => void;
  now?: () => number;
  /** Live streams at once; as many as the vendor gives one project by default, unless said. */
  streamsMax?: number | undefined;
  /** Is shown all audio that comes in, live or as a file. */
  taste?: (audio: Uint8Array) => void;
  /** Told once, in a sentence, when audio comes that is not the sample call. Default: the console. */
  notice?: (sentence: string) => void;
}

export interface DeepgramTwin {
  /** http:// — the sockets are at the same address. */
  origin: string;
  faults: Faults;
  /** Cuts every live socket, as a network does. */
  drop(): void;
  close(): Promise<void>;
}

/** Deepgram as this product uses it: Flux and nova live, and recordings. Knows the sample call by heart and nothing else. */
export async function startDeepgram(options: DeepgramOptions): Promise<DeepgramTwin> {
  const state = openState(options);
  const now = options.now ?? Date.now;
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false });
  const served = await serve((request) => answer(request, options.apiKey, state, now), {
    vendor: 'deepgram',
    port: options.port,
    record: options.record,
    upgrade: (request, socket, head) => {
      const { status, refusal, accept } = handshake(request, options.apiKey, state, now);
      options.record?.({ vendor: 'deepgram', method: 'GET', path: request.url ?? '/', contentType: '', body: '', status });
      if (!accept) return refuse(socket, status, refusal);
      sockets.handleUpgrade(request, socket, head, (stream) => {
        state.streams.add(stream);
        stream.on('close', () => state.streams.delete(stream));
        stream.on('error', () => stream.terminate());
        accept(stream);
      });
    },
  });
  return {
    origin: served.origin,
    faults: state.faults,
    drop() {
      for (const stream of state.streams) stream.terminate();
    },
    async close() {
      for (const stream of state.streams) stream.terminate();
      await served.close();
    },
  };
}

/** Both shapes the vendor still answers errors in are one here: the one its listen endpoints use. */
const trouble = (code: string, message: string) => ({ err_code: code, err_msg: message, request_id: randomUUID() });

function knock(authorization: string | undefined, apiKey: string, state: DeepgramState): { status: number; refusal: object } | undefined {
  const fault = state.faults.takeRefusal();
  if (fault === 429) return { status: 429, refusal: trouble('TOO_MANY_REQUESTS', 'Too many requests at once.') };
  if (fault === 403) return { status: 403, refusal: trouble('INSUFFICIENT_PERMISSIONS', 'The key may not do this.') };
  if (fault && fault >= 500) return { status: fault, refusal: trouble('INTERNAL_SERVER_ERROR', 'Something broke.') };
  if (fault || (authorization !== `Token ${apiKey}` && authorization !== `Bearer ${apiKey}`)) {
    return { status: 401, refusal: trouble('INVALID_AUTH', 'The credentials are not valid.') };
  }
  return undefined;
}

interface Handshake {
  status: number;
  refusal?: object;
  accept?: (stream: WebSocket) => void;
}

function handshake(request: IncomingMessage, apiKey: string, state: DeepgramState, now: () => number): Handshake {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  // Browsers cannot set headers, so the vendor also takes the key as a sub-protocol.
  const [scheme, key] = (request.headers['sec-websocket-protocol'] ?? '').split(/,\s*/);
  const offered = scheme === 'token' ? `Token ${key}` : scheme === 'bearer' ? `Bearer ${key}` : undefined;
  const knocked = knock(request.headers.authorization ?? offered, apiKey, state);
  if (knocked) return knocked;
  const requestId = randomUUID();
  const bad = (why: string): Handshake => ({ status: 400, refusal: trouble('Bad Request', `Bad Request: ${why}.`) });
  const full = (): Handshake | undefined =>
    state.streams.size < state.streamsMax ? undefined : { status: 429, refusal: trouble('TOO_MANY_REQUESTS', 'Too many streams at once.') };
  if (url.pathname === '/v2/listen') {
    const checked = checkFlux(url.searchParams);
    if (!checked.ok) return bad(checked.why);
    return full() ?? { status: 101, accept: (stream) => serveFlux(stream, checked.value, requestId, state) };
  }
  if (url.pathname === '/v1/listen') {
    const checked = checkNova(url.searchParams);
    if (!checked.ok) return bad(checked.why);
    return full() ?? { status: 101, accept: (stream) => serveNova(stream, checked.value, requestId, state, now) };
  }
  return { status: 404, refusal: trouble('NOT_FOUND', 'There is nothing here.') };
}

async function answer(request: Request, apiKey: string, state: DeepgramState, now: () => number): Promise<Response> {
  const url = new URL(request.url);
  const knocked = knock(request.headers.get('authorization') ?? undefined, apiKey, state);
  if (knocked) return Response.json(knocked.refusal, { status: knocked.status });
  if (url.pathname !== '/v1/listen') return Response.json(trouble('NOT_FOUND', 'There is nothing here.'), { status: 404 });
  if (request.method !== 'POST') return Response.json(trouble('METHOD_NOT_ALLOWED', 'Recordings are posted.'), { status: 405 });
  const bad = (code: string, message: string) => Response.json(trouble(code, message), { status: 400 });
  const checked = checkFile(url.searchParams);
  if (!checked.ok) return bad('Bad Request', `Bad Request: ${checked.why}.`);
  const bytes = new Uint8Array(await request.arrayBuffer());
  state.taste(bytes);
  if (request.headers.get('content-type')?.startsWith('application/json')) {
    // A sandbox fetches nothing from the world.
    if (isUrlBody(bytes)) return bad('REMOTE_CONTENT_ERROR', 'The recording at this address cannot be fetched.');
    return bad('Bad Request', 'The JSON payload could not be read.');
  }
  const sound = soundOf(bytes, checked.value);
  // Other containers are valid for the vendor; this twin has no decoder and hears nothing in them.
  if (!sound && !isContainer(bytes)) return bad('Bad Request', 'Bad Request: failed to process audio: corrupt or unsupported data');
  const heard = sound ?? { channels: 1, sampleRate: 0, tracks: [], durationMs: 0 };
  const { body, isKnown } = transcript(
    { memory: state.memory, voices: state.faults.voiceErrors() },
    heard,
    bytes,
    checked.value,
    randomUUID(),
    now(),
  );
  if (!isKnown) state.strange();
  return Response.json(body);
}

function isUrlBody(bytes: Uint8Array): boolean {
  try {
    const body: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof body === 'object' && body !== null && 'url' in body && typeof body.url === 'string' && URL.canParse(body.url);
  } catch {
    return false;
  }
}

/** MP3, MP4, FLAC, Ogg, Matroska by their first bytes. */
function isContainer(bytes: Uint8Array): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  const [first = 0, second = 0] = bytes;
  const isMpeg = first === 0xff && second >= 0xe0;
  const isMatroska = first === 0x1a && second === 0x45;
  return isMpeg || isMatroska || /^(ID3|fLaC|OggS)/.test(start) || start.slice(4) === 'ftyp';
}

function refuse(socket: Duplex, status: number, body: object | undefined): void {
  const text = JSON.stringify(body ?? {});
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
}
