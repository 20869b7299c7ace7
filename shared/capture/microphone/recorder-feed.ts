import type { RecordedChunk } from '../../contracts/microphone.ts';
import type { Refused } from '../browser-frames.ts';
import { type Demux, demux, newDemux } from './demux-webm.ts';
import { packetMs } from './opus-packet.ts';

/** How far a recorder's audio has come. Plain data: it outlives the socket, and an eviction. */
export interface RecorderFeed {
  nextSeq: number;
  /** The recording under way; null before one begins, and after something of it was not heard. */
  recording: { beganAtMs: number; demux: Demux } | null;
  /** Call time up to which it was heard. */
  toMs: number;
  /** Milliseconds of audio that may still come at once. */
  allowedMs: number;
  /** When `allowedMs` was counted, by the server's clock. */
  countedAtMs: number;
}

/** A packet at its place in the call. */
interface HeardPacket {
  atMs: number;
  bytes: Uint8Array;
}

/** The component keeps ten seconds for a socket that was cut. */
const BURST_MS = 12_000;
const PACE = 1.5;
/** A chunk costs as much as one packet of Chromium's, though it brings none. */
const CHUNK_MIN_MS = 60;
/** Two clocks never agree: the page may be this far ahead of ours. */
const AHEAD_MS = 5_000;
/** Packets come one after the other; times that are rounded, or wait in a queue, move none of them. */
const JITTER_MS = 60;
/** How far a microphone's clock may run ahead of its times before something has to be left out. */
const DRIFT_MS = 500;

export const newRecorderFeed = (nowMs: number): RecorderFeed => ({
  nextSeq: 0,
  recording: null,
  toMs: 0,
  allowedMs: BURST_MS,
  countedAtMs: nowMs,
});

export type AdmittedChunk = { is: 'new' | 'again'; feed: RecorderFeed; packets: HeardPacket[] } | ({ is: 'refused' } & Refused);

const wrongOrder = { is: 'refused', code: 4410, reason: 'The recording’s chunks come in the wrong order.' } as const;
const tooFast = { is: 'refused', code: 4429, reason: 'The audio comes faster than it can have been spoken.' } as const;

/**
 * May this chunk come now, and what sounds in it? `again` was heard already and is only acknowledged. Without consent nothing of it is
 * read, and the recording counts as broken off: one that begins after the yes is heard.
 */
export function admitChunk(
  feed: RecorderFeed,
  chunk: RecordedChunk,
  now: { nowMs: number; elapsedMs: number; isAgreed: boolean },
): AdmittedChunk {
  const refilledMs = Math.min(BURST_MS, feed.allowedMs + Math.max(0, now.nowMs - feed.countedAtMs) * PACE);
  const counted = { ...feed, allowedMs: refilledMs - CHUNK_MIN_MS, countedAtMs: now.nowMs };
  if (counted.allowedMs < 0) return tooFast;
  if (chunk.seq < feed.nextSeq) return { is: 'again', feed: counted, packets: [] };
  if (chunk.seq !== feed.nextSeq && !chunk.isBeginning) return wrongOrder;
  const after = { ...counted, nextSeq: chunk.seq + 1 };
  if (!now.isAgreed) return { is: 'new', feed: { ...after, recording: null }, packets: [] };
  if (chunk.isBeginning && chunk.beganAtMs < feed.toMs - DRIFT_MS) return wrongOrder;
  const recording = chunk.isBeginning ? { beganAtMs: chunk.beganAtMs, demux: newDemux() } : feed.recording;
  if (!recording) return { is: 'refused', code: 4410, reason: 'The recording’s beginning is missing. It has to begin anew.' };

  const read = demux(recording.demux, chunk.bytes);
  if ('code' in read) return { is: 'refused', ...read };
  const placed = place(read.packets, recording.beganAtMs, feed.toMs);
  if ('code' in placed) return { is: 'refused', ...placed };
  const allowedMs = after.allowedMs - Math.max(0, placed.soundMs - CHUNK_MIN_MS);
  if (allowedMs < 0 || placed.toMs > now.elapsedMs + AHEAD_MS) return tooFast;
  return {
    is: 'new',
    feed: { ...after, recording: { ...recording, demux: read.demux }, toMs: placed.toMs, allowedMs },
    packets: placed.packets,
  };
}

/** One packet behind the other; a pause is a pause where it is longer than a packet. */
function place(
  packets: readonly HeardPacket[],
  beganAtMs: number,
  fromMs: number,
): { packets: HeardPacket[]; toMs: number; soundMs: number } | Refused {
  const placed: HeardPacket[] = [];
  let toMs = fromMs;
  let soundMs = 0;
  for (const { atMs, bytes } of packets) {
    const lengthMs = packetMs(bytes);
    if (lengthMs === null) return { code: 4400, reason: 'The recording is damaged. It has to begin anew.' };
    soundMs += lengthMs;
    const callMs = beganAtMs + atMs;
    if (toMs - callMs > DRIFT_MS) continue;
    const startMs = callMs - toMs > JITTER_MS ? callMs : toMs;
    placed.push({ atMs: startMs, bytes });
    toMs = startMs + lengthMs;
  }
  return { packets: placed, toMs, soundMs };
}
