import type { CustomerMemory } from '../../contracts/memory.ts';
import type { RecordRef } from '../../contracts/record.ts';
import { bare, factView } from './cite.ts';
import { contradictions } from './contradictions.ts';
import { engagement } from './engagement.ts';
import type { HeldCall, HeldFact, HeldMoment } from './held.ts';
import { mood } from './mood.ts';
import { nextStep } from './next-step.ts';
import { touchpointOf } from './touchpoint-of.ts';

const FACTS_MAX = 100;
const NAMED_MAX = 10;

/** What is known of a customer, out of what the viewer may see. `next` leads to the rest of the timeline. */
export function customerMemory(
  record: RecordRef,
  seen: { calls: readonly HeldCall[]; facts: readonly HeldFact[]; moments: readonly HeldMoment[]; next: string | null },
  nowMs: number,
): CustomerMemory {
  const { calls, facts } = seen;
  const newest = facts.toSorted((a, b) => b.lastAtMs - a.lastAtMs);
  const of = (kind: string) => newest.filter((fact) => fact.kind === kind);
  // What comes up again and again is what hurts.
  const named = (kind: string) =>
    [
      ...new Set(
        of(kind)
          .toSorted((a, b) => b.heardIn.length - a.heardIn.length)
          .map(({ text }) => bare(text)),
      ),
    ].slice(0, NAMED_MAX);
  const [budget] = of('budget');
  const last = calls.toSorted((a, b) => b.atMs - a.atMs)[0];
  return {
    record,
    company: last?.customerName ?? null,
    timeline: { items: seen.moments.flatMap((moment) => touchpointOf(moment) ?? []), next: seen.next },
    facts: newest
      .map((fact) => factView(fact, nowMs))
      .toSorted((a, b) => b.strength - a.strength)
      .slice(0, FACTS_MAX),
    contradictions: contradictions(facts),
    painPoints: named('pain'),
    goals: named('goal'),
    concerns: named('objection'),
    purchaseTimeline: of('timeline')[0]?.text ?? null,
    budget: { mentioned: budget !== undefined, ...(budget && /\d/.test(budget.text) ? { range: bare(budget.text) } : {}) },
    competitors: named('competitor').map((text) => text.replace(/^Looks at /, '')),
    internalStakeholders: named('person').map((text) => {
      const [name = '', ...role] = text.split(', ');
      return { name, ...(role.length > 0 ? { role: role.join(', ') } : {}) };
    }),
    lastTouched: last ? new Date(last.atMs).toISOString() : null,
    ...mood(calls),
    engagement: engagement(calls, facts, nowMs),
    recommendedNextStep: nextStep(calls, facts, nowMs),
  };
}
