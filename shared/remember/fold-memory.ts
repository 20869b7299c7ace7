import type { Insight } from '../contracts/insight.ts';
import { plain } from '../kit/ids.ts';
import { sayFullDate } from '../kit/time.ts';
import type { Fact } from './fact.ts';
import { toldFacts } from './told-facts.ts';

export type { Fact } from './fact.ts';

/** What a call adds to the customer's memory, each fact once, with its first proof. A hedged step is no promise. */
export function factsOf(insight: Insight, call: { at: string; timeZone?: string }): Fact[] {
  const facts: Fact[] = [
    ...insight.objections.map(({ type, evidence }): Fact => ({ kind: 'objection', key: type, text: worries[type], evidence })),
    ...insight.competitors.map(
      ({ name, evidence }): Fact => ({ kind: 'competitor', key: plain(name), text: `Looks at ${name}`, evidence }),
    ),
    ...insight.nextSteps
      .filter((step) => !step.hedged)
      .map(({ text, owner, dueAt, evidence }): Fact => {
        const due = dueAt === undefined ? '' : `, by ${sayFullDate(dueAt, call.timeZone ?? 'UTC')}`;
        return { kind: 'promise', key: `${owner} ${plain(text)}`, text: `${promisers[owner]}: ${text.replace(/\.$/, '')}${due}`, evidence };
      }),
    ...insight.buyingSignals.map(({ type, evidence }): Fact => ({ kind: 'signal', key: type, text: signals[type], evidence })),
    ...toldFacts(insight),
  ];
  return [...new Map(facts.map((fact) => [`${fact.kind} ${fact.key}`, fact] as const).reverse()).values()].reverse();
}

const worries: Record<Insight['objections'][number]['type'], string> = {
  price: 'Finds the price high',
  timing: 'Says it is not the time',
  authority: 'Somebody else decides',
  need: 'Doubts they need it',
  competitor: 'Prefers a competitor',
  trust: 'Wants proof',
  fit: 'Doubts that it fits',
  implementation: 'Worries about the rollout',
  security: 'Worries about security',
  terms: 'Unhappy with the contract terms',
  brushoff: 'Put us off',
};

const signals: Record<Insight['buyingSignals'][number]['type'], string> = {
  commit: 'Wants to go ahead',
  praise: 'Likes what they see',
  purchase_q: 'Asks how to buy',
  request: 'Asked for something to move on',
  urgency: 'Is in a hurry',
  authority: 'Says who decides',
  budget: 'Has budget',
  need: 'Says what they need',
};

const promisers = { rep: 'We promised', customer: 'They promised', both: 'Agreed' } as const;
