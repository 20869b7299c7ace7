import { FRAME_BYTES, FRAME_MS } from '../../shared/capture/frames.ts';
import { SILENCE } from '../../shared/capture/mulaw.ts';
import type { SampleCall, SampleSide, SampleWord } from '../sample-call/read.ts';

/** A word of the known recording, at the time it was heard in this stream. */
export interface HeardWord {
  text: string;
  startMs: number;
  endMs: number;
  confidence: number;
  first?: { text: string; confidence: number; partials: number };
  side: SampleSide;
  /** Which turn of that side's schedule it belongs to, and whether it is the last word there. */
  turn: number;
  isLast: boolean;
}

/** One step through the stream, about 20 ms of it. */
export interface Tick {
  /** Milliseconds of audio heard so far. */
  endMs: number;
  /** Words that just ended. */
  words: HeardWord[];
  /** A word is being spoken right now. */
  inWord: boolean;
  /** Something was heard that is not the known recording. */
  isStrange: boolean;
}

/** Finds its place in the known recording by comparing frames, wherever the stream starts and whatever is missing. */
export interface Ear {
  /** 8 kHz mono mu-law in pieces of any size. */
  hear(audio: Uint8Array): Tick[];
}

interface Spoken extends SampleWord {
  side: SampleSide;
  turn: number;
  isLast: boolean;
}
interface Place {
  side: SampleSide;
  frame: number;
}

/** Everything an ear knows; made once, shared by all streams. */
export interface Memory {
  audio: Record<SampleSide, Uint8Array>;
  words: Record<SampleSide, Spoken[]>;
  find(audio: Uint8Array, at: number): Place | undefined;
}

export function remember(call: SampleCall): Memory {
  const places = new Map<number, Place[]>();
  const audio = { rep: normal(call.tracks.rep.audio), customer: normal(call.tracks.customer.audio) };
  for (const side of ['rep', 'customer'] as const) {
    for (let frame = 0; (frame + 1) * FRAME_BYTES <= audio[side].length; frame++) {
      const at = frame * FRAME_BYTES;
      if (isQuiet(audio[side], at)) continue;
      const key = keyOf(audio[side], at);
      places.set(key, [...(places.get(key) ?? []), { side, frame }]);
    }
  }
  const words = (side: SampleSide) =>
    call.tracks[side].turns.flatMap(({ words }, turn) =>
      words.map((word, at) => ({ ...word, side, turn, isLast: at === words.length - 1 })),
    );
  return {
    audio,
    words: { rep: words('rep'), customer: words('customer') },
    find: (heard, at) => places.get(keyOf(heard, at))?.find(({ side, frame }) => isSame(heard, at, audio[side], frame * FRAME_BYTES)),
  };
}

export function ear(memory: Memory): Ear {
  let held = new Uint8Array(0);
  let heardBytes = 0;
  let place: Place | undefined;
  let toSay = 0;
  const frames = { rep: new Set<number>(), customer: new Set<number>() };

  const settle = (at: Place) => {
    place = at;
    toSay = memory.words[at.side].findIndex(({ endMs }) => endMs > at.frame * FRAME_MS);
    if (toSay < 0) toSay = memory.words[at.side].length;
  };

  /** Words whose last frame has passed and of which at least half was really heard. */
  const ended = (at: Place, endMs: number): HeardWord[] => {
    const out: HeardWord[] = [];
    const shiftMs = endMs - (at.frame + 1) * FRAME_MS;
    for (let word = memory.words[at.side][toSay]; word && word.endMs <= (at.frame + 1) * FRAME_MS; word = memory.words[at.side][toSay]) {
      const from = Math.floor(word.startMs / FRAME_MS);
      const until = Math.ceil(word.endMs / FRAME_MS);
      let known = 0;
      for (let frame = from; frame < until; frame++) if (frames[at.side].has(frame)) known++;
      if (known * 2 >= until - from) out.push({ ...word, startMs: Math.max(0, word.startMs + shiftMs), endMs: word.endMs + shiftMs });
      toSay++;
    }
    return out;
  };

  const step = (advance: number, isStrange: boolean): Tick => {
    heardBytes += advance;
    const endMs = heardBytes / 8;
    if (!place) return { endMs, words: [], inWord: false, isStrange };
    const here = place;
    const words = ended(here, endMs);
    const next = memory.words[here.side][toSay];
    const inWord = next !== undefined && next.startMs <= here.frame * FRAME_MS && frames[here.side].has(here.frame);
    place = { side: here.side, frame: here.frame + 1 };
    return { endMs, words, inWord, isStrange };
  };

  return {
    hear(audio) {
      const all = new Uint8Array(held.length + audio.length);
      all.set(held);
      all.set(normal(audio), held.length);
      const ticks: Tick[] = [];
      let at = 0;
      let skipped = 0;
      while (at + FRAME_BYTES <= all.length) {
        const expected = place && isSame(all, at, memory.audio[place.side], place.frame * FRAME_BYTES) ? place : undefined;
        const found = expected ?? (isQuiet(all, at) ? undefined : memory.find(all, at));
        if (found) {
          if (found !== expected) settle(found);
          frames[found.side].add(found.frame);
        } else if (!isQuiet(all, at)) {
          // Not ours, or not on our frame boundary: look one sample further.
          place = undefined;
          at += 1;
          skipped += 1;
          if (skipped === FRAME_BYTES) {
            ticks.push(step(skipped, true));
            skipped = 0;
          }
          continue;
        }
        heardBytes += skipped;
        skipped = 0;
        ticks.push(step(FRAME_BYTES, false));
        at += FRAME_BYTES;
      }
      heardBytes += skipped;
      held = all.slice(at);
      return ticks;
    },
  };
}

/** The two mu-law zeros are one silence. */
const normal = (audio: Uint8Array): Uint8Array => audio.map((byte) => (byte === 0x7f ? SILENCE : byte));

function isQuiet(audio: Uint8Array, at: number): boolean {
  for (let index = at; index < at + FRAME_BYTES; index++) if (audio[index] !== SILENCE) return false;
  return true;
}

function isSame(one: Uint8Array, at: number, other: Uint8Array, from: number): boolean {
  if (from + FRAME_BYTES > other.length) return false;
  for (let index = 0; index < FRAME_BYTES; index++) if (one[at + index] !== other[from + index]) return false;
  return true;
}

/** Six bytes from the middle of the frame, where speech differs most. */
function keyOf(audio: Uint8Array, at: number): number {
  let key = 0;
  for (let index = at + 77; index < at + 83; index++) key = key * 256 + (audio[index] ?? 0);
  return key;
}
