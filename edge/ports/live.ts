import type { Track } from './line.ts';

/** Who the call belongs to; told once, when it begins. Ids and names only. */
export interface CallFacts {
  tenantId: string;
  callId: string;
  customerName: string;
  startedAtMs: number;
  repTrack: Track;
}
