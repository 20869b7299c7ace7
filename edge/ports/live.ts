import type { ConsentRule } from '../../shared/contracts/capture.ts';
import type { LineSource, Track } from './line.ts';

/** Who the call belongs to; told once, when it begins. Ids and names only. */
export interface CallFacts {
  tenantId: string;
  callId: string;
  customerName: string;
  startedAtMs: number;
  repTrack: Track;
  /** Absent in the facts of calls that began before there was a choice: the telephone's. */
  source?: LineSource;
  /** The plan's minutes are used up: the call is kept, and nobody is guided on it. */
  withoutGuidance?: boolean;
  /** What has to happen before it is heard; absent, everybody has to say yes. */
  consentRule?: ConsentRule;
}
