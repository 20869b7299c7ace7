import { type Fault, failed, ok, type Result } from '../../../shared/kit/result.ts';
import { type RtmsSaid, readRtms, SAYS } from './rtms-wire.ts';

const OPEN_MS = 5_000;
const ANSWER_MS = 5_000;
/** Zoom asks often whether we are there. A socket that says nothing at all for so long is dead, whatever it looks like. */
const DEAF_MS = 70_000;

export interface RtmsGuard {
  /** The address, as https, when it is one of Zoom's streams; else null. */
  stream(raw: string): URL | null;
  /** Asks this origin in the place of Zoom's hosts; for the sandbox alone. The guard stands before it either way. */
  rtms?: string;
}

export interface RtmsSocket {
  /** What Zoom answers to this first message; `broken` when it says nothing or goes away. */
  ask(message: object): Promise<Result<Extract<RtmsSaid, { is: 'answer' }>>>;
  send(message: object): void;
  close(): void;
}

/** One of a stream's two sockets. Pings are answered here; `hear` gets the rest, `ended` is told once, when it is gone without our asking. */
export async function openSocket(
  guard: RtmsGuard,
  raw: string,
  hear: (said: RtmsSaid) => void,
  ended: () => void,
): Promise<Result<RtmsSocket>> {
  const address = guard.stream(raw);
  if (!address) return failed({ kind: 'refused', said: 'The stream lies at an address that is not Zoom’s, so it was not opened.' });
  const socket = await dial(address, guard.rtms);
  if (!socket) return failed(gone);
  const answered = Promise.withResolvers<Result<Extract<RtmsSaid, { is: 'answer' }>>>();
  let isOver = false;
  let lastAtMs = Date.now();

  const send = (message: object) => {
    if (isOver) return;
    try {
      socket.send(JSON.stringify(message));
    } catch {
      end();
    }
  };
  const shut = () => {
    isOver = true;
    clearInterval(watch);
    answered.resolve(failed(gone));
    try {
      socket.close(1000);
    } catch {
      // Closed from the other side in the same moment.
    }
  };
  const end = () => {
    if (isOver) return;
    shut();
    ended();
  };
  const watch = setInterval(() => {
    if (Date.now() - lastAtMs > DEAF_MS) end();
  }, DEAF_MS / 7);

  socket.addEventListener('message', ({ data }) => {
    if (isOver) return;
    lastAtMs = Date.now();
    const said = readRtms(data);
    if (said.is === 'ping') send({ msg_type: SAYS.alive, timestamp: said.timestamp });
    if (said.is === 'answer') answered.resolve(ok(said));
    else hear(said);
  });
  socket.addEventListener('close', end);
  socket.addEventListener('error', end);
  socket.accept();

  return ok({
    async ask(message) {
      const timer = setTimeout(() => answered.resolve(failed(gone)), ANSWER_MS);
      send(message);
      const answer = await answered.promise;
      clearTimeout(timer);
      return answer;
    },
    send,
    close: shut,
  });
}

const gone: Fault = { kind: 'broken', said: 'Zoom’s stream does not answer.' };

async function dial(address: URL, rtms: string | undefined): Promise<WebSocket | null> {
  const headers: Record<string, string> = { Upgrade: 'websocket' };
  if (rtms !== undefined) headers['x-zoom-host'] = address.host;
  // Only the handshake is timed: an aborted signal would also end a socket that is open by then.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), OPEN_MS);
  try {
    const url = rtms === undefined ? address.href : `${rtms}${address.pathname}${address.search}`;
    const response = await fetch(url, { headers, redirect: 'manual', signal: patience.signal });
    if (response.webSocket) return response.webSocket;
    await response.body?.cancel();
    return null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
