import type { Cited, MemoryFact } from '../../contracts/memory.ts';
import type { HeldFact } from './held.ts';

const DAY_MS = 86_400_000;
/** After this long a thing said once counts half. */
const HALF_DAYS = 60;

export const lastOf = (fact: HeldFact): Cited => ({ ...fact.last, callId: fact.lastCallId, at: new Date(fact.lastAtMs).toISOString() });

/** A fact with its proofs. What was said in several calls is forgotten more slowly. */
export function factView(fact: HeldFact, nowMs: number): MemoryFact {
  const { kind, text, first, firstCallId } = fact;
  const times = Math.max(1, fact.heardIn.length);
  const days = Math.max(0, nowMs - fact.lastAtMs) / DAY_MS;
  const strength = 0.5 ** (days / (HALF_DAYS * (1 + Math.log2(times))));
  const said = first && firstCallId !== null && firstCallId !== fact.lastCallId;
  return {
    kind,
    text,
    ...(said ? { first: { ...first, callId: firstCallId, at: new Date(fact.firstAtMs).toISOString() } } : {}),
    last: lastOf(fact),
    times,
    strength: Math.round(strength * 100) / 100,
  };
}

/** "Budget: 40,000 USD" without its first word. */
export const bare = (text: string): string => text.replace(/^[\p{L} ]{2,20}: /u, '');
