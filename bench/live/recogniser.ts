import { randomUUID } from 'node:crypto';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Tick } from '../../sandbox/deepgram/ear.ts';
import { fluxTurns } from '../../sandbox/deepgram/flux.ts';
import { novaChannel } from '../../sandbox/deepgram/nova.ts';
import { serve } from '../../sandbox/kit/serve.ts';
import { FRAME_BYTES, FRAME_MS, msOfBytes } from '../../shared/capture/frames.ts';
import { wallMs, whoseAudio } from './rig.ts';

/** One session with the recogniser: one track of one call. */
export interface Ear {
  n: number;
  track: 'inbound' | 'outbound';
  say(message: object): void;
}

export type HeardWord = Tick['words'][number];

interface Hearing {
  /** The words of a call's track; their times count from its first audio. */
  words(n: number, track: Ear['track']): readonly HeardWord[];
  /** On top of recognition itself, ms: how far away the recogniser is for this call. */
  extraMs(n: number): number;
  /** The audio up to here has come. */
  reached(n: number, track: Ear['track'], toMs: number, at: number): void;
  /** These words were told, for the first time or again. */
  told(n: number, track: Ear['track'], words: readonly HeardWord[], at: number): void;
}

/** How long after a sound the vendor tells of it. */
const ASR_MS = 120;

/** Deepgram’s place at the table: who is there can be spoken for (`ears`), or hears words at its own cadence as their audio comes in. */
export async function openRecogniser(hearing?: Hearing) {
  const ears = new Map<string, Ear>();
  const sockets = new WebSocketServer({ noServer: true });
  const served = await serve(() => Response.json({ err_code: 'UNAVAILABLE', err_msg: 'Live alone.' }, { status: 503 }), {
    vendor: 'bench',
    port: 0,
    upgrade: (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (stream) => {
        listen(stream, (request.url ?? '').startsWith('/v2/'), ears, hearing);
      }),
  });
  return { origin: served.origin, ears, close: () => served.close() };
}

function listen(stream: WebSocket, isFlux: boolean, ears: Map<string, Ear>, hearing: Hearing | undefined): void {
  const say = (message: object) => {
    if (stream.readyState === stream.OPEN) stream.send(JSON.stringify(message));
  };
  const requestId = randomUUID();
  const flux = fluxTurns(requestId, {
    eotThreshold: 0.7,
    eagerEotThreshold: 0.4,
    eotTimeoutMs: 5_000,
    keyterms: [],
    languageHints: [],
    isMultilingual: false,
  });
  const nova = novaChannel(requestId, 0, {
    channels: 1,
    interim: true,
    endpointingMs: 300,
    utteranceEndMs: 1_000,
    vadEvents: false,
    isPunctuated: true,
    diarize: false,
  });
  if (isFlux) say(flux.connected());
  let ear: Ear | undefined;
  let [bytes, doneMs, next] = [0, 0, 0];
  stream.on('error', () => stream.terminate());
  stream.on('close', () => ear && ears.get(`${ear.n} ${ear.track}`) === ear && ears.delete(`${ear.n} ${ear.track}`));
  stream.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) {
      if (data.includes('CloseStream')) stream.close(1000);
      return;
    }
    if (!ear) {
      ear = { ...whoseAudio(data), say };
      ears.set(`${ear.n} ${ear.track}`, ear);
    }
    bytes += data.length;
    if (!hearing) return;
    const { n, track } = ear;
    const words = hearing.words(n, track);
    hearing.reached(n, track, msOfBytes(bytes), wallMs());
    for (; doneMs + FRAME_MS <= msOfBytes(bytes - (bytes % FRAME_BYTES)); doneMs += FRAME_MS) {
      const endMs = doneMs + FRAME_MS;
      const ended: HeardWord[] = [];
      for (let word = words[next]; word && word.endMs <= endMs; word = words[next]) {
        ended.push(word);
        next += 1;
      }
      const inWord = (words[next]?.startMs ?? Number.POSITIVE_INFINITY) < endMs;
      const tick: Tick = { endMs, words: ended, inWord, isStrange: false };
      const known = words.slice(0, next);
      const messages = isFlux ? flux.tick(tick) : nova.tick(tick);
      if (messages.length === 0) continue;
      setTimeout(() => {
        messages.forEach(say);
        hearing.told(n, track, known, wallMs());
      }, ASR_MS + hearing.extraMs(n));
    }
  });
}
