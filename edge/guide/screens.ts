import type { CallAnswer } from '../../shared/contracts/ask-call.ts';
import type { Checklist, GuidanceDown, GuidanceUp, Hearing } from '../../shared/contracts/guidance.ts';
import { CONTRACTS_VERSION } from '../../shared/contracts/version.ts';
import { marksOf } from '../../shared/guide/flag-moment.ts';
import { type Session, snapshot } from '../../shared/guide/session.ts';
import type { CallMemory } from './call-memory.ts';
import { KeptFrames } from './kept-frames.ts';
import { allowance, readUp } from './read-up.ts';

const TAG = 'rep';
type Hello = Extract<GuidanceDown, { type: 'hello' }>;
/** What a live window is told beside how the call stands. */
type WindowKeys = NonNullable<Hello['window']>;
/** What no session knows: what the call costs, how well it is heard, and who helps. */
type Aside = Pick<Hello, 'spend' | 'unguided' | 'help'> & { hearing: Hearing };

/** So many screens follow one call at once; one more closes the oldest. */
const SCREENS_MAX = 16;

/** The screens that follow a call over a socket, one socket each. */
export class Screens {
  readonly #ctx: DurableObjectState;
  readonly #call: CallMemory;
  readonly #now: () => number;
  readonly #checklistOf: (session: Session) => Checklist | undefined;
  readonly #aside: () => Aside;
  readonly #kept = new KeptFrames();
  /** How fast each may still speak. Forgotten with the object, which only forgives. */
  readonly #allowances = new WeakMap<WebSocket, ReturnType<typeof allowance>>();

  constructor(
    ctx: DurableObjectState,
    call: CallMemory,
    now: () => number,
    checklistOf: (session: Session) => Checklist | undefined,
    aside: () => Aside,
  ) {
    this.#ctx = ctx;
    this.#call = call;
    this.#now = now;
    this.#checklistOf = checklistOf;
    this.#aside = aside;
  }

  /** Takes a screen in: the first thing it hears is how the call stands. */
  open(socket: WebSocket, user: string, window: WindowKeys | undefined): void {
    const others = this.#ctx.getWebSockets(TAG);
    for (const oldest of others.slice(0, Math.max(0, others.length - SCREENS_MAX + 1))) shut(oldest, 1008, 'too many screens');
    this.#ctx.acceptWebSocket(socket, [TAG]);
    // Whose screen it is, kept with the socket so that it survives an eviction.
    socket.serializeAttachment(user);
    send(socket, { ...this.#hello(), ...(window ? { window } : {}) });
  }

  /** What a screen says; undefined when it was nothing of ours, and then its socket is closed with the reason. The call does not notice. */
  read(socket: WebSocket, message: string | ArrayBuffer): GuidanceUp | undefined {
    const known = this.#allowances.get(socket) ?? allowance();
    this.#allowances.set(socket, known);
    const read = known.take(this.#now()) ? readUp(message, this.#call.session?.seq ?? 0) : { code: 1008, reason: 'too fast' };
    if ('up' in read) return read.up;
    shut(socket, read.code, read.reason);
    return undefined;
  }

  /** Sends what a screen missed after `seq`; everything as it stands now when that is not known any more. */
  resume(socket: WebSocket, after: number): void {
    const missed = this.#kept.after(after, this.#call.session?.seq ?? 0);
    for (const frame of missed ?? [JSON.stringify(this.#hello())]) sendText(socket, frame);
  }

  tell(message: GuidanceDown): void {
    const frame = JSON.stringify(message);
    if ('seq' in message) this.#kept.keep(message.seq, frame);
    for (const socket of this.#ctx.getWebSockets(TAG)) sendText(socket, frame);
  }

  /** What was asked from one screen is answered there. */
  answer(socket: WebSocket, requestId: string, answer: CallAnswer): void {
    send(socket, { type: 'answer', requestId, answer });
  }

  /** Closes everybody's but this user's. */
  keepTo(userId: string): void {
    for (const socket of this.#ctx.getWebSockets(TAG)) if (socket.deserializeAttachment() !== userId) socket.close(1008, 'private');
  }

  /** What was told is forgotten: nothing heard before a no may be told again. */
  forget(): void {
    this.#kept.clear();
  }

  #hello(): Hello {
    const { session, facts } = this.#call;
    const hello = { type: 'hello', version: CONTRACTS_VERSION, callId: facts?.callId ?? '' } as const;
    if (!session) return { ...hello, seq: 0, consent: 'unknown', card: null };
    const { callId: _, ...shown } = snapshot(session);
    const checklist = this.#checklistOf(session);
    return {
      ...hello,
      ...shown,
      ...this.#aside(),
      ...(facts ? { customerName: facts.customerName } : {}),
      ...(checklist ? { checklist } : {}),
      ...(session.flags ? { marks: marksOf(session) } : {}),
      ...(session.ended ? { ended: true } : {}),
    };
  }
}

/** What the route says of a live window; undefined for any other screen. */
export function windowKeys(said: URLSearchParams): WindowKeys | undefined {
  const [resume, back] = [said.get('resume'), said.get('back')];
  return resume ? { resume, ...(back ? { back } : {}) } : undefined;
}

const send = (socket: WebSocket, message: GuidanceDown): void => sendText(socket, JSON.stringify(message));

function sendText(socket: WebSocket, frame: string): void {
  try {
    socket.send(frame);
  } catch {
    // This screen is gone; the others still want to know.
  }
}

function shut(socket: WebSocket, code: number, reason: string): void {
  try {
    socket.close(code, reason);
  } catch {
    // It went by itself.
  }
}
