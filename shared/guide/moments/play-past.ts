import type { Utterance, Word } from '../../contracts/transcript.ts';
import type { CompiledPlays } from '../compile-plays.ts';
import { newSession, type Session } from '../session.ts';
import { type Heard, step } from '../step.ts';
import type { KnownRecord } from './state.ts';

/** A call that is over. Its record is as the CRM has it now, where that is known. */
export interface PastCall {
  startedAtMs: number;
  record: KnownRecord | null;
  said: readonly Utterance[];
}

/** The very steps of a running call, over one that is over: nothing else could tell what its rules would have done. */
export function playPast(plays: CompiledPlays, call: PastCall): Session {
  let session = newSession({ callId: 'past', startedAtMs: call.startedAtMs });
  const hear = (heard: Heard) => {
    [session] = step(session, heard, plays);
  };
  hear({ type: 'line-started' });
  hear({ type: 'consent', consent: 'granted', by: 'past', atMs: 0 });
  if (call.record) hear({ type: 'record', record: call.record, atMs: 0 });

  for (const [turn, one] of inOrder(call.said).entries()) {
    // What time alone would have brought before anybody spoke again.
    for (let due = session.moments?.wakeAtMs ?? null, tries = 0; due !== null && due < one.startMs && tries < TRIES_MAX; tries += 1) {
      hear({ type: 'tick', atMs: due });
      const next = session.moments?.wakeAtMs ?? null;
      due = next !== null && next > due ? next : null;
    }
    hear({ type: 'turn', role: one.role, turn, text: one.text, words: wordsOf(one), final: true, atMs: one.endMs });
  }
  return session;
}

const inOrder = (said: readonly Utterance[]) => said.toSorted((a, b) => a.startMs - b.startMs || a.seq - b.seq);

/** Who said words that a rule found there; empty where nobody did. */
export const speakerAt = (said: readonly Utterance[], { role, startMs }: { role: Utterance['role']; startMs: number }): string =>
  inOrder(said).find((one) => one.role === role && one.startMs <= startMs && startMs <= one.endMs)?.speaker ?? '';

const TRIES_MAX = 200;

/** What was stored has no times of words: they are spread over the turn, which is near enough. */
function wordsOf({ text, startMs, endMs, confidence }: Utterance): Word[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const each = Math.max(1, endMs - startMs) / Math.max(1, words.length);
  return words.map((word, at) => ({
    text: word,
    startMs: startMs + at * each,
    endMs: startMs + (at + 1) * each,
    // What was kept of a call was heard with all of it before the eyes: it is surer than any partial.
    confidence: Math.max(confidence, SURE),
  }));
}

const SURE = 0.9;
