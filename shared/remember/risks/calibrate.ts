import type { DismissReason, Precision, RiskCode } from '../../contracts/risk.ts';
import { CONFIDENCE_MIN } from './found-risk.ts';

/** What a manager made of one risk. */
export interface RiskDecision {
  code: RiskCode;
  verdict: 'confirmed' | 'dismissed';
  reason?: DismissReason;
}

/** So many imagined decisions, at this precision, stand before the first real one: the rate a new rule is granted. */
const PRIOR_COUNT = 20;
const PRIOR_RIGHT = 0.9;

/**
 * How right each code was by the managers' word. A dismissal because the matter was known or handled says that the rule was right.
 * A code whose expected precision is not above the bar is muted: it is no longer proposed until older decisions have aged out.
 */
export function precisionOf(decisions: readonly RiskDecision[]): Precision[] {
  const byCode = Map.groupBy(decisions, (one) => one.code);
  return [...byCode].map(([code, all]) => {
    const right = all.filter(wasRight).length;
    return { code, decided: all.length, right, precision: right / all.length, isMuted: expected(right, all.length) <= CONFIDENCE_MIN };
  });
}

/** A rule is never surer of itself than managers have found it right. */
export const calibrated = (confidence: number, known: Pick<Precision, 'right' | 'decided'> | undefined): number =>
  Math.min(confidence, expected(known?.right ?? 0, known?.decided ?? 0));

const expected = (right: number, decided: number): number => (PRIOR_COUNT * PRIOR_RIGHT + right) / (PRIOR_COUNT + decided);

const wasRight = ({ verdict, reason }: RiskDecision): boolean => verdict === 'confirmed' || reason === 'handled' || reason === 'known';
