import type { NextStep } from '../contracts/insight.ts';
import type { Commitment } from '../contracts/need.ts';
import { evidenceOf, type Said } from './said.ts';

/** The steps that are promises: their own maker said them, no condition surrounds them. Where the other side said yes to one, that is kept too. */
export function promises(steps: readonly NextStep[], said: readonly Said[]): Commitment[] {
  return steps
    .filter((step) => !step.hedged)
    .flatMap((step): Commitment[] => {
      const assent = assentTo(step, said);
      const isOwn = step.owner === 'both' ? assent !== undefined || step.dueAt !== undefined : step.owner === step.evidence.role;
      if (!isOwn && !assent) return [];
      return [
        {
          by: step.owner,
          text: step.text,
          ...(step.dueAt === undefined ? {} : { dueAt: step.dueAt }),
          evidence: step.evidence,
          ...(assent ? { assent: evidenceOf(assent.utterance, assent.start, assent.end) } : {}),
        },
      ];
    });
}

/** The first sentence of the next one to speak, if they are on the other side and it is a yes. */
function assentTo({ evidence }: NextStep, said: readonly Said[]): Said | undefined {
  const next = said.find((one) => one.opens && one.utterance.seq > evidence.seq && one.lean + one.full !== '');
  if (!next || (next.utterance.role === 'rep') === (evidence.role === 'rep')) return undefined;
  return YES.test(next.full) && !NO.test(next.full) ? next : undefined;
}

const YES =
  /^(?:(?:oh|well|um|uh|okay|great) )*(?:yes|sure|perfect|great|okay|sounds (?:good|great|perfect)|(?:that|it|[a-z]+day|[a-z]+day at [a-z0-9]+)(?: [a-z]+)? works|works for|deal|agreed|absolutely|definitely|will do|looking forward|see you|please do|excellent|wonderful|fantastic|good)\b/;
const NO = /\b(?:no|not|but|if|unless|maybe|depends|let me check|have to see)\b/;
