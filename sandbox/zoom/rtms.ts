import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { isSigned, type LiveVoice, l16, mediaAsked } from './rtms-talk.ts';
import type { ZoomApp } from './state.ts';

export interface StreamOptions {
  uuid: string;
  streamId: string;
  voices: readonly LiveVoice[];
  order?: 'little' | 'big';
  /** Sample rates that the media server gives; both unless said. */
  rates?: readonly number[];
  /** How often it asks whether we are there, and how long it waits. Zoom's own: 60 s on signalling, 65 s on media. */
  pingMs?: number;
  signallingPatienceMs?: number;
  mediaPatienceMs?: number;
  /** Every answer comes so much later. */
  slowMs?: number;
}

/** One meeting's stream, as whoever sits at Zoom's end can move it. */
export interface LiveStream {
  /** What the webhooks call its address. */
  address: string;
  /** How often media was connected, and every status code that was refused with, in order. */
  seen: { media: number; signalling: number; refused: number[]; closed: string[] };
  cutMedia(): void;
  cutSignalling(): void;
  /** Somebody comes in, or goes. */
  come(voice: LiveVoice): void;
  go(userId: number): void;
  /** Ends it, and says why. */
  end(reason: number): void;
  /** Milliseconds since the meeting began, of what was sent so far; 0 before anybody listens. */
  nowMs(): number;
}

const HELLO_MS = 5_000;
const FRAME_MS = 20;
const [SIGNALLING_HOST, MEDIA_HOST] = ['zoomsjc144-195-19-86zssgw.sjc.zoom.us:443', 'zoomsjc144-195-19-87mmr.sjc.zoom.us:443'];
const TERMINATED = 4;

interface Stream extends StreamOptions {
  people: LiveVoice[];
  seen: LiveStream['seen'];
  signalling: WebSocket | undefined;
  media: WebSocket | undefined;
  hasSubscribed: boolean;
  /** Media flows only after the client said so, on signalling. */
  isReady: boolean;
  startedMs: number | undefined;
  sent: number;
  isOver: boolean;
}

/** Realtime Media Streams: a signalling and a media server, as strict as Zoom's. developers.zoom.us/docs/rtms */
export function openRtms(app: Pick<ZoomApp, 'clientId' | 'clientSecret'>, now: () => number) {
  const sockets = new WebSocketServer({ noServer: true });
  const streams = new Map<string, Stream>();
  const open = new Set<WebSocket>();

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Both servers are at the twin's one address; whose host was meant says the header.
    const host = String(request.headers['x-zoom-host'] ?? '');
    const isMedia = host === MEDIA_HOST.replace(/:443$/, '');
    if (!isMedia && host !== SIGNALLING_HOST.replace(/:443$/, '')) {
      socket.end('HTTP/1.1 421 Misdirected Request\r\nconnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      open.add(client);
      client.on('close', () => open.delete(client));
      client.on('error', () => client.terminate());
      greet(client, isMedia);
    });
  }

  /** The first message has to be the handshake, soon. */
  function greet(client: WebSocket, isMedia: boolean): void {
    const answer = isMedia ? 4 : 2;
    const timer = setTimeout(() => client.close(1008, 'no handshake'), HELLO_MS);
    client.once('message', async (data) => {
      clearTimeout(timer);
      const said = read(data);
      const stream = streams.get(String(said['rtms_stream_id']));
      if (stream?.slowMs) await pause(stream.slowMs);
      const status = refusal(said, stream, isMedia);
      if (status !== 0 || !stream) {
        stream?.seen.refused.push(status);
        client.send(JSON.stringify({ msg_type: answer, protocol_version: 1, status_code: status, reason: `status ${status}` }));
        client.close(1000);
        return;
      }
      if (isMedia) serveMedia(client, stream, said);
      else serveSignalling(client, stream);
    });
  }

  function refusal(said: Record<string, unknown>, stream: Stream | undefined, isMedia: boolean): number {
    if (said['msg_type'] !== (isMedia ? 3 : 1)) return 1;
    if (!stream || stream.isOver) return 2;
    if (said['protocol_version'] !== 1 || said['meeting_uuid'] !== stream.uuid) return 4;
    if (!isSigned(app, stream.uuid, stream.streamId, said['signature'])) return 3;
    if (!isMedia) return isOpen(stream.signalling) ? 8 : 0;
    // The media server knows a stream from its signalling alone.
    if (!isOpen(stream.signalling)) return 2;
    if (isOpen(stream.media)) return 16;
    const asked = mediaAsked(said, stream.rates ?? [8_000, 16_000]);
    return 'status' in asked ? asked.status : 0;
  }

  function serveSignalling(client: WebSocket, stream: Stream): void {
    stream.signalling = client;
    stream.seen.signalling += 1;
    stream.hasSubscribed = false;
    say(client, {
      msg_type: 2,
      protocol_version: 1,
      sequence: 0,
      status_code: 0,
      reason: '',
      media_server: { server_urls: { audio: `wss://${MEDIA_HOST}`, all: `wss://${MEDIA_HOST}` } },
    });
    const alive = keepAlive(client, stream, 'signalling', stream.signallingPatienceMs ?? 60_000);
    client.on('message', (data) => {
      const said = read(data);
      if (said['msg_type'] === 13) return alive(said['timestamp']);
      if (said['msg_type'] === 5 && areEvents(said['events'])) {
        stream.hasSubscribed = true;
        tellPeople(stream, 3, stream.people);
        return;
      }
      const isReady = said['msg_type'] === 7 && said['rtms_stream_id'] === stream.streamId && isOpen(stream.media);
      if (!isReady) return stop(client, stream, 'signalling: out of order');
      stream.isReady = true;
    });
    client.on('close', () => {
      if (stream.signalling === client) stream.signalling = undefined;
    });
  }

  function serveMedia(client: WebSocket, stream: Stream, said: Record<string, unknown>): void {
    const asked = mediaAsked(said, stream.rates ?? [8_000, 16_000]);
    if ('status' in asked) return;
    stream.media = client;
    stream.seen.media += 1;
    stream.isReady = false;
    say(client, { msg_type: 4, protocol_version: 1, sequence: 0, status_code: 0, reason: '', media_params: said['media_params'] });
    const alive = keepAlive(client, stream, 'media', stream.mediaPatienceMs ?? 65_000);
    client.on('message', (data) => {
      const answer = read(data);
      if (answer['msg_type'] !== 13) return stop(client, stream, 'media: out of order');
      alive(answer['timestamp']);
    });
    client.on('close', () => {
      if (stream.media === client) stream.media = undefined;
    });
    void play(client, stream, asked);
  }

  /** In real time, from when the first listener was ready; what nobody listened to is gone. */
  async function play(client: WebSocket, stream: Stream, { hz, isMixed }: { hz: 8_000 | 16_000; isMixed: boolean }): Promise<void> {
    while (!stream.isReady && isOpen(client)) await pause(5);
    stream.startedMs ??= now();
    const startedMs = stream.startedMs;
    stream.sent = Math.max(stream.sent, Math.floor((now() - startedMs) / FRAME_MS));
    while (isOpen(client) && !stream.isOver) {
      for (const due = Math.floor((now() - startedMs) / FRAME_MS); stream.sent < due; stream.sent++) {
        const atMs = stream.sent * FRAME_MS;
        for (const voice of stream.people) {
          const data = l16(voice.audio, atMs, hz, stream.order ?? 'little').toString('base64');
          const who = isMixed ? { user_id: 0, user_name: '' } : { user_id: voice.userId, user_name: voice.name };
          say(client, { msg_type: 14, content: { ...who, data, timestamp: startedMs + atMs } });
          if (isMixed) break;
        }
      }
      await pause(5);
    }
  }

  /** Asks, and closes whoever does not answer with the same timestamp in time. */
  function keepAlive(client: WebSocket, stream: Stream, name: string, patienceMs: number): (timestamp: unknown) => void {
    let asked: number | undefined;
    let answeredMs = now();
    const ask = () => {
      asked = now();
      say(client, { msg_type: 12, timestamp: asked });
    };
    const timer = setInterval(() => {
      if (now() - answeredMs > patienceMs) return stop(client, stream, `${name}: no answer`);
      ask();
    }, stream.pingMs ?? 10_000);
    ask();
    client.on('close', () => clearInterval(timer));
    return (timestamp) => {
      if (timestamp === asked) answeredMs = now();
    };
  }

  function stop(client: WebSocket, stream: Stream, why: string): void {
    stream.seen.closed.push(why);
    client.close(1008, why);
  }

  return {
    upgrade,
    begin(options: StreamOptions): LiveStream {
      const stream: Stream = {
        ...options,
        people: options.voices.filter(({ comesAtMs }) => comesAtMs === undefined),
        seen: { media: 0, signalling: 0, refused: [], closed: [] },
        signalling: undefined,
        media: undefined,
        hasSubscribed: false,
        isReady: false,
        startedMs: undefined,
        sent: 0,
        isOver: false,
      };
      streams.set(options.streamId, stream);
      return {
        address: `wss://${SIGNALLING_HOST}`,
        seen: stream.seen,
        cutMedia: () => stream.media?.terminate(),
        cutSignalling: () => stream.signalling?.terminate(),
        come(voice) {
          stream.people.push(voice);
          tellPeople(stream, 3, [voice]);
        },
        go(userId) {
          const gone = stream.people.filter((one) => one.userId === userId);
          stream.people = stream.people.filter((one) => one.userId !== userId);
          tellPeople(stream, 4, gone);
        },
        end(reason) {
          stream.isOver = true;
          if (stream.signalling) say(stream.signalling, { msg_type: 8, timestamp: now(), state: TERMINATED, reason });
          stream.media?.close(1000);
          stream.signalling?.close(1000);
        },
        nowMs: () => stream.sent * FRAME_MS,
      };
    },
    close() {
      for (const client of open) client.terminate();
    },
  };
}

function tellPeople(stream: Stream, type: 3 | 4, people: readonly LiveVoice[]): void {
  if (!stream.signalling || !stream.hasSubscribed || people.length === 0) return;
  const participants = people.map(({ userId, name }) => ({ user_id: userId, user_name: name }));
  say(stream.signalling, { msg_type: 6, event: { event_type: type, timestamp: Date.now(), participants } });
}

const areEvents = (events: unknown): boolean =>
  Array.isArray(events) &&
  events.length > 0 &&
  events.every(
    (one: Record<string, unknown>) => Number(one['event_type']) >= 1 && Number(one['event_type']) <= 14 && one['subscribe'] === true,
  );

const isOpen = (client: WebSocket | undefined): boolean => client !== undefined && client.readyState === client.OPEN;

function say(client: WebSocket, message: object): void {
  if (client.readyState === client.OPEN) client.send(JSON.stringify(message));
}

function read(data: unknown): Record<string, unknown> {
  try {
    const said: unknown = JSON.parse(String(data));
    return typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
