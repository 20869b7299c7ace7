import type { GuidanceDown } from '../../shared/contracts/guidance.ts';
import { CONTRACTS_VERSION } from '../../shared/contracts/version.ts';
import { snapshot } from '../../shared/guide/session.ts';
import type { CallMemory } from './call-memory.ts';

const TAG = 'rep';

/** The screens that follow a call over a socket, one socket each. */
export class Screens {
  readonly #ctx: DurableObjectState;
  readonly #call: CallMemory;

  constructor(ctx: DurableObjectState, call: CallMemory) {
    this.#ctx = ctx;
    this.#call = call;
  }

  /** Takes a screen in: the first thing it hears is how the call stands. */
  open(socket: WebSocket, user: string): void {
    this.#ctx.acceptWebSocket(socket, [TAG]);
    // Whose screen it is, kept with the socket so that it survives an eviction.
    socket.serializeAttachment(user);
    this.greet(socket);
  }

  greet(socket: WebSocket): void {
    const { session, facts } = this.#call;
    const { seq = 0, consent = 'unknown' as const, card = null } = session ? snapshot(session) : {};
    send(socket, { type: 'hello', seq, version: CONTRACTS_VERSION, callId: facts?.callId ?? '', consent, card });
  }

  tell(message: GuidanceDown): void {
    const frame = JSON.stringify(message);
    for (const socket of this.#ctx.getWebSockets(TAG)) sendText(socket, frame);
  }

  /** Closes everybody's but this user's. */
  keepTo(userId: string): void {
    for (const socket of this.#ctx.getWebSockets(TAG)) if (socket.deserializeAttachment() !== userId) socket.close(1008, 'private');
  }
}

const send = (socket: WebSocket, message: GuidanceDown): void => sendText(socket, JSON.stringify(message));

function sendText(socket: WebSocket, frame: string): void {
  try {
    socket.send(frame);
  } catch {
    // This screen is gone; the others still want to know.
  }
}
