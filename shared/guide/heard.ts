import type { DealGates } from '../contracts/gates.ts';
import type { FeedbackAction, GuidanceDown, Quiet } from '../contracts/guidance.ts';
import type { Role, Word } from '../contracts/transcript.ts';
import type { Learned } from './learn.ts';
import type { KnownRecord } from './moments/state.ts';
import type { Advice } from './second-tier/judge.ts';

/** What can happen on a call. Every `atMs` and word time is milliseconds from the start of the call. */
export type Heard =
  | { type: 'line-started' }
  | { type: 'consent'; consent: 'announced' | 'granted' | 'refused' | 'took-back'; by: string; party?: string; atMs: number }
  /** Somebody of the others comes or goes; `party` is the same for one person over the whole call. */
  | { type: 'joined' | 'left'; party: string; atMs: number }
  /** One side's whole turn as understood now. `turn` counts up per role over the whole call, across reconnects. */
  | {
      type: 'turn';
      role: Role;
      turn: number;
      text: string;
      words: readonly Word[];
      final: boolean;
      atMs: number;
      /** On a track with several voices: the same for one voice; the role is then found here, and turns count over all of them. */
      voice?: string;
      /** The recogniser thinks that it may be over, or takes that back. */
      pause?: 'eager' | 'resumed';
    }
  /** The CRM told what stands in the call's record. */
  | { type: 'record'; record: KnownRecord; atMs: number }
  | { type: 'feedback'; cardId: string; action: FeedbackAction; atMs: number }
  | { type: 'quiet'; quiet: Quiet; atMs: number }
  /** The rep ticks a point of the checklist, or opens it again. */
  | { type: 'step'; id: string; done: boolean; atMs: number }
  /** The rep flags this moment; `by` is a host's user id. */
  | { type: 'mark'; id: string; by: string; atMs: number }
  /** A screen painted a card. */
  | { type: 'painted'; cardId: string; atMs: number }
  /** What earlier calls taught is known now. */
  | { type: 'learned'; learned: Learned }
  /** What the language model made of the last minute, or that it made nothing of it after all. */
  | { type: 'advice'; advice: Advice; atMs: number }
  | { type: 'no-advice'; cardId: string; atMs: number }
  /** How the deal stands by what was said and what the CRM told. */
  | { type: 'gates'; gates: DealGates }
  | { type: 'tick'; atMs: number }
  | { type: 'hang-up'; atMs: number };

/** What the shell is to do: send a frame to every screen, or open and close speech recognition. */
export type Told = Exclude<GuidanceDown, { type: 'hello' | 'answer' }> | { type: 'open-speech' } | { type: 'close-speech' };
