import type { Freshness } from './chips.ts';
import type { Tier } from './trust.ts';

/** Ask for the introduction, warm a hop up before asking, or write to the target oneself. */
export type NextStep = 'ask' | 'warm_first' | 'go_direct';

/** The next thing to do about a path, and why. `viewer` is who would do it. */
export function chooseStep(hops: readonly Step[], viewer: string): { next: NextStep; why: string } {
  const [first, last] = [hops[0], hops.at(-1)];
  if (!first || !last) return { next: 'go_direct', why: 'Nobody here knows them.' };
  const cold = hops.find(({ tier }) => tier === 'weak' || tier === 'dormant');
  if (hops.length === 1 && first.from === viewer)
    return cold
      ? { next: 'warm_first', why: `You and ${first.to} barely know each other by now.` }
      : { next: 'go_direct', why: `You know ${first.to}.` };
  if (cold) return { next: 'warm_first', why: `${said(cold, viewer)} is the weakest link: ${cold.tier}.` };
  // Trust outlives contact: somebody not heard from in a quarter is written to before they are asked for a favour.
  if (hops.length > 1 && first.freshness === 'dormant')
    return { next: 'warm_first', why: `${said(first, viewer)} has been quiet for three months.` };
  return { next: 'ask', why: `Ask ${first.from === viewer ? last.from : first.from}: every link is warm.` };
}

const said = ({ from, to }: Step, viewer: string) => `${from === viewer ? 'You' : from} → ${to}`;

interface Step {
  from: string;
  to: string;
  tier: Tier;
  freshness: Freshness;
}
