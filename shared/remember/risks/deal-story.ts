import type { Insight } from '../../contracts/insight.ts';

/** What is known of a deal when its risks are looked for. What is absent is not known, and no rule guesses it. Times are epoch milliseconds. */
export interface DealStory {
  nowMs: number;
  deal: {
    isClosed: boolean;
    stageId?: string;
    /** How far down its pipeline it stands. */
    phase?: Phase;
    /** YYYY-MM-DD; the last day of it still counts. */
    closeOn?: string;
    createdAtMs?: number;
    inStageSinceMs?: number;
    /** The days within which three of four won deals left this stage. */
    wonDaysInStage?: number;
    /** The people the CRM ties to it. */
    contacts?: readonly { name: string; title?: string }[];
  };
  /** Every mail and call, in any order. */
  touches?: readonly { atMs: number; direction: 'inbound' | 'outbound' }[];
  /** Its understood calls, oldest first. */
  calls: readonly { callId: string; atMs: number; insight: Insight }[];
  /** Through how many of their people anybody here reaches them. */
  paths?: number;
}

export type Phase = 'early' | 'mid' | 'late';

/** Early is the first third of the open stages, by the chance of winning that the CRM gives them. */
export const phaseOf = (probability: number): Phase => (probability < 0.34 ? 'early' : probability < 0.67 ? 'mid' : 'late');
