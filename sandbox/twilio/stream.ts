import { once } from 'node:events';
import { WebSocket } from 'ws';
import { FRAME_BYTES, FRAME_MS } from '../../shared/capture/frames.ts';
import { SILENCE } from '../../shared/capture/mulaw.ts';
import type { Plan } from './twiml.ts';

export interface MediaOptions {
  plan: NonNullable<Plan['stream']>;
  accountSid: string;
  callSid: string;
  streamSid: string;
  signature: string;
  tracks: Record<'inbound' | 'outbound', Uint8Array>;
  /** Times real time. */
  speed: number;
  cutAfterMs?: number | undefined;
  /** Ends the stream when the call is hung up. */
  hangUp: AbortSignal;
}

const PATIENCE_MS = 5_000;
const TICK_MS = 10;
/** Frames wait here, not in memory, while the other side does not read. */
const BACKLOG_MAX_BYTES = 4 * 1024 * 1024;

export interface Media {
  /** Milliseconds of audio that were sent when the stream ended. */
  done: Promise<number>;
}

/** Opens the media socket as Twilio does and plays the call into it. Rejects when the handshake is refused. */
export async function playMedia(options: MediaOptions): Promise<Media> {
  const headers = { 'X-Twilio-Signature': options.signature, 'User-Agent': 'Twilio.TmeWs/1.0' };
  const socket = new WebSocket(options.plan.url, { headers, handshakeTimeout: PATIENCE_MS });
  await once(socket, 'open');
  socket.on('error', () => socket.terminate());
  return { done: play(socket, options) };
}

async function play(socket: WebSocket, options: MediaOptions): Promise<number> {
  const { accountSid, callSid, streamSid, plan } = options;
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

  const frames = Math.ceil(Math.max(...names.map((name) => options.tracks[name].length)) / FRAME_BYTES);
  const startedAt = performance.now();
  let sent = 0;
  while (sent < frames && !options.hangUp.aborted && socket.readyState === socket.OPEN) {
    const due = Math.min(frames, Math.floor(((performance.now() - startedAt) * options.speed) / FRAME_MS));
    for (; sent < due && socket.bufferedAmount < BACKLOG_MAX_BYTES; sent++) {
      if (options.cutAfterMs !== undefined && sent * FRAME_MS >= options.cutAfterMs) socket.terminate();
      for (const track of names) {
        const payload = Buffer.from(frame(options.tracks[track], sent)).toString('base64');
        numbered({ event: 'media', media: { track, chunk: String(sent + 1), timestamp: String(sent * FRAME_MS), payload } });
      }
    }
    await new Promise((done) => setTimeout(done, TICK_MS));
  }
  if (socket.readyState === socket.OPEN) {
    numbered({ event: 'stop', stop: { accountSid, callSid } });
    socket.close(1000);
    const timer = setTimeout(() => socket.terminate(), PATIENCE_MS);
    await once(socket, 'close');
    clearTimeout(timer);
  }
  return sent * FRAME_MS;
}

/** A quiet line still sends frames. */
function frame(track: Uint8Array, at: number): Uint8Array {
  const bytes = new Uint8Array(FRAME_BYTES).fill(SILENCE);
  bytes.set(track.subarray(at * FRAME_BYTES, (at + 1) * FRAME_BYTES));
  return bytes;
}
