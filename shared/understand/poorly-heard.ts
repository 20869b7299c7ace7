import type { Insight } from '../contracts/insight.ts';
import type { Utterance } from '../contracts/transcript.ts';

/** A commitment is no surer than the hearing of the words it stands on. */
export function asSureAsHeard(insight: Insight, said: readonly Pick<Utterance, 'seq' | 'confidence'>[]): Insight {
  const sure = new Map(said.map(({ seq, confidence }) => [seq, confidence]));
  const nextSteps = insight.nextSteps.map((step) => {
    const confidence = Math.min(step.confidence, sure.get(step.evidence.seq) ?? 1);
    return confidence === step.confidence ? step : { ...step, confidence };
  });
  return { ...insight, nextSteps };
}
