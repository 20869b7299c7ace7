import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { serve } from '../kit/serve.ts';
import type { CallFolder, Timed } from './folder.ts';
import { fluxSchedule, novaSchedule } from './schedules.ts';

/** One message of the recogniser's that holds words. Times of the call, ms; `at` is wall time. */
export interface Emitted {
  at: number;
  ch: number;
  startsMs: readonly number[];
  /** How far the recogniser had heard. */
  toMs: number;
}

/** Enough of a track to know it by, 100 ms. */
const KNOWN_BYTES = 800;

/**
 * A recogniser for one call: plays the folder's own schedule, or carries everything to and from another one at `url` that does. Either way
 * it notes when which words were told.
 */
export async function openSpeech(folder: CallFolder, { url, wallMs }: { url?: string | undefined; wallMs(): number }) {
  const emitted: Emitted[] = [];
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false });
  let opened = 0;
  const served = await serve(() => Response.json({ err_code: 'UNAVAILABLE', err_msg: 'This plays one live call.' }, { status: 503 }), {
    vendor: 'replay',
    port: 0,
    upgrade: (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (ear) => {
        opened += 1;
        ear.on('error', () => ear.terminate());
        const note = (ch: number, shiftMs: number, msg: Record<string, unknown>) => {
          const told = wordsIn(msg);
          if (told) emitted.push({ at: wallMs(), ch, startsMs: told.startsMs.map((ms) => ms + shiftMs), toMs: told.toMs + shiftMs });
        };
        if (url) relay(ear, request, new URL(request.url ?? '/', url), folder, note);
        else play(ear, folder, (request.url ?? '').startsWith('/v2/'), note);
      }),
  });
  return { origin: served.origin, emitted, sessions: () => opened, close: () => served.close() };
}

type Note = (ch: number, shiftMs: number, msg: Record<string, unknown>) => void;

function play(ear: WebSocket, folder: CallFolder, isFlux: boolean, note: Note): void {
  const requestId = randomUUID();
  const timers: NodeJS.Timeout[] = [];
  const waiting: Uint8Array[] = [];
  let beganAt: number | undefined;
  let isPlaying = false;
  const say = (msg: object) => ear.readyState === ear.OPEN && ear.send(JSON.stringify(msg));
  if (isFlux) say({ type: 'Connected', request_id: requestId, sequence_id: 0 });
  ear.on('close', () => timers.forEach(clearTimeout));
  ear.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) {
      if (!data.includes('CloseStream')) return;
      if (!isFlux) say({ type: 'Metadata', request_id: requestId, duration: 0, channels: 1 });
      ear.close(1000);
      return;
    }
    beganAt ??= performance.now();
    if (isPlaying) return;
    waiting.push(data);
    const place = placeOf(folder, Buffer.concat(waiting));
    if (!place) return;
    isPlaying = true;
    const schedule = isFlux ? fluxSchedule(folder, place.ch, requestId) : novaSchedule(folder, place.ch);
    for (const { t, msg } of schedule) {
      if (t < place.atMs) continue;
      const shifted = place.atMs === 0 ? msg : shift(msg, place.atMs / 1_000);
      const act = () => {
        say(shifted);
        note(place.ch, 0, msg);
      };
      timers.push(setTimeout(act, Math.max(0, t - place.atMs - (performance.now() - beganAt))));
    }
  });
}

function relay(ear: WebSocket, request: IncomingMessage, to: URL, folder: CallFolder, note: Note): void {
  const authorization = request.headers.authorization;
  to.protocol = to.protocol.replace('http', 'ws');
  const far = new WebSocket(to, { headers: authorization ? { authorization } : {} });
  const held: { data: Buffer; isBinary: boolean }[] = [];
  const heard: Uint8Array[] = [];
  let place: ReturnType<typeof placeOf>;
  const stop = () => {
    ear.close();
    far.close();
  };
  far.on('error', stop);
  far.on('close', stop);
  ear.on('close', () => far.close());
  far.on('open', () => {
    for (const { data, isBinary } of held.splice(0)) far.send(data, { binary: isBinary });
  });
  far.on('message', (data: Buffer, isBinary: boolean) => {
    if (ear.readyState === ear.OPEN) ear.send(data, { binary: isBinary });
    const msg = isBinary ? undefined : parsed(data.toString('utf8'));
    if (msg && place) note(place.ch, place.atMs, msg);
  });
  ear.on('message', (data: Buffer, isBinary: boolean) => {
    if (far.readyState === far.OPEN) far.send(data, { binary: isBinary });
    else held.push({ data, isBinary });
    if (!isBinary || place) return;
    heard.push(data);
    place = placeOf(folder, Buffer.concat(heard));
  });
}

/** Which channel this audio is of, and from where on; undefined while too little was heard. */
function placeOf({ tracks }: CallFolder, heard: Buffer): { ch: 0 | 1; atMs: number } | undefined {
  for (let at = 0; at + KNOWN_BYTES <= heard.length; at += KNOWN_BYTES) {
    const piece = heard.subarray(at, at + KNOWN_BYTES);
    for (const ch of [0, 1] as const) {
      const found = Buffer.from(tracks[ch].buffer, tracks[ch].byteOffset, tracks[ch].length).indexOf(piece);
      if (found >= 0) return { ch, atMs: Math.max(0, (found - at) / 8) };
    }
  }
  return undefined;
}

const wordsOf = (words: unknown): number[] =>
  Array.isArray(words) ? words.flatMap((word: { start?: unknown }) => (typeof word.start === 'number' ? [word.start * 1_000] : [])) : [];

/** The words of a message and how far it had heard, by its own clock; undefined when it has none. */
function wordsIn(msg: Record<string, unknown>): { startsMs: number[]; toMs: number } | undefined {
  if (msg['type'] === 'TurnInfo') return { startsMs: wordsOf(msg['words']), toMs: Number(msg['audio_window_end']) * 1_000 };
  if (msg['type'] !== 'Results') return undefined;
  const { channel, start, duration } = msg as { channel?: { alternatives?: { words?: unknown }[] }; start?: number; duration?: number };
  return { startsMs: wordsOf(channel?.alternatives?.[0]?.words), toMs: (Number(start) + Number(duration)) * 1_000 };
}

/** A session that begins later counts from its own first audio. */
function shift(msg: Timed['msg'], bySeconds: number): Timed['msg'] {
  const move = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(move);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) =>
        typeof one === 'number' && /^(start|end|audio_window_start|audio_window_end|timestamp|last_word_end)$/.test(name)
          ? [name, Math.max(0, one - bySeconds)]
          : [name, move(one)],
      ),
    );
  };
  return move(msg) as Timed['msg'];
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
