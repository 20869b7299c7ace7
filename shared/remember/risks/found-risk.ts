import type { RiskEvidence, RiskView } from '../../contracts/risk.ts';
import type { DealStory } from './deal-story.ts';

/** A risk before a manager has seen it. */
export interface FoundRisk extends Pick<RiskView, 'code' | 'text' | 'severity' | 'confidence' | 'isDeterministic'> {
  /** What it stands on. A risk that was put aside comes back only when this has changed. */
  basis: string;
  evidence: RiskEvidence[];
}

/** One rule: what it found, `null` for nothing, `unknown` when what it needs is not known. */
export type RiskRule = (story: DealStory) => FoundRisk | null | 'unknown';

/** Over 0.8, and either from dates and counts alone or said in two turns at least. */
export const isShowable = (risk: Pick<FoundRisk, 'confidence' | 'isDeterministic' | 'evidence'>): boolean =>
  risk.confidence > CONFIDENCE_MIN &&
  (risk.isDeterministic || new Set(risk.evidence.map(({ callId, seq }) => `${callId} ${seq}`)).size >= 2);

export const CONFIDENCE_MIN = 0.8;
