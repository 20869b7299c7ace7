import { chipsOf, coarseChipsOf, type Freshness, freshnessOf } from './chips.ts';
import type { Evidence } from './evidence.ts';
import { chooseStep, type NextStep } from './next-step.ts';
import type { Tie } from './tie.ts';
import { type Tier, tierAt, trustAt } from './trust.ts';

/** How we know of a tie: seen in contacts, told by a member, on a member's contact list, or only guessed. */
type Proof = 'seen' | 'told' | 'listed' | 'inferred';

/** One step of a path, seen from `from`: how readily `to` answers them. */
export interface Hop {
  from: string;
  to: string;
  tie: Tie;
  evidence: Evidence;
  proof: Proof;
  /** Whether whoever asks may read the counts and dates: their own tie, or one whose owner shares them. */
  isOpen: boolean;
}

interface ExplainedHop {
  from: string;
  to: string;
  tier: Tier;
  /** 0 to 1; null on a colleague's tie, of which others learn the tier alone. */
  trust: number | null;
  freshness: Freshness;
  chips: string[];
  isWeakest: boolean;
}

interface ExplainedPath {
  rank: number;
  /** Of the weakest hop. */
  tier: Tier;
  score: number;
  introducer: string;
  teammate: string;
  target: string;
  hops: ExplainedHop[];
  next: NextStep;
  why: string;
}

export interface PathsAnswer {
  verdict: 'warm' | 'weak' | 'none';
  message: string;
  paths: ExplainedPath[];
  next: NextStep;
}

/** What a rep is told of the paths found. A path with a guessed hop is none: it would pass for proof. `viewer` is who asks. */
export function explainPaths(found: readonly { score: number; hops: readonly Hop[] }[], viewer: string, nowMs: number): PathsAnswer {
  const proven = found.filter(({ hops }) => hops.length > 0 && hops.every(({ proof }) => proof !== 'inferred'));
  const paths = proven.map(({ score, hops }, at) => explainPath(hops, score, at + 1, viewer, nowMs));
  const warm = paths.find(({ tier }) => tier === 'strong' || tier === 'warm');
  const verdict = warm ? 'warm' : paths.length > 0 ? 'weak' : 'none';
  return {
    verdict,
    message: warm ? sayWarm(warm, viewer) : 'No verified warm path yet',
    paths,
    next: (warm ?? paths[0])?.next ?? 'go_direct',
  };
}

function explainPath(hops: readonly Hop[], score: number, rank: number, viewer: string, nowMs: number): ExplainedPath {
  const trusts = hops.map(({ tie }) => trustAt(tie, nowMs));
  const weakest = trusts.indexOf(Math.min(...trusts));
  const explained = hops.map((hop, at) => ({
    from: hop.from,
    to: hop.to,
    tier: tierAt(hop.tie, nowMs),
    trust: hop.isOpen ? (trusts[at] ?? 0) : null,
    freshness: freshnessOf(hop.evidence, nowMs),
    chips: [...(hop.isOpen ? chipsOf : coarseChipsOf)(hop.evidence, nowMs), ...proofChip(hop.proof)],
    isWeakest: at === weakest,
  }));
  const tier = tiers.find((one) => explained.some((hop) => hop.tier === one)) ?? 'dormant';
  const [teammate, target] = [hops[0]?.from ?? '', hops.at(-1)?.to ?? ''];
  const introducer = hops.at(-1)?.from ?? '';
  return { rank, tier, score, introducer, teammate, target, hops: explained, ...chooseStep(explained, viewer) };
}

// Weakest first: a path is as warm as its coldest hop.
const tiers: readonly Tier[] = ['dormant', 'weak', 'warm', 'strong'];

const proofChip = (proof: Proof) => (proof === 'told' ? ['says they know them well'] : proof === 'listed' ? ['on their contact list'] : []);

function sayWarm({ introducer, target }: ExplainedPath, viewer: string): string {
  return introducer === viewer ? `You know ${target}` : `${introducer} can introduce you to ${target}`;
}
