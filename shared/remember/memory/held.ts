import type { ChangeBody } from '../../contracts/change.ts';
import type { NextStep } from '../../contracts/insight.ts';
import type { Evidence } from '../../contracts/transcript.ts';
import type { CallBrief } from '../../contracts/view.ts';

/** A call of the customer's; what it meant of the newest ones alone. */
export interface HeldCall {
  id: string;
  /** When it began. */
  atMs: number;
  repName: string;
  customerName: string;
  source: CallBrief['source'];
  direction: 'inbound' | 'outbound';
  durationMs: number;
  insight: { sentiment: number; nextSteps: readonly NextStep[] } | null;
}

/** A remembered thing; of its first saying nothing where it is not known. */
export interface HeldFact {
  kind: string;
  key: string;
  text: string;
  last: Evidence;
  lastCallId: string;
  first: Evidence | null;
  firstCallId: string | null;
  firstAtMs: number;
  lastAtMs: number;
  /** Every call it was heard in. */
  heardIn: readonly string[];
}

/** A call, or something that was written about the customer. */
export interface HeldMoment {
  id: string;
  atMs: number;
  /** Null for what came through a door of the API. */
  callId: string | null;
  /** Null for a call itself. */
  body: ChangeBody | null;
  call: { source: HeldCall['source']; direction: HeldCall['direction']; headline: string | null; people: readonly string[] } | null;
}
