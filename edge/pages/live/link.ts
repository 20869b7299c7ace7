import { type GuidanceDown, type GuidanceUp, guidanceDown } from '../../../shared/contracts/guidance.ts';

/**
 * `used`: the ticket is used up, or the call gave up waiting for us · `private`: the call is its rep's alone now · `crowded`: another window
 * took this one's place · `destroyed`: nothing of the call is kept.
 */
export type LinkState = 'connecting' | 'open' | 'cut' | 'used' | 'private' | 'crowded' | 'destroyed';

export interface LinkDeps {
  url: string;
  /** The ticket for the next socket, and where the one after that is put. */
  ticket(): string | undefined;
  keepTicket(token: string): void;
  /** The newest numbered frame that is on the screen; -1 before the first. */
  seq(): number;
  state(state: LinkState): void;
  hear(frame: GuidanceDown): void;
}

const RETRY_MS = [300, 1_000, 2_000, 4_000, 5_000];
const GIVE_UP_MS = 5 * 60_000;
const TRIES_MAX = 3;
const BEAT_MS = 10_000;
const WAITING_MAX = 20;
/** How a call closes a screen for good. */
const finals: Record<string, LinkState | undefined> = {
  '1008 private': 'private',
  '1008 too many screens': 'crowded',
  '1000 destroyed': 'destroyed',
};

/** The window's socket: opened again when it is cut, and told from which frame to go on. */
export function openLink(deps: LinkDeps) {
  let socket: WebSocket | undefined;
  let isOpen = false;
  let wasOpen = false;
  let isOver = false;
  let isEnded = false;
  let tries = 0;
  let cutAtMs = performance.now();
  let waiting: GuidanceUp[] = [];

  const put = (up: GuidanceUp) => socket?.send(JSON.stringify(up));
  const over = (state: LinkState) => {
    isOver = true;
    isOpen = false;
    deps.state(state);
  };

  function hear(text: string): void {
    const read = guidanceDown.safeParse(JSON.parse(text));
    if (!read.success) return;
    if (read.data.type !== 'hello' || isOpen) {
      deps.hear(read.data);
      return;
    }
    isOpen = true;
    wasOpen = true;
    tries = 0;
    if (read.data.window) deps.keepTicket(read.data.window.resume);
    // Who has something on the screen wants what came since, not what stands now: its lines would be missing in between.
    if (deps.seq() < 0 || read.data.ended || read.data.seq < deps.seq()) deps.hear(read.data);
    else put({ type: 'resume', after: deps.seq() });
    deps.state('open');
    for (const up of waiting) put(up);
    waiting = [];
  }

  function lost(fresh: WebSocket, code: number, reason: string): void {
    if (fresh !== socket || isOver) return;
    socket = undefined;
    if (isOpen) cutAtMs = performance.now();
    isOpen = false;
    // A window that never came in holds a ticket that somebody used.
    const isUsedUp = (!wasOpen && tries >= TRIES_MAX) || performance.now() - cutAtMs > GIVE_UP_MS;
    const final = finals[`${code} ${reason}`] ?? (isUsedUp && !isEnded ? 'used' : undefined);
    if (final) {
      over(final);
      return;
    }
    if (isEnded) return;
    deps.state(wasOpen ? 'cut' : 'connecting');
    setTimeout(connect, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
    tries += 1;
  }

  function connect(): void {
    const ticket = deps.ticket();
    if (!ticket) {
      over('used');
      return;
    }
    const fresh = new WebSocket(deps.url, ['ros.v1', `token.${ticket}`]);
    socket = fresh;
    fresh.onmessage = ({ data }) => typeof data === 'string' && fresh === socket && hear(data);
    fresh.onclose = ({ code, reason }) => lost(fresh, code, reason);
  }

  connect();
  setInterval(() => {
    if (!isOpen || !socket) return;
    const dead = socket;
    // What was sent ten seconds ago and has not left this computer: nobody is there any more.
    if (dead.bufferedAmount > 0) {
      lost(dead, 1006, '');
      dead.close();
    } else put({ type: 'resume', after: deps.seq() });
  }, BEAT_MS);

  return {
    get isOpen(): boolean {
      return isOpen;
    },
    /** Kept for the next socket while there is none. */
    say(up: GuidanceUp): void {
      if (isOpen) put(up);
      else if (!isOver && waiting.length < WAITING_MAX) waiting.push(up);
    },
    /** The call is over. What is still to come is how: one that is destroyed says so as it goes. */
    ended(): void {
      isEnded = true;
    },
  };
}
