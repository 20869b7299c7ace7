import type { FeedbackAction, GuidanceDown } from '../contracts/guidance.ts';
import type { Role, Word } from '../contracts/transcript.ts';

/** What can happen on a call. Every `atMs` and word time is milliseconds from the start of the call. */
export type Heard =
  | { type: 'line-started' }
  | { type: 'consent'; consent: 'announced' | 'granted' | 'refused' | 'took-back'; by: string; party?: string; atMs: number }
  /** Somebody of the others comes or goes; `party` is the same for one person over the whole call. */
  | { type: 'joined' | 'left'; party: string; atMs: number }
  /** One side's whole turn as understood now. `turn` counts up per role over the whole call, across reconnects. */
  | { type: 'turn'; role: Role; turn: number; text: string; words: readonly Word[]; final: boolean; atMs: number }
  | { type: 'feedback'; cardId: string; action: FeedbackAction; atMs: number }
  | { type: 'tick'; atMs: number }
  | { type: 'hang-up'; atMs: number };

/** What the shell is to do: send a frame to every screen, or open and close speech recognition. */
export type Told = Exclude<GuidanceDown, { type: 'hello' }> | { type: 'open-speech' } | { type: 'close-speech' };
