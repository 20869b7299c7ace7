import type { Insight } from '../../contracts/insight.ts';
import type { Influence } from '../../contracts/need.ts';
import type { RiskCode, RiskEvidence, RiskView } from '../../contracts/risk.ts';
import type { Evidence } from '../../contracts/transcript.ts';
import type { Fact } from '../fold-memory.ts';

/** All that is known of a record before a call. Only what the viewer may see; times are ISO 8601. */
export interface Known {
  nowMs: number;
  /** Where the rep's clock stands, IANA. */
  timeZone: string;
  /** Understood calls, newest first. */
  calls: readonly KnownCall[];
  /** The newest call of all, when nobody heard it. */
  unheard?: { callId: string; at: string };
  facts: readonly KnownFact[];
  /** Those that stand, newest first. */
  risks: readonly KnownRisk[];
  /** Absent where the CRM did not say. */
  deal?: KnownDeal;
  /** The warmest way to one of their people over somebody else. */
  path?: { introducer: string; target: string };
}

/** What a brief needs of a call's insight. */
export interface KnownCall {
  id: string;
  at: string;
  /** "You" where it was the viewer's own. */
  rep: string;
  customerName: string;
  headline: string;
  /** The words that its headline leans on most. */
  proof?: Evidence;
  /** 0 to 1 */
  sentiment: number;
  nextSteps: readonly Pick<Insight['nextSteps'][number], 'text' | 'owner' | 'dueAt' | 'evidence'>[];
  people: readonly { name: string; role?: string; influence: Influence; evidence: Evidence }[];
  /** What the customer asked and nobody answered. */
  asked: readonly Evidence[];
  /** When they last said that they want to go ahead, milliseconds into the call. */
  wentAheadMs?: number;
  gaps: readonly Gap[];
}

export interface Gap {
  method: 'MEDDPICC' | 'BANT' | 'SPICED';
  element: string;
  /** 0 to 3, as in the methodology. */
  score: number;
  question?: string;
}

export interface KnownFact extends Omit<Fact, 'kind'> {
  kind: string;
  callId: string;
  firstAt: string;
  lastAt: string;
  /** In how many calls. */
  times: number;
}

export interface KnownRisk {
  code: RiskCode;
  text: string;
  severity: RiskView['severity'];
  evidence: readonly RiskEvidence[];
  since: string;
}

/** The record as its CRM has it. */
export interface KnownDeal {
  /** When it was read. */
  at: string;
  name: string;
  stage?: string;
  amount?: number;
  /** YYYY-MM-DD */
  closeOn?: string;
  nextStep?: string;
  /** Only where the CRM says for certain. */
  stageMovedAt?: string;
  people: readonly string[];
}
