import { toPcm16 } from './mulaw.ts';

/** A piece of one track and when it was, ms. */
interface Piece {
  atMs: number;
  bytes: Uint8Array;
}

const BIN_MS = 10;
const BIN_BYTES = 80;
/** Less in common than this and it is not the same talk. */
const LIKE_MIN = 0.6;
/** Fewer loud moments than this prove nothing. */
const BINS_MIN = 100;
const FINE_MS = 15;
const FINE_BYTES = 2_000;

/**
 * When the first byte of another recording of the same talk was, in the time of `ours`: between `fromMs` and `toMs`, or undefined when
 * nothing there is alike. Found by loudness, then to the sample, so that other coding on the way does no harm.
 */
export function startOf(theirs: Uint8Array, ours: readonly Piece[], fromMs: number, toMs: number): number | undefined {
  const own = loudnessOf(ours);
  const other = binsOf(theirs);
  if (own.size < BINS_MIN || other.length < BINS_MIN) return undefined;
  let best = { like: 0, bin: 0 };
  for (let bin = Math.floor(fromMs / BIN_MS); bin <= Math.ceil(toMs / BIN_MS); bin++) {
    const like = likeness(own, other, bin);
    if (like > best.like) best = { like, bin };
  }
  return best.like < LIKE_MIN ? undefined : fineStart(theirs, ours, best.bin * BIN_MS);
}

/** Mean loudness of each 10 ms, as the exponent of its level: what a telephone line changes least. */
function binsOf(audio: Uint8Array): number[] {
  const pcm = toPcm16(audio);
  return Array.from({ length: Math.floor(pcm.length / BIN_BYTES) }, (_, bin) => {
    let sum = 0;
    for (let at = bin * BIN_BYTES; at < (bin + 1) * BIN_BYTES; at++) sum += Math.abs(pcm[at] ?? 0);
    return Math.log2(1 + sum / BIN_BYTES);
  });
}

function loudnessOf(pieces: readonly Piece[]): Map<number, number> {
  const loud = new Map<number, number>();
  for (const { atMs, bytes } of pieces) {
    const first = Math.round(atMs / BIN_MS);
    binsOf(bytes).forEach((value, at) => {
      loud.set(first + at, value);
    });
  }
  return loud;
}

/** Correlation of both where both are known; 0 when that is too little. */
function likeness(own: ReadonlyMap<number, number>, other: readonly number[], startBin: number): number {
  let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (const [bin, a] of own) {
    const b = other[bin - startBin];
    if (b === undefined) continue;
    n += 1;
    x += a;
    y += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  if (n < BINS_MIN) return 0;
  const spread = Math.sqrt((n * xx - x * x) * (n * yy - y * y));
  return spread === 0 ? 0 : (n * xy - x * y) / spread;
}

function fineStart(theirs: Uint8Array, ours: readonly Piece[], roughMs: number): number {
  const inside = ours.filter(({ atMs, bytes }) => {
    const at = (atMs - roughMs) * 8;
    return bytes.length >= FINE_BYTES && at >= FINE_MS * 8 && at + bytes.length + FINE_MS * 8 <= theirs.length;
  });
  const energy = (bytes: Uint8Array) => toPcm16(bytes.subarray(0, FINE_BYTES)).reduce((sum, sample) => sum + Math.abs(sample), 0);
  const loudest = inside.toSorted((a, b) => energy(b.bytes) - energy(a.bytes))[0];
  if (!loudest) return roughMs;
  const own = toPcm16(loudest.bytes.subarray(0, FINE_BYTES));
  const at = Math.round((loudest.atMs - roughMs) * 8);
  const near = toPcm16(theirs.subarray(at - FINE_MS * 8, at + FINE_BYTES + FINE_MS * 8));
  let best = { match: Number.NEGATIVE_INFINITY, shift: 0 };
  for (let shift = 0; shift <= FINE_MS * 16; shift++) {
    let match = 0;
    for (let n = 0; n < own.length; n++) match += (own[n] ?? 0) * (near[n + shift] ?? 0);
    if (match > best.match) best = { match, shift };
  }
  return roughMs - (best.shift - FINE_MS * 8) / 8;
}
