import type { Ear } from './recogniser.ts';
import { wallMs } from './rig.ts';

/** Ordinary words, so that every turn is looked through as on a real call. */
const WORDS = 'we talked with the team about how the tickets come in and who answers them before the next morning shift starts'.split(' ');
const TURN_EVENTS = 14;
const WORD_MS = 250;

/**
 * Speaks for a call: one event an eighth of a second, the two sides in turns, each a word longer than the one before. The last word says which
 * event it is.
 */
export function injector(sent: Map<string, number>) {
  const turns = new Map<Ear, { index: number; words: string[]; startMs: number; nowMs: number }>();
  let number = 0;
  return (ear: Ear): void => {
    const turn = turns.get(ear) ?? { index: 0, words: [], startMs: 0, nowMs: 0 };
    turns.set(ear, turn);
    const token = `e${ear.n}x${number}`;
    number += 1;
    // The word before is an ordinary one from now on: only the newest says which event it is.
    if (turn.words.length > 0) turn.words[turn.words.length - 1] = WORDS[number % WORDS.length] ?? '';
    turn.words.push(token);
    turn.nowMs += WORD_MS;
    const isLast = turn.words.length >= TURN_EVENTS;
    const words = turn.words.map((word, at) => {
      const start = (turn.startMs + at * WORD_MS) / 1_000;
      return { word, confidence: 0.97, start, end: start + 0.2 };
    });
    const message = {
      type: 'TurnInfo',
      request_id: 'bench',
      sequence_id: number,
      event: isLast ? 'EndOfTurn' : 'Update',
      turn_index: turn.index,
      audio_window_start: turn.startMs / 1_000,
      audio_window_end: turn.nowMs / 1_000,
      transcript: turn.words.join(' '),
      words,
      end_of_turn_confidence: 0.1,
    };
    sent.set(token, wallMs());
    ear.say(message);
    if (isLast) turns.set(ear, { index: turn.index + 1, words: [], startMs: turn.nowMs, nowMs: turn.nowMs });
  };
}

/** The event a line shows, and whose it is; undefined for a line that is not of an event. */
export function eventIn(text: string): { token: string; n: number } | undefined {
  const token = /\be(\d+)x\d+$/.exec(text);
  return token ? { token: token[0], n: Number(token[1]) } : undefined;
}
