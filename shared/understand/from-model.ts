import type { Insight } from '../contracts/insight.ts';
import { cleanLine } from './clean-line.ts';
import type { Claims, Failing } from './read-claims.ts';

/**
 * What the model could prove over what the rules found. `model` is the vendor's own name of it; `dropped` claims were without proof.
 * Nothing usable gives the rules' insight back, with the reason in `limits`.
 */
export function fromModel(claims: Claims, rules: Insight, { model, dropped }: { model: string; dropped: number }): Insight {
  const { bullets, objections, nextSteps, buyingSignals, competitors, pricing, pains, goals, people } = claims;
  const lost = dropped > 0 ? [droppedSays(dropped)] : [];
  const found = [bullets, objections, nextSteps, buyingSignals, competitors, pricing, pains, goals, people].some((list) => list.length > 0);
  if (!found) return limited(rules, ...lost);
  const more = {
    pains: over(pains, rules.pains ?? [], sameTurn),
    goals: over(goals, rules.goals ?? [], sameTurn),
    people: over(people, rules.people ?? [], sameName),
  };
  return limited(
    {
      ...rules,
      analyzer: `${cleanLine(model, 80)}+${rules.analyzer}`,
      intent: claims.intent ?? rules.intent,
      headline: claims.headline ?? rules.headline,
      bullets: bullets.length > 0 ? bullets.slice(0, BULLETS_MAX) : rules.bullets,
      objections: over(objections, rules.objections, (a, b) => a.type === b.type && sameTurn(a, b)),
      buyingSignals: over(buyingSignals, rules.buyingSignals, (a, b) => a.type === b.type && sameTurn(a, b)),
      competitors: over(competitors, rules.competitors, sameName),
      pricing: over(pricing, rules.pricing, sameTurn),
      nextSteps: over(nextSteps, rules.nextSteps, (a, b) => a.owner === b.owner && sameTurn(a, b)),
      // A family that came later stays away where nobody found anything.
      ...(rules.pains || more.pains.length > 0 ? { pains: more.pains } : {}),
      ...(rules.goals || more.goals.length > 0 ? { goals: more.goals } : {}),
      ...(rules.people || more.people.length > 0 ? { people: more.people } : {}),
    },
    ...lost,
  );
}

/** The first answer's claims with those that its repair could prove: of each family no more than had failed. */
export function repaired(first: Claims, second: Claims, failing: readonly Failing[]): Claims {
  const room = (family: Failing['family']): number => failing.filter((one) => one.family === family).length;
  return {
    ...first,
    bullets: [...first.bullets, ...second.bullets.slice(0, room('bullets'))],
    objections: [...first.objections, ...second.objections.slice(0, room('objections'))],
    nextSteps: [...first.nextSteps, ...second.nextSteps.slice(0, room('nextSteps'))],
    buyingSignals: [...first.buyingSignals, ...second.buyingSignals.slice(0, room('buyingSignals'))],
    competitors: [...first.competitors, ...second.competitors.slice(0, room('competitors'))],
    pricing: [...first.pricing, ...second.pricing.slice(0, room('pricing'))],
    pains: [...first.pains, ...second.pains.slice(0, room('pains'))],
    goals: [...first.goals, ...second.goals.slice(0, room('goals'))],
    people: [...first.people, ...second.people.slice(0, room('people'))],
  };
}

/** An insight that says what it could not do. */
export const limited = (insight: Insight, ...sentences: readonly string[]): Insight =>
  sentences.length === 0 ? insight : { ...insight, limits: [...(insight.limits ?? []), ...sentences] };

const droppedSays = (count: number): string =>
  count === 1
    ? 'One claim of the language model had no proof in the transcript and was left out.'
    : `${count} claims of the language model had no proof in the transcript and were left out.`;

/** The model's first, then what the rules alone saw; in the order of the call. */
function over<T extends { evidence: { startMs: number } }>(first: readonly T[], rules: readonly T[], same: (a: T, b: T) => boolean): T[] {
  const unique = first.filter((one, at) => first.findIndex((held) => same(held, one)) === at);
  return [...unique, ...rules.filter((one) => !unique.some((held) => same(held, one)))].toSorted(
    (a, b) => a.evidence.startMs - b.evidence.startMs,
  );
}

const sameTurn = (a: { evidence: { seq: number } }, b: { evidence: { seq: number } }): boolean => a.evidence.seq === b.evidence.seq;
const sameName = (a: { name: string }, b: { name: string }): boolean => a.name.toLowerCase() === b.name.toLowerCase();
const BULLETS_MAX = 5;
