import { keyOf, type TranscriptIndex } from './index-transcript.ts';
import type { Word } from './word.ts';

/** A stretch of the transcript that may be what a quote means. */
export interface Place {
  /** Words of the quote that were found, over all of them. */
  ratio: number;
  /** For each word of the quote its place in the transcript, or -1. */
  hits: Int32Array;
  from: number;
  /** Its last word. */
  to: number;
}

/** Where a quote may stand: round every place of its three rarest words the longest common run of words. Best first. */
export function findPlaces(index: TranscriptIndex, asked: readonly Word[]): Place[] {
  const ids = Int32Array.from(asked, (word) => index.ids.get(keyOf(word)) ?? -1);
  const anchors = [...ids.keys()]
    .flatMap((at) => {
      const places = index.places[ids[at] ?? -1];
      return places ? [{ at, places }] : [];
    })
    .toSorted((a, b) => a.places.length - b.places.length)
    .slice(0, ANCHORS);
  const wanted = new Uint8Array(index.places.length);
  for (const id of ids) if (id >= 0) wanted[id] = 1;
  const found = new Map<number, Place>();
  for (const { at, places } of anchors) {
    for (const place of places.slice(0, PLACES_MAX)) {
      // People put "you know" between any two words, so there is room on both sides.
      const from = Math.max(0, place - at - slack(at));
      const to = Math.min(index.id.length, place + (ids.length - at) + slack(ids.length - at));
      if (shared(index.id, from, to, wanted) < ids.length * RATIO_MIN) continue;
      const match = align(ids, index.id, from, to);
      if (match && match.ratio >= RATIO_MIN && !found.has(match.from * 100_000 + match.to))
        found.set(match.from * 100_000 + match.to, match);
    }
    if (found.size >= TAKEN_MAX) break;
  }
  return [...found.values()]
    .toSorted((a, b) => b.ratio - a.ratio || a.to - a.from - (b.to - b.from) || a.from - b.from)
    .slice(0, TAKEN_MAX);
}

const slack = (words: number): number => 3 + Math.ceil(words / 3);

function shared(ids: Int32Array, from: number, to: number, wanted: Uint8Array): number {
  let count = 0;
  for (let at = from; at < to; at++) count += wanted[ids[at] ?? 0] ?? 0;
  return count;
}

function align(asked: Int32Array, ids: Int32Array, from: number, to: number): Place | undefined {
  const [n, m] = [asked.length, to - from];
  const wide = m + 1;
  const rows = ROWS.length >= (n + 1) * wide ? ROWS : new Uint8Array((n + 1) * wide);
  rows.fill(0, 0, wide);
  for (let i = 1; i <= n; i++) {
    const want = asked[i - 1];
    rows[i * wide] = 0;
    for (let j = 1; j <= m; j++) {
      const cell = i * wide + j;
      const up = rows[cell - wide] ?? 0;
      const left = rows[cell - 1] ?? 0;
      rows[cell] = want === ids[from + j - 1] ? (rows[cell - wide - 1] ?? 0) + 1 : up > left ? up : left;
    }
  }
  const hits = new Int32Array(n).fill(-1);
  let count = 0;
  let [first, last] = [-1, -1];
  for (let i = n, j = m; i > 0 && j > 0; ) {
    const cell = i * wide + j;
    if (asked[i - 1] === ids[from + j - 1]) {
      if (last < 0) last = from + j - 1;
      first = from + j - 1;
      hits[i - 1] = first;
      count++;
      i--;
      j--;
    } else if ((rows[cell - wide] ?? 0) > (rows[cell - 1] ?? 0)) i--;
    else j--;
  }
  return first < 0 ? undefined : { ratio: count / n, hits, from: first, to: last };
}

const ROWS = new Uint8Array(16_384);
const ANCHORS = 3;
const PLACES_MAX = 400;
const TAKEN_MAX = 12;
/** Below this nothing that may differ makes up for what is missing. */
const RATIO_MIN = 0.6;
