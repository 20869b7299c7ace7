import type { CustomerMemory } from '../../contracts/memory.ts';
import type { HeldCall, HeldFact } from './held.ts';

const DAY_MS = 86_400_000;
/** Up to so many days since the last talk, so many points. */
const RECENT = [
  [7, 25],
  [14, 20],
  [30, 12],
  [60, 5],
] as const;
const LEANS_IN = new Set(['commit', 'purchase_q', 'request', 'urgency', 'budget']);

/** How much the customer takes part, 0..100, as a sum that anybody can check. Null before the first contact. */
export function engagement(calls: readonly HeldCall[], facts: readonly HeldFact[], nowMs: number): CustomerMemory['engagement'] {
  const newest = calls.reduce((last, call) => Math.max(last, call.atMs), Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(newest)) return null;
  const within = (days: number) => (it: { atMs: number }) => it.atMs > nowMs - days * DAY_MS;
  const days = Math.max(0, Math.floor((nowMs - newest) / DAY_MS));
  const month = calls.filter(within(30)).length;
  const inbound = calls.filter(within(60)).filter((call) => call.direction === 'inbound').length;
  const people = new Set(calls.filter(within(90)).map((call) => call.customerName)).size;
  const leans = facts.filter((fact) => within(60)({ atMs: fact.lastAtMs }) && isLeaningIn(fact)).length;
  const why = [
    {
      points: RECENT.find(([most]) => days <= most)?.[1] ?? 0,
      text: days === 0 ? 'You spoke today' : `The last talk was ${count(days, 'day')} ago`,
    },
    { points: Math.min(24, 6 * month), text: `${count(month, 'talk')} in the last 30 days` },
    { points: Math.min(16, 8 * inbound), text: `They came to us ${count(inbound, 'time')} in the last 60 days` },
    { points: Math.min(16, 8 * Math.max(0, people - 1)), text: `${people} of their people took part in the last 90 days` },
    { points: Math.min(19, 5 * leans), text: `${count(leans, 'sign')} of wanting to go on in the last 60 days` },
  ].filter(({ points }, at) => points > 0 || at === 0);
  return { score: why.reduce((sum, { points }) => sum + points, 0), why };
}

const isLeaningIn = ({ kind, key }: HeldFact): boolean =>
  (kind === 'signal' && LEANS_IN.has(key)) || (kind === 'promise' && /^(?:customer|both) /.test(key));
const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
