import type { Insight } from '../contracts/insight.ts';
import type { Evidence, Utterance } from '../contracts/transcript.ts';

type Said = Pick<Utterance, 'seq' | 'confidence' | 'unsure'>;

/** Below this, on average or in one word that matters, what was said was badly heard. */
const HEARD_MIN = 0.6;

/** Whatever a promise, a sum, a date or a wish stands on says so where its words were badly heard. */
export function asSureAsHeard(insight: Insight, said: readonly Said[]): Insight {
  const bySeq = new Map(said.map((one) => [one.seq, one]));
  const mark = <T extends { evidence: Evidence }>(claim: T): T => {
    const heard = heardOf(claim.evidence, bySeq.get(claim.evidence.seq));
    return heard >= HEARD_MIN ? claim : { ...claim, evidence: { ...claim.evidence, heard } };
  };
  const { bullets, nextSteps, buyingSignals, commitments, budget, timeline } = insight;
  return {
    ...insight,
    bullets: bullets.map(mark),
    nextSteps: nextSteps.map(mark),
    buyingSignals: buyingSignals.map(mark),
    ...(commitments ? { commitments: commitments.map(mark) } : {}),
    ...(budget ? { budget: mark(budget) } : {}),
    ...(timeline ? { timeline: mark(timeline) } : {}),
  };
}

export const isPoorlyHeard = ({ heard }: Evidence): boolean => heard !== undefined && heard < HEARD_MIN;

/** As well as the whole utterance, and as the worst of the quote's own words that mean something. */
function heardOf({ quote }: Evidence, said: Said | undefined): number {
  if (!said) return 1;
  const quoted = new Set(quote.split(/\s+/).map(bare));
  const worst = (said.unsure ?? []).filter(({ text }) => quoted.has(bare(text)) && !fillers.has(bare(text)));
  return Math.min(said.confidence, ...worst.map(({ confidence }) => confidence));
}

const bare = (word: string): string => word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** A promise is the same with and without these; "not" and "won't" are none of them. */
const fillers = new Set(
  (
    'a an the and or but so well yeah yes ok okay um uh hm oh right just really actually like kind sort of to in on at for with from as is are ' +
    'was were be been am it its that this these those there here i you he she we they me him her us them my your our their id ill im ive well ' +
    'youll were youre lets then now also too very much some any do does did have has had would could should can will gonna going think know mean guess'
  ).split(' '),
);
