import { createHash } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import { cutter } from '../../shared/capture/frames.ts';
import { ear, type Tick } from './ear.ts';
import { type FluxSettings, fluxTurns } from './flux.ts';
import { type NovaSettings, novaChannel } from './nova.ts';
import { checkFlux, type RawAudio } from './query.ts';
import { coded } from './sound.ts';
import type { DeepgramState } from './state.ts';
import { seconds } from './words.ts';

/** Nova gives up on a stream that sends neither audio nor KeepAlive for so long. */
const IDLE_MS = 10_000;

export function serveFlux(socket: WebSocket, settings: FluxSettings & RawAudio, requestId: string, state: DeepgramState): void {
  const turns = fluxTurns(requestId, settings);
  const line = delayed(socket, state);
  const hear = ears(settings, 1, state);
  socket.send(JSON.stringify(turns.connected()));

  const fail = (code: string, description: string) => {
    line.say([turns.numbered({ type: 'Error', code, description })]);
    line.end(1008);
  };
  const control = (message: { type?: unknown } & Record<string, unknown>) => {
    if (message.type === 'CloseStream') {
      line.say(turns.last());
      // The vendor ends Flux without a close code.
      line.end();
    } else if (message.type === 'ForceEndTurn') line.say(turns.force());
    else if (message.type === 'Configure') line.say([configure(turns, message, requestId)]);
    else fail('UNPARSABLE_CLIENT_MESSAGE', 'This message type is not known here.');
  };
  line.listen(
    (audio) => hear(audio)[0]?.flatMap((tick) => turns.tick(tick)) ?? [],
    (text) => {
      const message = parse(text);
      if (message) control(message);
      else fail('UNPARSABLE_CLIENT_MESSAGE', 'This message is not JSON.');
    },
  );
}

function configure(turns: ReturnType<typeof fluxTurns>, message: Record<string, unknown>, requestId: string): object {
  const { settings, numbered } = turns;
  const failure = () => numbered({ type: 'ConfigureFailure', request_id: requestId });
  const { type: _, thresholds = {}, keyterms = settings.keyterms, language_hints: hints = settings.languageHints, ...others } = message;
  if (Object.keys(others).length > 0 || !isTexts(keyterms) || !isTexts(hints) || typeof thresholds !== 'object' || thresholds === null)
    return failure();
  const query = new URLSearchParams({ model: settings.isMultilingual ? 'flux-general-multi' : 'flux-general-en' });
  query.set('eot_threshold', String(settings.eotThreshold));
  query.set('eot_timeout_ms', String(settings.eotTimeoutMs));
  if (settings.eagerEotThreshold !== undefined) query.set('eager_eot_threshold', String(settings.eagerEotThreshold));
  for (const [name, value] of Object.entries(thresholds)) query.set(/^e\w*ot_/.test(name) ? name : `not_${name}`, String(value));
  for (const keyterm of keyterms) query.append('keyterm', keyterm);
  for (const hint of hints) query.append('language_hint', hint);
  const checked = checkFlux(query);
  if (!checked.ok) return failure();
  const { eotThreshold, eagerEotThreshold, eotTimeoutMs } = checked.value;
  Object.assign(settings, { eotThreshold, eagerEotThreshold, eotTimeoutMs, keyterms, languageHints: hints });
  const now = {
    eot_threshold: eotThreshold,
    eot_timeout_ms: eotTimeoutMs,
    ...(eagerEotThreshold === undefined ? {} : { eager_eot_threshold: eagerEotThreshold }),
  };
  return numbered({ type: 'ConfigureSuccess', request_id: requestId, thresholds: now, keyterms, language_hints: hints });
}

export function serveNova(
  socket: WebSocket,
  settings: NovaSettings & RawAudio,
  requestId: string,
  state: DeepgramState,
  now: () => number,
): void {
  const channels = Array.from({ length: settings.channels }, (_, channel) =>
    novaChannel(requestId, channel, settings, state.faults.voiceErrors()),
  );
  const line = delayed(socket, state);
  const hear = ears(settings, settings.channels, state);
  const hash = createHash('sha256');
  let heardMs = 0;

  const hangUp = () => socket.close(1011, 'NET-0001');
  let idle = setTimeout(hangUp, IDLE_MS);
  const awake = () => {
    clearTimeout(idle);
    idle = setTimeout(hangUp, IDLE_MS);
  };
  socket.on('close', () => clearTimeout(idle));

  line.listen(
    (audio) => {
      awake();
      hash.update(audio);
      // Ticks of the channels belong together in time.
      const ticks = hear(audio).flatMap((list, channel) => list.map((tick) => ({ channel, tick })));
      ticks.sort((one, other) => one.tick.endMs - other.tick.endMs);
      heardMs = Math.max(heardMs, ticks.at(-1)?.tick.endMs ?? 0);
      return ticks.flatMap(({ channel, tick }) => channels[channel]?.tick(tick) ?? []);
    },
    (text) => {
      const type = parse(text)?.type;
      if (type === 'KeepAlive') return awake();
      if (type === 'Finalize') return line.say(channels.map((channel) => channel.finalize()));
      if (type !== 'CloseStream') {
        line.say([{ type: 'Error', variant: 'UNPARSABLE_CLIENT_MESSAGE', description: 'This message is not known here.', message: '' }]);
        return line.end(1008);
      }
      line.say(channels.map((channel) => channel.last()));
      const metadata = {
        transaction_key: 'deprecated',
        request_id: requestId,
        sha256: hash.digest('hex'),
        created: new Date(now()).toISOString(),
      };
      line.say([{ type: 'Metadata', ...metadata, duration: seconds(heardMs), channels: settings.channels }]);
      line.end(1000);
    },
  );
}

/** Answers leave in order, one recognition delay after the audio that caused them came. */
function delayed(socket: WebSocket, state: DeepgramState) {
  const { dropAfterMs, isMute } = state.faults.takeStream();
  let isOver = false;
  let taken = 0;
  const later = (act: () => void) => setTimeout(() => socket.readyState === socket.OPEN && act(), state.delayMs);
  const say = (messages: readonly object[]) => {
    if (messages.length > 0 && !isMute) later(() => messages.forEach((message) => void socket.send(JSON.stringify(message))));
  };
  return {
    say,
    end(code?: number) {
      isOver = true;
      later(() => socket.close(code));
    },
    listen(audio: (bytes: Uint8Array) => object[], text: (text: string) => void) {
      socket.on('message', (data: RawData, isBinary: boolean) => {
        if (isOver) return;
        const bytes = new Uint8Array(data as Buffer);
        if (!isBinary) return text(new TextDecoder().decode(bytes));
        taken += bytes.length;
        state.taste(bytes);
        if (dropAfterMs !== undefined && taken / 8 >= dropAfterMs) return socket.terminate();
        say(audio(bytes));
      });
    },
  };
}

/** One ear a channel behind whatever coding was named; codings this twin cannot hear only make time pass. */
function ears(named: RawAudio, channels: number, state: DeepgramState): (audio: Uint8Array) => Tick[][] {
  const listeners = Array.from({ length: channels }, () => ear(state.memory));
  const code = named.encoding === 'mulaw' ? 7 : named.encoding === 'linear16' ? 1 : 0;
  const whole = cutter(channels * (code === 1 ? 2 : 1));
  return (audio) => {
    const bytes = whole.push(audio);
    const sound = coded(concat(bytes), code, channels, named.sampleRate ?? 8_000);
    const ticks = listeners.map((listener, channel) => (sound.tracks[channel] ? listener.hear(sound.tracks[channel]) : []));
    if (sound.tracks.length === 0 || ticks.some((list) => list.some(({ isStrange }) => isStrange))) state.strange();
    return ticks;
  };
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null ? { ...message } : undefined;
  } catch {
    return undefined;
  }
}

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');
