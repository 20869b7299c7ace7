import type { Result } from '../../shared/kit/result.ts';

/** A meeting's audio that nobody sends us: we open the line. Every vendor passes `dialled-line.contract.ts`. */
export interface DialledLine {
  /**
   * Resolves when audio may come, within half a minute. `hear` is called in order until `over` or `broke`, and after `close` no more.
   * `refused`: never; `gone`: there is no such stream; `busy`: another line of ours is still open there; `broken`: later perhaps.
   */
  open(stream: LineStream, hear: (said: DialledSaid) => void): Promise<Result<OpenLine>>;
}

/** One stream, as its vendor told us of it. */
export interface LineStream {
  meetingId: string;
  streamId: string;
  address: string;
}

export type DialledSaid =
  /** 8 kHz, 16 bit, of one person; `who` stays the same for them on this stream. `atMs`: since 1970, by the vendor's clock. */
  | { type: 'voice'; who: string; name: string; atMs: number; pcm: Int16Array }
  | { type: 'came'; who: string; name: string }
  | { type: 'went'; who: string }
  /** The line works; nobody may be talking. */
  | { type: 'alive' }
  /** For good. `isRevoked`: what was heard has to go. */
  | { type: 'over'; isRevoked: boolean }
  /** Without a goodbye: it may be opened again. */
  | { type: 'broke'; said: string };

export interface OpenLine {
  /** Closing twice is fine. */
  close(): void;
}
