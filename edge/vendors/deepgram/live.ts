import { cutter, msOfBytes } from '../../../shared/capture/frames.ts';
import { toPcm16 } from '../../../shared/capture/mulaw.ts';
import { type Fault, failed, ok } from '../../../shared/kit/result.ts';
import type { LiveOptions, LiveSpeech, SpeechHeard } from '../../ports/speech.ts';
import { faultOf } from './fault.ts';
import { fluxReader, type LiveHeard, novaReader } from './map.ts';
import { mixedReader } from './mixed-reader.ts';

export interface LiveConfig {
  /** `https://api.deepgram.com`, or the twin's address. */
  api: string;
  apiKey: string;
  /**
   * Flux is faster and knows turns; nova3 is the way out when Flux is down or the language is not there; nova3-voices is nova3 where one
   * track has several voices, which Flux cannot tell apart.
   */
  model: 'flux' | 'nova3' | 'nova3-voices';
}

/** 80 ms: smaller pieces delay recognition, larger ones delay the card. */
const CHUNK_BYTES = 640;
const OPEN_MS = 5_000;
const CLOSE_MS = 5_000;
const KEEP_ALIVE_MS = 5_000;
/**
 * A session that has heard nothing new for so long, while we send, is dead, whatever its socket says. Flux tells four times a second how
 * far it is, in silence too; nova may say nothing for some seconds.
 */
const DEAF_MS = { flux: 4_000, nova3: 10_000, 'nova3-voices': 10_000 };
/** So sure that a turn is over, it says so before it is certain: what was said counts a quarter of a second earlier. */
const TURN_END = { eot_threshold: '0.7', eager_eot_threshold: '0.4' };
/** What may be on its way at most: five minutes of audio, far beyond any live use. */
const BEHIND_MAX_MS = 300_000;
/** A line's own noise is far below; somebody who speaks is above. Mean of the samples' size. */
const LOUD = 300;
const KEYTERMS_MAX = 50;

/**
 * Live recognition over a raw WebSocket: the SDK's own sends no key in workerd.
 * https://developers.deepgram.com/docs/flux and docs/live-streaming-audio
 */
export function deepgramLive(config: LiveConfig): LiveSpeech {
  return {
    async open(options, hear) {
      const dialled = await dial(addressOf(config, options), config.apiKey);
      if ('fault' in dialled) return failed(dialled.fault);
      const session = listen(dialled.socket, config.model, hear);
      const fault = await session.opened;
      return fault ? failed(fault) : ok({ feed: session.feed, close: session.close });
    },
  };
}

function addressOf({ api, model }: LiveConfig, { encoding, sampleRate, keyterms }: LiveOptions): string {
  const query = new URLSearchParams({ model: model === 'flux' ? 'flux-general-en' : 'nova-3', encoding, sample_rate: String(sampleRate) });
  if (model === 'flux') for (const [name, value] of Object.entries(TURN_END)) query.set(name, value);
  if (model !== 'flux') {
    const asked = {
      channels: '1',
      interim_results: 'true',
      punctuate: 'true',
      endpointing: '300',
      utterance_end_ms: '1000',
      language: 'en',
      ...(model === 'nova3-voices' ? { diarize_model: 'v1' } : {}),
    };
    for (const [name, value] of Object.entries(asked)) query.set(name, value);
  }
  // A list or a weight in one term is refused by the vendor, and one bad name must not cost the call its ears.
  for (const keyterm of keyterms.slice(0, KEYTERMS_MAX)) if (/^[^,;:\n]{1,80}$/.test(keyterm)) query.append('keyterm', keyterm);
  return `${api}/${model === 'flux' ? 'v2' : 'v1'}/listen?${query}`;
}

function readerOf(model: LiveConfig['model']): { read(message: string): LiveHeard[]; last(): LiveHeard[] } {
  if (model === 'nova3-voices') return mixedReader();
  const reader = model === 'flux' ? fluxReader() : novaReader();
  return {
    read: (message) => [reader.read(message)],
    last: () => {
      const open = reader.last();
      return open ? [open] : [];
    },
  };
}

async function dial(address: string, apiKey: string): Promise<{ socket: WebSocket } | { fault: Fault }> {
  // Only the handshake is timed: an aborted signal would also end a socket that is open by then.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), OPEN_MS);
  try {
    const headers = { Upgrade: 'websocket', Authorization: `Token ${apiKey}` };
    const response = await fetch(address, { headers, signal: patience.signal });
    if (response.webSocket) return { socket: response.webSocket };
    await response.body?.cancel();
    return { fault: faultOf(response.status) };
  } catch {
    return { fault: faultOf(undefined) };
  } finally {
    clearTimeout(timer);
  }
}

function listen(socket: WebSocket, model: LiveConfig['model'], hear: (heard: SpeechHeard) => void) {
  const reader = readerOf(model);
  const chunks = cutter(CHUNK_BYTES);
  const opening = Promise.withResolvers<Fault | undefined>();
  let isListening = false;
  let isAsked = false;
  let isOver = false;
  let isFailing = false;
  let fedMs = 0;
  let heardToMs = 0;
  let unansweredAt: number | undefined;

  const end = (fault?: Fault) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(openTimer);
    clearInterval(keepAlive);
    if (!isListening) return opening.resolve(fault ?? faultOf(undefined));
    for (const one of reader.last()) if (one.type === 'turn') hear(one);
    hear(
      fault
        ? {
            type: 'closed',
            fault: {
              kind: fault.kind === 'busy' || fault.kind === 'refused' || fault.kind === 'expired' ? fault.kind : 'broken',
              said: fault.said,
            },
          }
        : { type: 'closed' },
    );
  };
  const giveUp = (said: string) => {
    end({ kind: 'broken', said });
    shut();
  };
  const shut = () => {
    try {
      socket.close(1000);
    } catch {
      // It was closed from the other side in the same moment.
    }
  };
  const listening = () => {
    isListening = true;
    clearTimeout(openTimer);
    opening.resolve(undefined);
  };
  const send = (data: Uint8Array | string) => {
    if (isOver) return;
    try {
      socket.send(data);
    } catch {
      giveUp('The connection to Deepgram broke.');
    }
  };

  const openTimer = setTimeout(() => giveUp('Deepgram did not start to listen.'), OPEN_MS);
  const keepAlive = model !== 'flux' ? setInterval(() => send('{"type":"KeepAlive"}'), KEEP_ALIVE_MS) : undefined;

  socket.addEventListener('message', ({ data }) => {
    if (isOver || typeof data !== 'string') return;
    for (const heard of reader.read(data)) take(heard);
  });
  const take = (heard: LiveHeard) => {
    switch (heard.type) {
      case 'listening':
        return listening();
      case 'turn':
      case 'alive':
        // What it got counts, not what we sent.
        if (heard.heardToMs > heardToMs) unansweredAt = undefined;
        heardToMs = heard.heardToMs;
        return hear(heard);
      case 'fault':
        isFailing = true;
        return giveUp('Deepgram ended the session with an error.');
      case 'ignored':
        return;
    }
  };
  socket.addEventListener('close', () => end(isAsked && !isFailing ? undefined : { kind: 'broken', said: 'Deepgram closed the session.' }));
  socket.addEventListener('error', () => end({ kind: 'broken', said: 'The connection to Deepgram broke.' }));
  socket.accept();
  // Nova says nothing when it is ready: an open socket is.
  if (model !== 'flux') listening();

  return {
    opened: opening.promise,
    feed(audio: Uint8Array) {
      if (isOver || isAsked) return;
      for (const chunk of chunks.push(audio)) {
        send(chunk);
        fedMs += msOfBytes(chunk.length);
      }
      // Nova says nothing about silence, however long: only sound can be left without an answer.
      if (model === 'flux' || isLoud(audio)) unansweredAt ??= Date.now();
      if (unansweredAt !== undefined && Date.now() - unansweredAt > DEAF_MS[model]) giveUp('Deepgram stopped answering.');
      else if (fedMs - heardToMs > BEHIND_MAX_MS) giveUp('Deepgram fell too far behind.');
    },
    close() {
      if (isOver || isAsked) return;
      isAsked = true;
      const rest = chunks.rest();
      if (rest.length > 0) send(rest);
      send('{"type":"CloseStream"}');
      const timer = setTimeout(() => {
        end();
        shut();
      }, CLOSE_MS);
      socket.addEventListener('close', () => clearTimeout(timer));
    },
  };
}

const isLoud = (audio: Uint8Array): boolean => toPcm16(audio).reduce((sum, sample) => sum + Math.abs(sample), 0) > LOUD * audio.length;
