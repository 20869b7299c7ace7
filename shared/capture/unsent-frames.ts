import { BROWSER_FRAME_MS, type BrowserFrame } from './browser-frames.ts';

/** What the page keeps while the line is cut. */
const KEEP_MS = 10_000;

/** The page's frames until the server has them: ten seconds of each channel, the oldest go first. */
export interface UnsentFrames {
  /** False when one that this socket has not sent had to go: only a new socket may leave it out. */
  add(frame: Omit<BrowserFrame, 'seq'>): boolean;
  /** The next frame that this socket has not sent. */
  take(): BrowserFrame | undefined;
  /** The server has everything before `nextSeq`. */
  acked(nextSeq: number): void;
  /** A new socket: what is kept has to go again. A page loaded anew goes on counting where the server is. */
  rewind(nextSeq: number): void;
  /** Consent is gone: what was not sent never will be, and its numbers are free again. */
  clear(): void;
}

export function unsentFrames(): UnsentFrames {
  let kept: BrowserFrame[] = [];
  let sent = 0;
  let nextSeq = 0;
  const keepMax = (KEEP_MS / BROWSER_FRAME_MS) * 2;
  const drop = (count: number) => {
    kept = kept.slice(count);
    sent = Math.max(0, sent - count);
  };
  const acked = (upTo: number) => drop(kept.filter(({ seq }) => seq < upTo).length);
  return {
    add(frame) {
      kept.push({ ...frame, seq: nextSeq });
      nextSeq += 1;
      if (kept.length <= keepMax) return true;
      const isWhole = sent > 0;
      drop(1);
      return isWhole;
    },
    take() {
      const frame = kept[sent];
      if (frame) sent += 1;
      return frame;
    },
    acked,
    rewind(upTo) {
      acked(upTo);
      sent = 0;
      nextSeq = Math.max(nextSeq, upTo);
    },
    clear() {
      nextSeq = kept[sent]?.seq ?? nextSeq;
      kept = [];
      sent = 0;
    },
  };
}
