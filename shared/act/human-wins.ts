import type { Policy } from '../contracts/change.ts';
import { strictest } from './policies.ts';
import { sayChanged } from './say-changed.ts';

/** A field as it stands, and what we remember of it. */
export interface Standing {
  value: string | null;
  by: 'us' | 'other' | 'unknown';
  who?: string;
  /** ISO 8601. */
  at?: string;
  /** True when what stands there is what we wrote last; `unknown` when we never wrote it. */
  isOurValue: boolean | 'unknown';
}

/** blank: nobody's · ours: what we wrote last stands · theirs: a person put it there, and it stays until a person says otherwise. */
function whose({ value, by, isOurValue }: Standing): 'blank' | 'ours' | 'theirs' {
  if (value === null || value.trim() === '') return 'blank';
  if (by === 'us') return 'ours';
  if (by === 'other') return 'theirs';
  return isOurValue === true ? 'ours' : 'theirs';
}

/** "Dana changed the amount in HubSpot on 3 November. You decide." */
const theirsLine = (label: string, crm: string, { who, at }: Pick<Standing, 'who' | 'at'>): string =>
  `${sayChanged(label, crm, { who, at })} You decide.`;

/** What would be written at once over a person's value becomes a question, and says whose value it is. */
export function yielded<T extends { policy: Policy; reason: string }>(change: T, now: Standing & { label: string }, crm: string): T {
  // What is only watched puts nothing over anybody's value.
  if (whose(now) !== 'theirs' || change.policy === 'shadow') return change;
  return { ...change, policy: strictest('suggest', change.policy), reason: `${change.reason}. ${theirsLine(now.label, crm, now)}` };
}
