import { setTimeout as pause } from 'node:timers/promises';
import { FRAME_BYTES, FRAME_MS } from '../../shared/capture/frames.ts';
import { SILENCE } from '../../shared/capture/mulaw.ts';

export type Tracks = Record<'inbound' | 'outbound', Uint8Array>;

/** What two people say to each other on the telephone network, whoever listens. */
export interface TalkLine {
  /** They begin to talk; once. */
  begin(): void;
  /** Ms of the call that have passed. */
  nowMs(): number;
  /** The first stream of it begins here, unless one did before. */
  streams(atMs: number): void;
  /** Ms of the call at which its first stream began; undefined while none did. */
  streamsFromMs(): number | undefined;
  isOver(): boolean;
  /** The call's length, once it is over. */
  over: Promise<number>;
  /** One frame; a quiet line still has frames. */
  frame(track: keyof Tracks, at: number): Uint8Array;
  hangUp(): void;
}

const TICK_MS = 10;

export function openLine(tracks: Tracks, speed: number): TalkLine {
  const lengthMs = Math.ceil(Math.max(tracks.inbound.length, tracks.outbound.length) / FRAME_BYTES) * FRAME_MS;
  let startedAt: number | undefined;
  let endedMs: number | undefined;
  let streamsFromMs: number | undefined;
  const passedMs = () => (startedAt === undefined ? 0 : Math.min(lengthMs, (performance.now() - startedAt) * speed));
  const run = async () => {
    while (endedMs === undefined && passedMs() < lengthMs) await pause(TICK_MS);
    endedMs ??= lengthMs;
    return endedMs;
  };
  return {
    begin() {
      startedAt ??= performance.now();
    },
    nowMs: () => endedMs ?? passedMs(),
    streams(atMs) {
      streamsFromMs ??= atMs;
    },
    streamsFromMs: () => streamsFromMs,
    isOver: () => endedMs !== undefined,
    over: run(),
    frame(track, at) {
      const bytes = new Uint8Array(FRAME_BYTES).fill(SILENCE);
      bytes.set(tracks[track].subarray(at * FRAME_BYTES, (at + 1) * FRAME_BYTES));
      return bytes;
    },
    hangUp() {
      endedMs ??= Math.floor(passedMs() / FRAME_MS) * FRAME_MS;
    },
  };
}
