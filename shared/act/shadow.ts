import type { ShadowField } from '../contracts/view.ts';

/** So long after a call what a person puts into a field is taken for their word on it. */
export const shadowMs = 14 * 24 * 60 * 60_000;

/** How often each outcome came about for one field; `label` is the newest. */
export interface ShadowCount {
  object: ShadowField['object'];
  field: string;
  label: string;
  matched: number;
  differed: number;
  /** Nobody has changed the field since: within the time in which they may, and after it. */
  open: number;
  nothing: number;
}

/** Per field: of what people put there themselves, how much is what we would have written. The most watched first. */
export function shadowFields(counts: readonly ShadowCount[]): ShadowField[] {
  const all = counts.map((count) => {
    const n = count.matched + count.differed;
    return { ...count, n, accuracy: n === 0 ? null : count.matched / n };
  });
  return all.sort((a, b) => b.n - a.n || (a.field < b.field ? -1 : 1));
}
