import type { Insight } from '../contracts/insight.ts';
import { limitSays, limitsOf, readable, silences } from './limits.ts';
import { measure } from './metrics/measure.ts';
import type { Call } from './read-call.ts';
import { bulletsOf, headlineOf } from './summarise.ts';
import { talkShare } from './talk-share.ts';

/** An analysis of whatever was handed over: bounded, with its figures, saying what it could not do and claiming nothing it cannot know. */
export function withinLimits(call: Call, analyze: (call: Call) => Insight): Insight {
  const limits = limitsOf(call.utterances);
  const silenced = limits.find(silences);
  const utterances = silenced ? [] : readable(call.utterances);
  const read = analyze({ ...call, utterances });
  const insight = limits.includes('unknown-roles') ? withoutSides(read, call.customerName) : read;
  return {
    ...insight,
    talkShareRep: talkShare(call.utterances),
    ...(silenced ? { headline: limitSays(silenced), turns: call.utterances.map(({ seq }) => ({ seq, sentiment: 0.5 })) } : {}),
    metrics: measure(call.utterances),
    limits: limits.map(limitSays),
  };
}

/** Where nobody knows who buys, no word is the customer's, and every next step waits for a person. */
function withoutSides(insight: Insight, customerName: string): Insight {
  const isCustomers = (one: { evidence: { role: string } }): boolean => one.evidence.role === 'customer';
  const claims = {
    objections: insight.objections.filter(isCustomers),
    buyingSignals: insight.buyingSignals.filter(isCustomers),
    nextSteps: insight.nextSteps.map((step) => ({ ...step, hedged: true })),
    competitors: insight.competitors,
    pricing: insight.pricing,
  };
  return { ...insight, ...claims, sentiment: 0.5, headline: headlineOf(claims, customerName), bullets: bulletsOf(claims, customerName) };
}
