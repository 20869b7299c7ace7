import { readFileSync } from 'node:fs';

/** A word as it was spoken; times count from the start of the call. */
export interface SampleWord {
  text: string;
  startMs: number;
  endMs: number;
  confidence: number;
  /** What recognition first takes it for, in its first `partials` messages that hold the word. */
  first?: { text: string; confidence: number; partials: number };
}

export interface SampleTurn {
  words: SampleWord[];
}

/** The recording and what is said in it. Tracks are 8 kHz mono mu-law of the same length. */
export interface SampleCall {
  durationMs: number;
  tracks: Record<SampleSide, { audio: Uint8Array; turns: SampleTurn[] }>;
}

export type SampleSide = 'rep' | 'customer';

export function sampleCall(): SampleCall {
  const words = JSON.parse(file('words.json').toString('utf8')) as { durationMs: number } & Record<SampleSide, SampleTurn[]>;
  const track = (side: SampleSide) => ({ audio: new Uint8Array(file(`${side}.ulaw`)), turns: words[side] });
  return { durationMs: words.durationMs, tracks: { rep: track('rep'), customer: track('customer') } };
}

const file = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));
