import type { LiveRisk } from '../../contracts/gates.ts';
import type { Insight } from '../../contracts/insight.ts';
import { quietInsight } from '../../contracts/quiet-insight.ts';
import type { DealStory } from './deal-story.ts';
import { findRisks } from './find-risks.ts';

/** What a running call has said so far; what was not looked for is absent. */
export type SaidSoFar = Partial<Pick<Insight, 'objections' | 'competitors' | 'pricing' | 'budget' | 'authority' | 'people'>>;

/**
 * A deal's risks while one more call about it runs, by the rules that look at it afterwards. `story` is what was known before. What is a risk
 * because nobody said it was so before the call, and is over with the words that say it; a call that still runs has left nothing unsaid.
 */
export function liveRisksOf(
  story: DealStory,
  call: { callId: string; atMs: number; customerName: string },
): (said: SaidSoFar) => LiveRisk[] {
  const before = new Map(findRisks(story).risks.map((risk) => [risk.code, risk]));
  const speakers: NonNullable<Insight['speakers']> = [
    { name: '', role: 'rep', spokeMs: 0 },
    { name: call.customerName, role: 'customer', spokeMs: 0 },
  ];
  return (said) => {
    // Whether a step was agreed, and how the mood went, is for the end of the call.
    const insight = quietInsight({ ...said, people: said.people ?? [], speakers });
    const now = findRisks({ ...story, calls: [...story.calls, { callId: call.callId, atMs: call.atMs, insight }] }).risks;
    return now.flatMap((risk): LiveRisk[] => {
      const known = before.get(risk.code);
      if (risk.isDeterministic && !known) return [];
      const mine = risk.evidence.filter((one) => one.callId === call.callId);
      const last = mine.toSorted((a, b) => a.startMs - b.startMs).at(-1);
      const { code, severity, confidence } = risk;
      const text = known && mine.length === 0 ? known.text : risk.text;
      return [{ code, text, severity, confidence, isNew: !known, ...(last ? { quote: last.quote, atMs: last.startMs } : {}) }];
    });
  };
}
