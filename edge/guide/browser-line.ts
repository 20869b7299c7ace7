import { admit, type BrowserFeed, newFeed, onNewSocket } from '../../shared/capture/browser-feed.ts';
import { decodeFrame, type Refused } from '../../shared/capture/browser-frames.ts';
import { type BrowserDown, browserUp, CALL_OVER, NONSENSE, TAKEN_OVER, TOO_LONG } from '../../shared/capture/browser-talk.ts';
import type { Consent } from '../../shared/contracts/guidance.ts';
import type { LineEvent } from '../ports/line.ts';

const TAG = 'page';
const ACK_EVERY = 12;
const TEXT_MAX = 1_000;
const CALL_MAX_MS = 4 * 3_600_000;

export interface BrowserLineDeps {
  now(): number;
  /** Call time now. */
  elapsedMs(): number;
  consent(): Consent;
  isOver(): boolean;
  /** All audio so far is on disk after this. */
  keep(): void;
  decideConsent(consent: 'granted' | 'refused', by: string): Promise<unknown>;
}

/** The listening page's side of a call: one socket at a time, which goes on where the last one was cut. */
export class BrowserLine {
  readonly #ctx: DurableObjectState;
  readonly #deps: BrowserLineDeps;
  #feed: BrowserFeed | undefined;

  constructor(ctx: DurableObjectState, deps: BrowserLineDeps) {
    this.#ctx = ctx;
    this.#deps = deps;
  }

  async load(): Promise<void> {
    const feed = await this.#ctx.storage.get<BrowserFeed>('browserFeed');
    // What was not acknowledged before an eviction comes again, or is a gap.
    this.#feed = feed && onNewSocket(feed);
  }

  /** The newest socket has the call: a page that comes back must not wait until its dead line is noticed. */
  open(socket: WebSocket, user: string, resume: string): void {
    for (const other of this.#ctx.getWebSockets(TAG)) close(other, TAKEN_OVER);
    this.#ctx.acceptWebSocket(socket, ['line', TAG]);
    socket.serializeAttachment(user);
    if (this.#deps.isOver()) {
      close(socket, CALL_OVER);
      return;
    }
    this.#feed = onNewSocket(this.#feed ?? newFeed(this.#deps.now()));
    say(socket, { type: 'hello', nextSeq: this.#feed.nextSeq, elapsedMs: this.#deps.elapsedMs(), consent: this.#deps.consent(), resume });
  }

  is(socket: WebSocket): boolean {
    return this.#ctx.getTags(socket).includes(TAG);
  }

  /** One message of the page in our words. What must not be is answered with a close code and its reason; the call goes on. */
  async read(socket: WebSocket, message: string | ArrayBuffer): Promise<LineEvent> {
    if (this.#deps.elapsedMs() > CALL_MAX_MS) {
      close(socket, TOO_LONG);
      return { type: 'stopped' };
    }
    return typeof message === 'string' ? this.#readWords(socket, message) : this.#readFrame(socket, message);
  }

  tell(message: BrowserDown): void {
    for (const socket of this.#ctx.getWebSockets(TAG)) say(socket, message);
  }

  async #readWords(socket: WebSocket, text: string): Promise<LineEvent> {
    const up = text.length > TEXT_MAX ? undefined : browserUp.safeParse(parsed(text));
    if (!up?.success) {
      close(socket, NONSENSE);
      return { type: 'ignored' };
    }
    if (up.data.type === 'consent') await this.#deps.decideConsent(up.data.consent, String(socket.deserializeAttachment()));
    return up.data.type === 'stop' ? { type: 'stopped' } : { type: 'ignored' };
  }

  #readFrame(socket: WebSocket, message: ArrayBuffer): LineEvent {
    const frame = decodeFrame(message);
    const now = { nowMs: this.#deps.now(), elapsedMs: this.#deps.elapsedMs() };
    const seen = 'code' in frame ? ({ is: 'refused', ...frame } as const) : admit(this.#feed ?? newFeed(now.nowMs), frame, now);
    if (seen.is === 'refused' || 'code' in frame) {
      close(socket, seen.is === 'refused' ? seen : NONSENSE);
      return { type: 'ignored' };
    }
    // What came before this frame; it is not kept itself until we have answered.
    if (seen.is === 'new' && this.#feed && frame.seq % ACK_EVERY === 0) this.#acknowledge(socket, this.#feed);
    this.#feed = seen.feed;
    if (seen.is === 'again') return { type: 'ignored' };
    return { type: 'audio', track: frame.channel === 0 ? 'outbound' : 'inbound', atMs: frame.atMs, bytes: frame.bytes };
  }

  /** Told only after it is stored: the platform holds the message back until then. */
  #acknowledge(socket: WebSocket, feed: BrowserFeed): void {
    this.#deps.keep();
    void this.#ctx.storage.put('browserFeed', feed);
    say(socket, { type: 'ack', nextSeq: feed.nextSeq });
  }
}

function say(socket: WebSocket, message: BrowserDown): void {
  try {
    socket.send(JSON.stringify(message));
  } catch {
    // This page is gone; the next one hears it in its hello.
  }
}

function close(socket: WebSocket, { code, reason }: Refused): void {
  try {
    socket.close(code, reason);
  } catch {
    // Closed already.
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
