import type { GenerateBody } from '../../contracts/generate.ts';
import type { Utterance } from '../../contracts/transcript.ts';
import type { CompiledPlays } from '../compile-plays.ts';
import { newSession, type Session } from '../session.ts';
import { step } from '../step.ts';

const WORD_MS = 400;

/** Turns as somebody handed them over, with times where they brought none. Never back in time. */
export function timed(turns: NonNullable<GenerateBody['transcript']>): Utterance[] {
  let atMs = 0;
  return turns.map(({ role, text, startMs }, seq) => {
    const from = Math.max(atMs, startMs ?? 0);
    atMs = from + (text.match(/\S+/g)?.length ?? 0) * WORD_MS;
    return { seq, role, speaker: role, text, startMs: from, endMs: atMs, confidence: 1 };
  });
}

/** The call as the rules would have guided it: with the card on the screen at its end, or none. */
export function replay(callId: string, said: readonly Utterance[], plays: CompiledPlays): Session {
  let session = newSession({ callId });
  const hear = (heard: Parameters<typeof step>[1]) => {
    [session] = step(session, heard, plays);
  };
  hear({ type: 'line-started' });
  hear({ type: 'consent', consent: 'granted', by: callId, atMs: 0 });
  const turns = { rep: 0, customer: 0, other: 0 };
  for (const { role, text, startMs, endMs, confidence } of said) {
    const parts = text.match(/\S+/g) ?? [];
    const wordMs = (endMs - startMs) / Math.max(1, parts.length);
    const words = parts.map((word, at) => ({
      text: word,
      startMs: startMs + at * wordMs,
      endMs: startMs + (at + 1) * wordMs,
      confidence,
    }));
    hear({ type: 'turn', role, turn: turns[role]++, text, words, final: true, atMs: Math.max(session.nowMs, endMs) });
  }
  return session;
}
