import type { Element } from '../../contracts/methodology.ts';
import type { Evidence } from '../../contracts/transcript.ts';
import { evidenceOf, type Said } from '../said.ts';

/** What was found for one element: each finding with its proof, and whether a figure, a name or a date makes it hard. */
export interface Finding {
  evidence: Evidence;
  isHard: boolean;
}

/**
 * 0 unknown · 1 the rep's own assumption · 2 the customer said it · 3 the customer said it with a figure, a name or a date.
 * Whatever a rep believes never counts for more than 1.
 */
export function score(findings: readonly Finding[], questions: readonly [first: string, deeper: string]): Element {
  const theirs = findings.filter((one) => one.evidence.role === 'customer');
  const level = findings.length === 0 ? 0 : theirs.length === 0 ? 1 : theirs.some((one) => one.isHard) ? 3 : 2;
  const proofs = (theirs.length > 0 ? theirs : findings).toSorted((a, b) => Number(b.isHard) - Number(a.isHard));
  return {
    score: level,
    evidence: proofs.slice(0, PROOFS_MAX).map((one) => one.evidence),
    ...(level === 3 ? {} : { gapQuestion: questions[level === 2 ? 1 : 0] }),
  };
}

/** Sentences that speak of an element, by either side; questions of the customer count, questions of the rep do not. */
export function findings(said: readonly Said[], re: RegExp, isHard: (lean: string) => boolean): Finding[] {
  return said
    .filter((one) => re.test(one.lean) && !(one.isQuestion && one.utterance.role === 'rep'))
    .map((one) => ({ evidence: evidenceOf(one.utterance, one.start, one.end), isHard: isHard(one.lean) }));
}

const PROOFS_MAX = 3;
