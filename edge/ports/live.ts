import type { ConsentRule } from '../../shared/contracts/capture.ts';
import type { LineStream } from './dialled-line.ts';
import type { LineSource, Track } from './line.ts';

/** Who the call belongs to; told once, when it begins. Ids and names only. */
export interface CallFacts {
  tenantId: string;
  callId: string;
  customerName: string;
  /** What the rep is called, where that is known: on a mixed track, whoever says that name as their own is the rep. */
  repName?: string;
  startedAtMs: number;
  repTrack: Track;
  /** Absent in the facts of calls that began before there was a choice: the telephone's. */
  source?: LineSource;
  /** `mixed`: one microphone hears everybody, so its track says nothing about who speaks. Absent: each track has one side. */
  tracks?: 'mixed' | 'split';
  /** The plan's minutes are used up: the call is kept, and nobody is guided on it. */
  withoutGuidance?: boolean;
  /** What has to happen before it is heard; absent, everybody has to say yes. */
  consentRule?: ConsentRule;
}

/** Where a running meeting's audio is, and by which account. */
export interface MeetingStream extends LineStream {
  connectionId: string;
  /** What those of the rep's side are called in meetings. */
  ours: readonly string[];
}
