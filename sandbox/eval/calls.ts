import { readFileSync } from 'node:fs';
import type { Utterance } from '../../shared/contracts/transcript.ts';

/** One call of the evaluation's input: labels removed, one line of JSON each. */
export interface AskedCall {
  call_id: string;
  turns: { turn: number; role: string; speaker?: string; text: string; start?: number }[];
  /** ISO 8601 and IANA zone; without both only due_text is given. */
  started_at?: string;
  tz?: string;
}

/** The prediction record of the scorer's schema. */
export interface Prediction {
  call_id: string;
  intent: string;
  sentiment: number;
  talk_ratio_rep: number;
  /** What the analysis could not do, in sentences; a model that was not there is one of them. The scorer passes it over. */
  limits?: string[];
  turns: PredictedTurn[];
}

export interface PredictedTurn {
  turn: number;
  objections: { type: string; mention: string; confidence: number }[];
  next_steps: { owner: string; text: string; due_text?: string; due?: string }[];
  buying_signals: { type: string; quote: string }[];
  competitors: string[];
  pricing: boolean;
  sentiment: number;
}

/** A turn with its labels, as the evaluation material has it. */
export interface GoldTurn {
  id: string;
  call_id: string;
  turn: number;
  role: string;
  speaker?: string;
  text: string;
  start?: number;
  asr?: string;
  skip?: string[];
  labels: {
    objections: string[];
    next_steps: { owner?: string; due_text?: string }[];
    buying_signals: string[];
    competitors: string[];
    pricing: boolean;
    sentiment: number;
    soft: string[];
  };
}

export const readLines = <T>(path: string): T[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): T => JSON.parse(line));

/** Labelled turns as the product is asked about them; `isBare` as a recogniser without punctuation writes them. */
export function askedOf(gold: readonly GoldTurn[], isBare: boolean): AskedCall[] {
  return [...Map.groupBy(gold, (one) => one.call_id)].map(([call_id, turns]) => ({
    call_id,
    turns: turns.map(({ turn, role, speaker, text, asr, start }) => ({
      turn,
      role: role === 'prospect' ? role : 'rep',
      ...(speaker === undefined ? {} : { speaker }),
      text: isBare ? (asr ?? bare(text)) : text,
      ...(start === undefined ? {} : { start }),
    })),
  }));
}

const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[^a-z0-9$\u20b9%' ]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

export function utterancesOf(call: AskedCall): Utterance[] {
  let clockMs = 0;
  return call.turns.map((turn, seq) => {
    // About 150 words a minute where the source has no times.
    const lengthMs = (turn.text.match(/\S+/g)?.length ?? 0) * 400;
    const startMs = turn.start === undefined ? clockMs : turn.start * 1000;
    clockMs = startMs + lengthMs;
    return {
      seq,
      role: turn.role === 'rep' ? 'rep' : 'customer',
      speaker: turn.speaker ?? turn.role,
      text: turn.text,
      startMs,
      endMs: clockMs,
      confidence: 1,
    };
  });
}
