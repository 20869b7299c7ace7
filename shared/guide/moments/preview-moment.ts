import type { Moment } from '../../contracts/playbook.ts';
import type { Role, Utterance, Word } from '../../contracts/transcript.ts';
import { type CompiledPlays, compilePlays } from '../compile-plays.ts';
import { newSession, type Session } from '../session.ts';
import { type Heard, step } from '../step.ts';
import type { KnownRecord } from './state.ts';

/** A call that is over. Its record is as the CRM has it now, where that is known. */
export interface PastCall {
  startedAtMs: number;
  record: KnownRecord | null;
  said: readonly Utterance[];
}

/** Where a moment would have come. `quote` is empty where nobody's words brought it. */
export interface WouldFire {
  atMs: number;
  quote: string;
  role: Role;
  speaker: string;
}

/** Ready to be asked of many calls. A point of the checklist counts where it would have been ticked, a field where it would have been filled. */
export const previewPlays = (moment: Moment, competitors: readonly string[]): CompiledPlays =>
  compilePlays([], competitors, [{ ...moment, enabled: true }]);

/** The very steps of a running call, over one that is over: nothing else could tell what a moment would have done. */
export function previewMoment(moment: Moment, plays: CompiledPlays, call: PastCall): WouldFire[] {
  let session = newSession({ callId: 'preview', startedAtMs: call.startedAtMs });
  const hear = (heard: Heard) => {
    [session] = step(session, heard, plays);
  };
  hear({ type: 'line-started' });
  hear({ type: 'consent', consent: 'granted', by: 'preview', atMs: 0 });
  if (call.record) hear({ type: 'record', record: call.record, atMs: 0 });

  const said = call.said.toSorted((a, b) => a.startMs - b.startMs || a.seq - b.seq);
  for (const [turn, one] of said.entries()) {
    // What time alone would have brought before anybody spoke again.
    for (let due = session.moments?.wakeAtMs ?? null, tries = 0; due !== null && due < one.startMs && tries < TRIES_MAX; tries += 1) {
      hear({ type: 'tick', atMs: due });
      const next = session.moments?.wakeAtMs ?? null;
      due = next !== null && next > due ? next : null;
    }
    hear({ type: 'turn', role: one.role, turn, text: one.text, words: wordsOf(one), final: true, atMs: one.endMs });
  }
  return foundIn(session, moment, said);
}

const TRIES_MAX = 200;

function foundIn({ moments }: Session, { rule, oncePerCall, maxPerCall }: Moment, said: readonly Utterance[]): WouldFire[] {
  if (!moments) return [];
  const speaker = (startMs: number, role: Role): string =>
    said.find((one) => one.role === role && one.startMs <= startMs && startMs <= one.endMs)?.speaker ?? '';
  const at = ({ startMs, quote, role }: { startMs: number; quote: string; role: Role }): WouldFire => ({
    atMs: startMs,
    quote,
    role,
    speaker: quote === '' ? '' : speaker(startMs, role),
  });
  if (rule.is === 'step') return moments.ticks.map(at);
  if (rule.is === 'slot') return moments.fills.map(at);
  return moments.fired.slice(0, oncePerCall ? 1 : maxPerCall).map(at);
}

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
