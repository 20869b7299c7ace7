import { BROWSER_FRAME_MS, encodeFrame } from '../../shared/capture/browser-frames.ts';
import { type BrowserUp, browserDown, CALL_OVER, TAKEN_OVER, TOO_LONG } from '../../shared/capture/browser-talk.ts';
import { unsentFrames } from '../../shared/capture/unsent-frames.ts';
import type { Consent } from '../../shared/contracts/guidance.ts';
import type { HeardFrame } from './worklet.ts';

/** `lost`: the ticket is used up or the call gave up waiting for us. */
export type LineState = 'connecting' | 'open' | 'cut' | 'ended' | 'taken-over' | 'too-long' | 'lost';

export interface LineDeps {
  url: string;
  /** The ticket for the next socket, and where the one after that is put. */
  ticket(): string | undefined;
  keepTicket(token: string): void;
  state(state: LineState): void;
  consent(consent: Consent): void;
}

const RETRY_MS = [300, 1_000, 2_000, 4_000, 5_000];
const GIVE_UP_MS = 5 * 60_000;
const TRIES_MAX = 3;
const HERE_MS = 15_000;
/** More than this unsent means that the network is slower than speech. */
const BUFFERED_MAX = 32_768;
/** An audio clock this far behind has slept. */
const SLEPT_MS = 500;
const AGED_MS = 2_000;
const finals: Record<number, LineState> = {
  [CALL_OVER.code]: 'ended',
  [TAKEN_OVER.code]: 'taken-over',
  [TOO_LONG.code]: 'too-long',
};

/** The page's socket: opened again when it is cut, with what the other side does not have yet. */
export function openLine(deps: LineDeps) {
  const unsent = unsentFrames();
  let socket: WebSocket | undefined;
  let isOpen = false;
  let isOver = false;
  let tries = 0;
  let cutAtMs = performance.now();
  let consent: Consent = 'unknown';
  /** Call time minus the page's clock, and minus the audio clock. */
  let pageToCallMs: number | undefined;
  let audioToCallMs: number | undefined;

  const say = (message: BrowserUp) => isOpen && socket?.send(JSON.stringify(message));
  const pump = () => {
    while (isOpen && socket && socket.bufferedAmount < BUFFERED_MAX) {
      const frame = unsent.take();
      if (!frame) return;
      socket.send(encodeFrame(frame));
    }
  };
  const agree = (to: Consent) => {
    consent = to;
    if (to !== 'granted') unsent.clear();
    deps.consent(to);
  };
  const over = (state: LineState) => {
    isOver = true;
    unsent.clear();
    deps.state(state);
  };

  function hear(text: string): void {
    const down = browserDown.safeParse(JSON.parse(text));
    if (!down.success) return;
    const said = down.data;
    if (said.type === 'ack') unsent.acked(said.nextSeq);
    if (said.type === 'ended') over('ended');
    if (said.type === 'consent') agree(said.consent);
    if (said.type !== 'hello') return;
    deps.keepTicket(said.resume);
    const offMs = said.elapsedMs - performance.now();
    if (pageToCallMs === undefined || Math.abs(offMs - pageToCallMs) > AGED_MS) {
      pageToCallMs = offMs;
      audioToCallMs = undefined;
    }
    isOpen = true;
    tries = 0;
    unsent.rewind(said.nextSeq);
    deps.state('open');
    agree(said.consent);
    pump();
  }

  function connect(): void {
    const ticket = deps.ticket();
    if (!ticket) {
      over('lost');
      return;
    }
    const fresh = new WebSocket(deps.url, ['ros.v1', `token.${ticket}`]);
    socket = fresh;
    fresh.onmessage = ({ data }) => typeof data === 'string' && fresh === socket && hear(data);
    fresh.onclose = ({ code }) => {
      if (fresh !== socket || isOver) return;
      if (isOpen) cutAtMs = performance.now();
      isOpen = false;
      const final = finals[code];
      if (final) return over(final);
      // A page that never came in holds a ticket that somebody used.
      const isUsedUp = pageToCallMs === undefined && tries >= TRIES_MAX;
      if (isUsedUp || performance.now() - cutAtMs > GIVE_UP_MS) return over('lost');
      deps.state(pageToCallMs === undefined ? 'connecting' : 'cut');
      setTimeout(connect, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
      tries += 1;
    };
  }

  connect();
  setInterval(() => say({ type: 'here' }), HERE_MS);
  return {
    /** Dropped unless there is consent. */
    send(channel: 0 | 1, { atMs, bytes }: HeardFrame): void {
      if (consent !== 'granted' || isOver || pageToCallMs === undefined) return;
      const callMs = performance.now() + pageToCallMs - BROWSER_FRAME_MS;
      if (audioToCallMs === undefined || callMs - (atMs + audioToCallMs) > SLEPT_MS) audioToCallMs = callMs - atMs;
      const fits = unsent.add({ channel, atMs: Math.max(0, Math.round(atMs + audioToCallMs)), bytes });
      // Only a new socket may leave something out.
      if (!fits && isOpen) socket?.close(4000);
      pump();
    },
    decide: (to: 'granted' | 'refused') => say({ type: 'consent', consent: to }),
    stop: () => say({ type: 'stop' }),
  };
}
