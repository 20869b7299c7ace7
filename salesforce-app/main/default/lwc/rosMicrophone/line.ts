import type { Consent, ListenUp, MicrophoneTicket, RecordedChunk } from 'c/rosContracts';
import { encodeChunk, listenDown, listenOver } from 'c/rosContracts';

/** `lost`: the ticket is used up, or the call gave up waiting for us. */
export type LineState = 'connecting' | 'open' | 'cut' | 'ended' | 'taken-over' | 'too-long' | 'lost';

export interface LineEars {
  state(state: LineState): void;
  consent(consent: Consent): void;
  /** What was kept is not whole any more: the recording has to begin anew. */
  beginAnew(): void;
  /** While the line is cut recordings are short, so that the oldest one can be let go: a piece is worth nothing without its beginning. */
  beginNext(): void;
}

/** Ten seconds of pieces wait for a line that was cut. */
const KEEP_MAX = 40;
const SHORT_MAX = 20;
const RETRY_MS = [300, 1000, 2000, 4000, 5000];
const GIVE_UP_MS = 5 * 60_000;
const TRIES_MAX = 3;
const HERE_MS = 15_000;
/** More than this unsent means that the network is slower than speech. */
const BUFFERED_MAX = 65_536;
/** What was refused for its order or its form is not sent again; what is refused anew each time is not tried for ever. */
const REFUSED_FROM = 4400;
const REFUSALS_MAX = 3;

/** The way of a recording to its call: pieces are numbered and kept until the call has them, over as many sockets as it takes. */
export class MicrophoneLine {
  private url: string;
  private token: string;
  private ears: LineEars;
  private socket: WebSocket | null = null;
  private isOpen = false;
  private isOver = false;
  private isKnown = false;
  private tries = 0;
  private refusals = 0;
  private cutAtMs = performance.now();
  /** Call time minus the page's clock. */
  private toCallMs = 0;
  private kept: RecordedChunk[] = [];
  private sent = 0;
  private nextSeq = 0;
  /** Pieces of the recording under way. */
  private recorded = 0;
  private againTimer: ReturnType<typeof setTimeout> | undefined;
  private hereTimer: ReturnType<typeof setInterval> | undefined;

  constructor(ticket: MicrophoneTicket, ears: LineEars) {
    this.url = ticket.url;
    this.token = ticket.token;
    this.ears = ears;
  }

  start(): void {
    this.hereTimer = setInterval(() => this.say({ type: 'here' }), HERE_MS);
    this.connect();
  }

  /** `beganAtMs` by the page's clock. */
  send(piece: { bytes: Uint8Array; isBeginning: boolean; beganAtMs: number }): void {
    if (this.isOver || !this.isKnown) return;
    if (this.kept.length >= KEEP_MAX && !this.dropOldest()) {
      this.ears.beginAnew();
      return;
    }
    const beganAtMs = Math.max(0, Math.round(piece.beganAtMs + this.toCallMs));
    this.kept.push({ ...piece, beganAtMs, seq: this.nextSeq });
    this.nextSeq += 1;
    this.recorded = piece.isBeginning ? 1 : this.recorded + 1;
    if (!this.isOpen && this.recorded === SHORT_MAX) this.ears.beginNext();
    this.pump();
  }

  stop(): void {
    this.say({ type: 'stop' });
  }

  close(): void {
    this.isOver = true;
    this.dropAll();
    clearTimeout(this.againTimer);
    clearInterval(this.hereTimer);
    this.socket?.close();
    this.socket = null;
  }

  private say(up: ListenUp): void {
    if (this.isOpen) this.socket?.send(JSON.stringify(up));
  }

  private pump(): void {
    while (this.isOpen && this.socket && this.socket.bufferedAmount < BUFFERED_MAX) {
      const chunk = this.kept[this.sent];
      if (!chunk) return;
      this.sent += 1;
      this.socket.send(encodeChunk(chunk));
    }
  }

  /** The oldest recording; false when there was only one, and nothing is left. */
  private dropOldest(): boolean {
    const next = this.kept.findIndex(({ isBeginning }, at) => at > 0 && isBeginning);
    if (next < 0) {
      this.dropAll();
      return false;
    }
    this.kept = this.kept.slice(next);
    this.sent = Math.max(0, this.sent - next);
    return true;
  }

  private dropAll(): void {
    this.kept = [];
    this.sent = 0;
  }

  private acked(nextSeq: number): void {
    const before = this.kept.length;
    this.kept = this.kept.filter(({ seq }) => seq >= nextSeq);
    this.sent = Math.max(0, this.sent - (before - this.kept.length));
  }

  private connect(): void {
    let socket: WebSocket;
    try {
      // The token stays out of the address, where proxies would log it.
      socket = new WebSocket(this.url, ['ros.opus.v1', `token.${this.token}`]);
    } catch {
      this.over('lost');
      return;
    }
    this.socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }) => {
      if (socket === this.socket) this.hear(String(data));
    };
    socket.onclose = ({ code }) => {
      if (socket === this.socket && !this.isOver) this.closed(code);
    };
  }

  private hear(text: string): void {
    const down = listenDown.safeParse(jsonOf(text));
    if (!down.success) return;
    const said = down.data;
    if (said.type === 'ack') {
      this.refusals = 0;
      this.acked(said.nextSeq);
    }
    if (said.type === 'ended') this.over('ended');
    if (said.type === 'consent') this.agree(said.consent);
    if (said.type !== 'hello') return;
    this.token = said.resume;
    this.isOpen = true;
    this.tries = 0;
    // Moved while a recording runs, its times would move too.
    if (!this.isKnown) this.toCallMs = said.elapsedMs - performance.now();
    this.isKnown = true;
    this.acked(said.nextSeq);
    this.sent = 0;
    this.nextSeq = Math.max(this.nextSeq, said.nextSeq);
    this.ears.state('open');
    this.agree(said.consent);
    this.pump();
  }

  private agree(consent: Consent): void {
    if (consent !== 'granted') this.dropAll();
    this.ears.consent(consent);
  }

  private closed(code: number): void {
    if (this.isOpen) this.cutAtMs = performance.now();
    this.isOpen = false;
    const final = FINALS[code];
    if (final) {
      this.over(final);
      return;
    }
    if (code >= REFUSED_FROM && code < 4500) {
      this.refusals += 1;
      this.dropAll();
      this.ears.beginAnew();
    }
    // One that never came in holds a ticket that somebody used, or may not speak to us.
    const isUsedUp = !this.isKnown && this.tries >= TRIES_MAX;
    if (isUsedUp || this.refusals >= REFUSALS_MAX || performance.now() - this.cutAtMs > GIVE_UP_MS) {
      this.over('lost');
      return;
    }
    this.ears.state(this.isKnown ? 'cut' : 'connecting');
    this.againTimer = setTimeout(() => this.connect(), RETRY_MS[Math.min(this.tries, RETRY_MS.length - 1)]);
    this.tries += 1;
  }

  private over(state: LineState): void {
    this.close();
    this.ears.state(state);
  }
}

const FINALS: Record<number, LineState> = {
  [listenOver.ended]: 'ended',
  [listenOver.tooLong]: 'too-long',
  [listenOver.takenOver]: 'taken-over',
};

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
