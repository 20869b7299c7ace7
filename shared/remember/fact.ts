import type { Evidence } from '../contracts/transcript.ts';

/** One thing worth knowing before the next call. The same kind and key on a later call is the same fact, heard again. */
export interface Fact {
  kind: 'objection' | 'competitor' | 'promise' | 'signal' | 'budget' | 'timeline' | 'decider' | 'person' | 'pain' | 'goal';
  key: string;
  /** For people, in a line. */
  text: string;
  evidence: Evidence;
}
