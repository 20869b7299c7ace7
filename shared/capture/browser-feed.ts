import { BROWSER_FRAME_MS, type BrowserFrame, type Refused } from './browser-frames.ts';

/** How far the page's audio has come. Plain JSON: it outlives the socket, and an eviction. */
export interface BrowserFeed {
  nextSeq: number;
  /** Call time up to which each channel was heard. */
  toMs: [rep: number, customer: number];
  /** False until this socket's first frame: only that one may leave some out, which its page could not keep. */
  isUnderWay: boolean;
  /** Milliseconds of audio that may still come at once, of both channels together. */
  allowedMs: number;
  /** When `allowedMs` was counted, by the server's clock. */
  countedAtMs: number;
}

const CHANNELS = 2;
/** The page keeps ten seconds for a socket that was cut. */
const BURST_MS = 12_000 * CHANNELS;
const PACE = 1.5 * CHANNELS;
/** Two clocks never agree: the page may be this far ahead of ours. */
const AHEAD_MS = 5_000;
/** Half a frame: what the page's rounding may take back. */
const OVERLAP_MS = BROWSER_FRAME_MS / 2;

export const newFeed = (nowMs: number): BrowserFeed => ({
  nextSeq: 0,
  toMs: [0, 0],
  isUnderWay: false,
  allowedMs: BURST_MS,
  countedAtMs: nowMs,
});

/** The same feed on another socket. */
export const onNewSocket = (feed: BrowserFeed): BrowserFeed => ({ ...feed, isUnderWay: false });

export type Admitted = { is: 'new' | 'again'; feed: BrowserFeed } | ({ is: 'refused' } & Refused);

/** May this frame come now? `again` was heard already and is only acknowledged. `elapsedMs` is the call time by the server's clock. */
export function admit(feed: BrowserFeed, frame: BrowserFrame, now: { nowMs: number; elapsedMs: number }): Admitted {
  const refilledMs = feed.allowedMs + Math.max(0, now.nowMs - feed.countedAtMs) * PACE;
  const allowedMs = Math.min(BURST_MS, refilledMs) - BROWSER_FRAME_MS;
  if (allowedMs < 0 || frame.atMs > now.elapsedMs + AHEAD_MS)
    return { is: 'refused', code: 4429, reason: 'The audio comes faster than it can have been spoken.' };
  const counted = { ...feed, allowedMs, countedAtMs: now.nowMs };
  if (frame.seq < feed.nextSeq) return { is: 'again', feed: counted };
  const toMs = feed.toMs[frame.channel];
  if ((feed.isUnderWay && frame.seq !== feed.nextSeq) || frame.atMs < toMs - OVERLAP_MS)
    return { is: 'refused', code: 4410, reason: 'The frames come in the wrong order.' };
  const next: [number, number] = [...feed.toMs];
  next[frame.channel] = frame.atMs + BROWSER_FRAME_MS;
  return { is: 'new', feed: { ...counted, nextSeq: frame.seq + 1, toMs: next, isUnderWay: true } };
}
