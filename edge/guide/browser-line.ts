import { admit, type BrowserFeed, newFeed, onNewSocket } from '../../shared/capture/browser-feed.ts';
import { decodeFrame, type Refused } from '../../shared/capture/browser-frames.ts';
import { type BrowserDown, browserUp, CALL_OVER, NONSENSE, TAKEN_OVER, TOO_LONG } from '../../shared/capture/browser-talk.ts';
import type { Consent } from '../../shared/contracts/guidance.ts';
import type { AudioDecoder } from '../ports/audio-decoder.ts';
import type { LineEvent, Track } from '../ports/line.ts';
import { RecorderLine } from './recorder-line.ts';

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
  decoder(): AudioDecoder;
  /** Whom a recorder's one microphone hears. */
  recorded(): Track;
}

/** What the socket brings: our page's own frames of two speakers, or a recorder's chunks of one microphone. */
type BrowserForm = 'frames' | 'recorder';

interface Opened {
  user: string;
  form: BrowserForm;
}

/** A rep's browser as the line of a call: one socket at a time, which goes on where the last one was cut. */
export class BrowserLine {
  readonly #ctx: DurableObjectState;
  readonly #deps: BrowserLineDeps;
  readonly #recorder: RecorderLine;
  #feed: BrowserFeed | undefined;

  constructor(ctx: DurableObjectState, deps: BrowserLineDeps) {
    this.#ctx = ctx;
    this.#deps = deps;
    this.#recorder = new RecorderLine(ctx.storage, deps.decoder);
  }

  async load(): Promise<void> {
    const feed = await this.#ctx.storage.get<BrowserFeed>('browserFeed');
    // What was not acknowledged before an eviction comes again, or is a gap.
    this.#feed = feed && onNewSocket(feed);
    await this.#recorder.load();
  }

  /** The newest socket has the call: a page that comes back must not wait until its dead line is noticed. */
  open(socket: WebSocket, { user, form }: Opened, resume: string): void {
    for (const other of this.#ctx.getWebSockets(TAG)) close(other, TAKEN_OVER);
    this.#ctx.acceptWebSocket(socket, ['line', TAG]);
    socket.serializeAttachment({ user, form } satisfies Opened);
    if (this.#deps.isOver()) {
      close(socket, CALL_OVER);
      return;
    }
    this.#feed = onNewSocket(this.#feed ?? newFeed(this.#deps.now()));
    const nextSeq = form === 'recorder' ? this.#recorder.nextSeq() : this.#feed.nextSeq;
    say(socket, { type: 'hello', nextSeq, elapsedMs: this.#deps.elapsedMs(), consent: this.#deps.consent(), resume });
  }

  is(socket: WebSocket): boolean {
    return this.#ctx.getTags(socket).includes(TAG);
  }

  /** One message of the page in our words. What must not be is answered with a close code and its reason; the call goes on. */
  async read(socket: WebSocket, message: string | ArrayBuffer): Promise<LineEvent[]> {
    if (this.#deps.elapsedMs() > CALL_MAX_MS) {
      close(socket, TOO_LONG);
      return [{ type: 'stopped' }];
    }
    const opened = openedOf(socket);
    if (typeof message === 'string') return [await this.#readWords(socket, opened.user, message)];
    return opened.form === 'recorder' ? this.#readChunk(socket, message) : [this.#readFrame(socket, message)];
  }

  tell(message: BrowserDown): void {
    if (message.type === 'ended' || (message.type === 'consent' && message.consent !== 'granted')) this.#recorder.breakOff();
    for (const socket of this.#ctx.getWebSockets(TAG)) say(socket, message);
  }

  async #readWords(socket: WebSocket, user: string, text: string): Promise<LineEvent> {
    const up = text.length > TEXT_MAX ? undefined : browserUp.safeParse(parsed(text));
    if (!up?.success) {
      close(socket, NONSENSE);
      return { type: 'ignored' };
    }
    if (up.data.type === 'consent') await this.#deps.decideConsent(up.data.consent, user);
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
    // What came before this frame; it is not kept itself until we have answered. The platform holds the word back until it is stored.
    if (seen.is === 'new' && this.#feed && frame.seq % ACK_EVERY === 0) {
      this.#deps.keep();
      void this.#ctx.storage.put('browserFeed', this.#feed);
      say(socket, { type: 'ack', nextSeq: this.#feed.nextSeq });
    }
    this.#feed = seen.feed;
    if (seen.is === 'again') return { type: 'ignored' };
    return { type: 'audio', track: frame.channel === 0 ? 'outbound' : 'inbound', atMs: frame.atMs, bytes: frame.bytes };
  }

  #readChunk(socket: WebSocket, message: ArrayBuffer): LineEvent[] {
    const { now, elapsedMs, consent, recorded } = this.#deps;
    const isAgreed = consent() === 'granted';
    const read = this.#recorder.read(message, { nowMs: now(), elapsedMs: elapsedMs(), isAgreed, track: recorded() });
    if ('code' in read) {
      close(socket, read);
      return [];
    }
    if (read.due) {
      this.#deps.keep();
      this.#recorder.keep(read.due);
      say(socket, { type: 'ack', nextSeq: read.due.nextSeq });
    }
    return read.events;
  }
}

const openedOf = (socket: WebSocket): Opened => {
  const kept = socket.deserializeAttachment() as Opened | string;
  // A socket that was opened before there was a choice.
  return typeof kept === 'string' ? { user: kept, form: 'frames' } : kept;
};

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
