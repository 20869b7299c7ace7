import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { FRAME_MS } from '../../shared/capture/frames.ts';
import type { Rough } from './faults.ts';
import type { TalkLine } from './line.ts';
import type { Plan } from './twiml.ts';

export interface MediaOptions {
  plan: NonNullable<Plan['stream']>;
  accountSid: string;
  callSid: string;
  streamSid: string;
  signature: string;
  line: TalkLine;
  /** Breaks the socket at this time of the call. */
  cutAtMs?: number | undefined;
  rough?: Rough | undefined;
}

const PATIENCE_MS = 5_000;
const TICK_MS = 10;
/** Frames wait here, not in memory, while the other side does not read. */
const BACKLOG_MAX_BYTES = 4 * 1024 * 1024;

export interface Media {
  /** How the stream ended: with a goodbye, or broken. */
  done: Promise<'stopped' | 'broken'>;
}

/** Opens the media socket as Twilio does and plays the call into it from now on. Rejects when the handshake is refused. */
export async function playMedia(options: MediaOptions): Promise<Media> {
  const headers = { 'X-Twilio-Signature': options.signature, 'User-Agent': 'Twilio.TmeWs/1.0' };
  const socket = new WebSocket(options.plan.url, { headers, handshakeTimeout: PATIENCE_MS });
  await once(socket, 'open');
  socket.on('error', () => socket.terminate());
  return { done: play(socket, options) };
}

async function play(socket: WebSocket, options: MediaOptions): Promise<'stopped' | 'broken'> {
  const { accountSid, callSid, streamSid, plan, line, rough } = options;
  const names =
    plan.track === 'both_tracks'
      ? (['inbound', 'outbound'] as const)
      : ([plan.track === 'inbound_track' ? 'inbound' : 'outbound'] as const);
  let sequence = 0;
  const say = (message: object) => socket.send(JSON.stringify(message));
  const numbered = (message: object) => say({ ...message, sequenceNumber: String(++sequence), streamSid });

  say({ event: 'connected', protocol: 'Call', version: '1.0.0' });
  const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 };
  numbered({ event: 'start', start: { accountSid, streamSid, callSid, tracks: names, mediaFormat, customParameters: plan.parameters } });

  line.begin();
  const first = Math.floor(line.nowMs() / FRAME_MS);
  let sent = first;
  line.streams(first * FRAME_MS);
  /** Frames that others overtake. */
  const late: { dueAt: number; message: object }[] = [];
  const media = (message: object) => numbered({ event: 'media', media: message });
  for (;;) {
    const isOver = line.isOver();
    const stall = rough?.stallAtMs;
    const isStalled = stall !== undefined && rough && line.nowMs() >= stall && line.nowMs() < stall + rough.stallMs && !isOver;
    const due = isStalled ? sent : Math.floor(line.nowMs() / FRAME_MS);
    for (; sent < due && socket.readyState === socket.OPEN && socket.bufferedAmount < BACKLOG_MAX_BYTES; sent++) {
      if (options.cutAtMs !== undefined && sent * FRAME_MS >= options.cutAtMs) {
        socket.terminate();
        break;
      }
      for (const track of names) {
        const payload = Buffer.from(line.frame(track, sent)).toString('base64');
        const at = sent - first;
        const message = { track, chunk: String(at + 1), timestamp: String(at * FRAME_MS), payload };
        const fate = rough?.dice() ?? 1;
        if (rough && fate < rough.loses) continue;
        if (rough && fate < rough.loses + rough.repeats) media(message);
        if (rough && fate > 1 - rough.disorders) late.push({ dueAt: sent + 3, message });
        else media(message);
      }
      for (const one of late.filter(({ dueAt }) => dueAt <= sent)) media(one.message);
      late.splice(0, late.length, ...late.filter(({ dueAt }) => dueAt > sent));
    }
    if (socket.readyState !== socket.OPEN) return 'broken';
    if (isOver && sent >= due) break;
    await pause(TICK_MS);
  }
  for (const one of late) media(one.message);
  numbered({ event: 'stop', stop: { accountSid, callSid } });
  socket.close(1000);
  const timer = setTimeout(() => socket.terminate(), PATIENCE_MS);
  await once(socket, 'close');
  clearTimeout(timer);
  return 'stopped';
}
