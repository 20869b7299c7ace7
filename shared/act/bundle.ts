import type { WriteRate } from './bucket.ts';
import type { DueRow } from './writer-state.ts';

/** What one composite request of Salesforce and one batch of HubSpot both take. */
const bundleMax = 20;
/** A second try looks before it writes. */
const looksAgain = 3;

/**
 * The changes that may leave together with `first`: of its record, right behind it, all adding or all overwriting different fields.
 * `isOver` is true of a change that must not be sent any more; it ends the bundle.
 */
export function bundleFrom(first: DueRow, behind: readonly DueRow[], isOver: (row: DueRow) => boolean): DueRow[] {
  const bundle = [first];
  const fields = new Set([first.field]);
  for (const row of behind) {
    if (row.record !== first.record) continue;
    const isAlike = first.field === null ? row.field === null : row.field !== null && !fields.has(row.field);
    if (!isAlike || bundle.length >= bundleMax || isOver(row)) break;
    bundle.push(row);
    fields.add(row.field);
  }
  return bundle;
}

/** How many requests a bundle may take: fields are read and then written, and what was tried before is looked for first. */
export function requestsOf(bundle: readonly DueRow[], { asks }: WriteRate): number {
  const [first] = bundle;
  if (!first) return 0;
  if (first.field !== null) return 2;
  const kinds = asks === 'kind' ? new Set(bundle.map(({ kind }) => kind)).size : 1;
  return bundle.some(({ tries }) => tries > 1) ? kinds * looksAgain : kinds;
}
