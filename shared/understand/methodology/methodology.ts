import type { Insight } from '../../contracts/insight.ts';
import type { Methodology } from '../../contracts/methodology.ts';
import { isMeasured } from '../needs.ts';
import type { Said } from '../said.ts';
import { CRITERIA, EVENT, IMPACT, NO_RIVALS, PAPER, PROCESS, SITUATION } from './cues.ts';
import { bantQuestions, meddpiccQuestions, spicedQuestions } from './gap-questions.ts';
import { type Finding, findings, score } from './score.ts';
import { stageGates } from './stage-gates.ts';

type Known = Pick<Insight, 'pains' | 'goals' | 'budget' | 'authority' | 'people' | 'competitors' | 'commitments'> & {
  /** Every time the customer named, not only the one that counts. */
  times: readonly NonNullable<Insight['timeline']>[];
};

/** How far a call covers MEDDPICC, BANT and SPICED, from what was proved on it and a few cues of their own. */
export function methodologyOf(said: readonly Said[], known: Known): Methodology {
  const pains = (known.pains ?? []).map(measured);
  const goals = (known.goals ?? []).map(measured);
  const people = known.people ?? [];
  const buyers = people.filter((one) => one.influence === 'economic_buyer').map(({ evidence }) => ({ evidence, isHard: true }));
  const champions = people
    .filter((one) => one.influence === 'champion')
    .map((one) => ({ evidence: one.evidence, isHard: acts(one.name, known) }));
  const who = known.authority ? [{ evidence: known.authority.evidence, isHard: known.authority.who === 'self' }] : [];
  const rivals = known.competitors.map(({ evidence }) => ({ evidence, isHard: /\d|cheap|better|price|cost|quote/i.test(evidence.quote) }));
  const dated = (events: readonly string[]): Finding[] =>
    known.times
      .filter((one) => events.includes(one.event))
      .map((one) => ({ evidence: one.evidence, isHard: one.from !== undefined || one.to !== undefined }));
  const process = [...findings(said, PROCESS, isDated), ...dated(['decision'])];
  const impact = findings(said, IMPACT, isMeasured);
  const money: Finding[] = known.budget ? [{ evidence: known.budget.evidence, isHard: known.budget.amount !== undefined }] : [];

  const meddpicc = {
    metrics: score([...goals, ...[...pains, ...impact].filter((one) => one.isHard)], meddpiccQuestions.metrics),
    economicBuyer: score([...buyers, ...who], meddpiccQuestions.economicBuyer),
    decisionCriteria: score(several(findings(said, CRITERIA, isMeasured)), meddpiccQuestions.decisionCriteria),
    decisionProcess: score(process, meddpiccQuestions.decisionProcess),
    paperProcess: score(findings(said, PAPER, isDated), meddpiccQuestions.paperProcess),
    identifyPain: score(pains, meddpiccQuestions.identifyPain),
    champion: score(champions, meddpiccQuestions.champion),
    competition: score([...rivals, ...findings(said, NO_RIVALS, () => false)], meddpiccQuestions.competition),
  };
  return {
    meddpicc,
    bant: {
      budget: score(money, bantQuestions.budget),
      authority: score([...buyers, ...who], bantQuestions.authority),
      need: score([...pains, ...goals], bantQuestions.need),
      timeline: score(dated(['start', 'deadline', 'renewal', 'decision']), bantQuestions.timeline),
    },
    spiced: {
      situation: score(
        findings(said, SITUATION, (lean) => isMeasured(lean) || /\b\d/.test(lean)),
        spicedQuestions.situation,
      ),
      pain: score(pains, spicedQuestions.pain),
      impact: score(impact, spicedQuestions.impact),
      criticalEvent: score([...dated(['deadline', 'renewal']), ...findings(said, EVENT, isDated)], spicedQuestions.criticalEvent),
      decision: score([...process, ...buyers, ...who], spicedQuestions.decision),
    },
    share: shareOf(meddpicc),
    carries: stageOf(meddpicc),
  };
}

type Meddpicc = Methodology['meddpicc'];

/** What is weighed most is what deals are lost without. */
function shareOf(all: Meddpicc): number {
  let got = 0;
  let most = 0;
  for (const [key, weight] of WEIGHTS) {
    got += weight * all[key].score;
    most += weight * 3;
  }
  return Math.round((got / most) * 1_000) / 1_000;
}

/** Each stage asks for what the one before it asked for, and more. */
function stageOf(all: Meddpicc): Methodology['carries'] {
  let reached: Methodology['carries'] = 'discovery';
  for (const { stage, asks } of stageGates) {
    if (!asks.every(([key, least]) => all[key].score >= least)) return reached;
    reached = stage;
  }
  return reached;
}

const WEIGHTS: readonly (readonly [keyof Meddpicc, number])[] = [
  ['metrics', 1.5],
  ['economicBuyer', 1.5],
  ['identifyPain', 1.5],
  ['champion', 1.5],
  ['decisionCriteria', 1],
  ['decisionProcess', 1],
  ['paperProcess', 0.75],
  ['competition', 0.75],
];

const measured = (one: { evidence: Finding['evidence']; isMeasured: boolean }): Finding => ({
  evidence: one.evidence,
  isHard: one.isMeasured,
});
const isDated = (lean: string): boolean =>
  /\b(?:\d|january|february|march|april|june|july|august|september|october|november|december|q[1-4]|(?:mon|tues|wednes|thurs|fri)day|(?:a|one|two|three|four|six|eight|few|couple) (?:of )?(?:business )?(?:days|weeks?|months?)|next (?:week|month|quarter|year)|end of)/.test(
    lean,
  );
/** Two criteria that were said are a list, and a list is hard. */
const several = (all: readonly Finding[]): Finding[] => {
  const theirs = all.filter((one) => one.evidence.role === 'customer').length;
  return all.map((one) => ({ ...one, isHard: one.isHard || theirs > 1 }));
};
/** A champion is one who does something: they promised a step of their own on this call. */
const acts = (name: string, known: Known): boolean =>
  (known.commitments ?? []).some((one) => one.by === 'customer' && one.evidence.role === 'customer' && one.evidence.speaker === name);
