import type { GuidanceDown, GuidanceUp, LiveView, TicketView } from 'c/rosContracts';
import { guidanceDown, liveView, ticketView } from 'c/rosContracts';
import type { Refused, Reply } from 'c/rosEdge';
import { callEdge, pollAfter } from 'c/rosEdge';

export type Link = 'connecting' | 'socket' | 'polling' | 'closed';

export interface ChannelEars {
  /** The newest `seq` on screen: what to resume from. */
  seq(): number;
  frame(frame: GuidanceDown): void;
  view(view: LiveView): void;
  link(link: Link): void;
  refused(refusal: Refused): void;
}

const OPEN_WITHIN_MS = 5000;
const AGAIN_MAX_MS = 30_000;
/** The socket carries no measures (time, talk share); they are asked for now and then. */
const MEASURE_EVERY_MS = 15_000;

/** A running call's frames: over a socket where it opens, else by polling through Apex while it tries again. */
export class Channel {
  private callId: string;
  private ears: ChannelEars;
  private socket: WebSocket | null = null;
  private link: Link = 'connecting';
  private failures = 0;
  private pollTimer: ReturnType<typeof setTimeout> | undefined;
  private openTimer: ReturnType<typeof setTimeout> | undefined;
  private againTimer: ReturnType<typeof setTimeout> | undefined;
  /** Painted while no socket was open: the next poll says how long ago. */
  private paint: { cardId: string; atMs: number } | null = null;

  constructor(callId: string, ears: ChannelEars) {
    this.callId = callId;
    this.ears = ears;
  }

  start(): void {
    void this.poll();
    void this.connect();
  }

  stop(): void {
    this.link = 'closed';
    clearTimeout(this.pollTimer);
    clearTimeout(this.openTimer);
    clearTimeout(this.againTimer);
    this.socket?.close();
    this.socket = null;
  }

  /** True when the socket took it; otherwise it goes through Apex. */
  send(up: GuidanceUp): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(up));
    return true;
  }

  /** A card is on the screen now. */
  painted(cardId: string): void {
    const atMs = Date.now();
    if (!this.send({ type: 'pong', cardId, paintedMs: atMs })) this.paint = { cardId, atMs };
  }

  private async connect(): Promise<void> {
    // A ticket opens one socket, so every try takes a new one.
    const ticket: Reply<TicketView> = await callEdge('POST', `/v1/calls/${this.callId}/ticket`, ticketView, {});
    if (this.link === 'closed') return;
    if (!ticket.ok) {
      if (ticket.code === 'trouble') this.lost();
      else this.ears.refused(ticket);
      return;
    }
    try {
      // The token stays out of the address, where proxies would log it.
      this.listen(new WebSocket(ticket.value.url, ['ros.v1', `token.${ticket.value.token}`]));
    } catch {
      this.lost();
    }
  }

  private listen(socket: WebSocket): void {
    this.socket = socket;
    this.openTimer = setTimeout(() => socket.close(), OPEN_WITHIN_MS);
    socket.onopen = () => {
      clearTimeout(this.openTimer);
      this.failures = 0;
      this.tell('socket');
      const after = this.ears.seq();
      socket.send(JSON.stringify({ type: 'resume', after } satisfies GuidanceUp));
    };
    socket.onmessage = (message) => {
      const frame = guidanceDown.safeParse(jsonOf(message.data));
      if (frame.success) this.ears.frame(frame.data);
    };
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.socket = null;
      clearTimeout(this.openTimer);
      this.lost();
    };
  }

  private lost(): void {
    if (this.link === 'closed') return;
    this.tell('polling');
    this.failures += 1;
    clearTimeout(this.againTimer);
    this.againTimer = setTimeout(() => void this.connect(), Math.min(AGAIN_MAX_MS, 1000 * 2 ** this.failures));
    void this.poll();
  }

  private async poll(): Promise<void> {
    clearTimeout(this.pollTimer);
    const paint = this.paint;
    const reply = await callEdge('GET', `/v1/calls/${this.callId}/live?since=${this.since()}${saidOf(paint)}`, liveView);
    if (this.link === 'closed') return;
    if (reply.ok && this.paint === paint) this.paint = null;
    if (reply.ok) this.ears.view(reply.value);
    else if (reply.code !== 'trouble') this.ears.refused(reply);
    const askedMs = reply.ok && 'pollMs' in reply.value ? reply.value.pollMs : 0;
    const afterMs = this.link === 'socket' ? MEASURE_EVERY_MS : pollAfter(askedMs);
    clearTimeout(this.pollTimer);
    this.pollTimer = setTimeout(() => void this.poll(), afterMs);
  }

  /** Beside a socket only the measures are wanted, and `same` would leave them out. */
  private since(): number {
    return this.link === 'polling' ? this.ears.seq() : 0;
  }

  private tell(link: Link): void {
    this.link = link;
    this.ears.link(link);
  }
}

const PAINT_AGO_MAX_MS = 60_000;

function saidOf(paint: { cardId: string; atMs: number } | null): string {
  if (!paint) return '';
  const agoMs = Math.max(0, Date.now() - paint.atMs);
  return agoMs > PAINT_AGO_MAX_MS ? '' : `&painted=${paint.cardId}&paintedAgoMs=${agoMs}`;
}

function jsonOf(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return null;
  }
}
