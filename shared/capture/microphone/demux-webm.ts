import type { Refused } from '../browser-frames.ts';
import { type ElementHead, readHead, readUint, readVint } from './read-ebml.ts';

/** How far a recording was read. Plain data: it outlives the socket, and an eviction. */
export interface Demux {
  /** What came of an element that is not whole yet. */
  held: Uint8Array;
  /** Bytes still to come of an element that says nothing to us. */
  skipBytes: number;
  isBegun: boolean;
  /** The one track, once it is known. */
  track: number | null;
  /** How many tracks the recording has named. */
  tracks: number;
  isOpus: boolean;
  nsPerTick: number;
  /** Ticks at which the cluster begins; null before the first one. */
  clusterTicks: number | null;
}

export interface OpusPacket {
  /** From the start of the recording. */
  atMs: number;
  bytes: Uint8Array;
}

export const newDemux = (): Demux => ({
  held: new Uint8Array(0),
  skipBytes: 0,
  isBegun: false,
  track: null,
  tracks: 0,
  isOpus: false,
  nsPerTick: 1_000_000,
  clusterTicks: null,
});

const id = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  info: 0x1549a966,
  nsPerTick: 0x2ad7b1,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  codec: 0x86,
  encodings: 0x6d80,
  cluster: 0x1f43b675,
  clusterTicks: 0xe7,
  blockGroup: 0xa0,
  block: 0xa1,
  simpleBlock: 0xa3,
};
/** Stepped into: their children are read one after the other, and none of them has a name that means something else elsewhere. */
const parents: readonly number[] = [id.segment, id.info, id.tracks, id.trackEntry, id.cluster, id.blockGroup];
/** Of these two alone a writer may not know the size while it records. */
const endless: readonly number[] = [id.segment, id.cluster];
const read: readonly number[] = [id.nsPerTick, id.trackNumber, id.codec, id.clusterTicks, id.block, id.simpleBlock];

/** A packet of 120 ms at the highest rate is far below; so is all else that MediaRecorder writes. */
const ELEMENT_MAX_BYTES = 8_192;
const LACING = 0x06;

const malformed: Refused = { code: 4400, reason: 'The recording is damaged. It has to begin anew.' };
const unknown: Refused = { code: 4406, reason: 'The audio has a format we do not know: one track of Opus in WebM is.' };
const tooLarge: Refused = { code: 4413, reason: 'A part of the recording is larger than any we know.' };

/**
 * The next bytes of a WebM recording as MediaRecorder writes it, cut anywhere: the packets in them, or why it is none we take.
 * Reads one track of Opus, one frame a block. Source: RFC 9559 and https://www.webmproject.org/docs/container/
 */
export function demux(before: Demux, bytes: Uint8Array): { demux: Demux; packets: OpusPacket[] } | Refused {
  const skipped = Math.min(before.skipBytes, bytes.length);
  const all = joined(before.held, bytes.subarray(skipped));
  const packets: OpusPacket[] = [];
  let state: Demux = { ...before, skipBytes: before.skipBytes - skipped };
  let at = 0;
  while (at < all.length) {
    const head = readHead(all, at);
    if (head === null) return state.isBegun ? malformed : unknown;
    if (head === 'more') break;
    const step = enter(state, head);
    if ('code' in step) return step;
    state = step;
    const from = at + head.length;
    if (parents.includes(head.id)) {
      at = from;
      continue;
    }
    const size = head.size ?? 0;
    if (!read.includes(head.id)) {
      at = Math.min(all.length, from + size);
      state = { ...state, skipBytes: from + size - at };
      continue;
    }
    if (from + size > all.length) break;
    const seen = take(state, head.id, all.subarray(from, from + size));
    if ('code' in seen) return seen;
    if ('bytes' in seen) packets.push(seen);
    else state = seen;
    at = from + size;
  }
  return { demux: { ...state, held: all.slice(at) }, packets };
}

/** May this element come here? */
function enter(state: Demux, { id: kind, size }: ElementHead): Demux | Refused {
  if (!state.isBegun) return kind === id.ebml ? { ...state, isBegun: true } : unknown;
  if (kind === id.ebml) return malformed;
  // Packed or encrypted packets would be noise.
  if (kind === id.encodings) return unknown;
  if (size === null) return endless.includes(kind) ? state : malformed;
  if (!parents.includes(kind) && size > ELEMENT_MAX_BYTES) return tooLarge;
  if (kind !== id.trackEntry) return state;
  return state.tracks > 0 ? unknown : { ...state, tracks: 1 };
}

function take(state: Demux, kind: number, content: Uint8Array): Demux | OpusPacket | Refused {
  switch (kind) {
    case id.nsPerTick:
      return readUint(content) > 0 ? { ...state, nsPerTick: readUint(content) } : malformed;
    case id.trackNumber:
      return { ...state, track: readUint(content) };
    case id.codec:
      return String.fromCharCode(...content) === 'A_OPUS' ? { ...state, isOpus: true } : unknown;
    case id.clusterTicks:
      return { ...state, clusterTicks: readUint(content) };
    default:
      return packetOf(state, content);
  }
}

/** A block: its track, its time in its cluster, flags, and one packet. */
function packetOf(state: Demux, block: Uint8Array): OpusPacket | Refused {
  const track = readVint(block, 0, 8);
  if (typeof track !== 'object' || track === null || block.length < track.length + 4) return malformed;
  if (state.clusterTicks === null || state.track === null || !state.isOpus) return malformed;
  if (track.value !== state.track) return unknown;
  const [high = 0, low = 0, flags = 0] = block.subarray(track.length);
  // Several packets in one block: nobody who records live does that, and we would have to guess their times.
  if (flags & LACING) return unknown;
  const ticks = state.clusterTicks + ((((high << 8) | low) << 16) >> 16);
  return { atMs: (ticks * state.nsPerTick) / 1_000_000, bytes: block.slice(track.length + 3) };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
