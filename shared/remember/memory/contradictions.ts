import type { Contradiction } from '../../contracts/memory.ts';
import { bare, lastOf } from './cite.ts';
import type { HeldFact } from './held.ts';

/** What can be so only once: of these several sayings at different times are worth a question. */
const ABOUT: Record<string, (fact: HeldFact) => string | null> = {
  budget: ({ text }) => (/\d|no budget/.test(text) ? 'Budget' : null),
  timeline: ({ text }) => /^[^:]+/.exec(text)?.[0] ?? null,
  decider: () => 'Who decides',
};

/** What a customer said differently on another call. Which of it holds is theirs to say: the newest stands last. */
export function contradictions(facts: readonly HeldFact[]): Contradiction[] {
  const grouped = Map.groupBy(facts, (fact) => ABOUT[fact.kind]?.(fact) ?? null);
  return [...grouped].flatMap(([about, said]) => {
    if (about === null || said.length < 2 || new Set(said.map((fact) => fact.lastCallId)).size < 2) return [];
    const inOrder = said.toSorted((a, b) => a.lastAtMs - b.lastAtMs);
    const text = `${about}: ${inOrder.map((fact) => `${bare(fact.text)} on ${day(fact.lastAtMs)}`).join('; ')}`;
    return [{ about, text, sayings: inOrder.map((fact) => ({ text: fact.text, said: lastOf(fact) })) }];
  });
}

/** "May 3, 2026": the year tells an old word from a new one. */
const day = (atMs: number): string => DAY.format(new Date(atMs));
const DAY = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'long', day: 'numeric', year: 'numeric' });
