import type { WriteRate } from './bucket.ts';
import type { DueRow } from './writer-state.ts';

/** What one composite request of Salesforce and one batch of HubSpot both take. */
const bundleMax = 20;

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

/** How many requests a bundle may take: fields are read and then written, and what may stand already is looked for first. */
export function requestsOf(bundle: readonly DueRow[], { asks }: WriteRate): number {
  const [first] = bundle;
  if (!first) return 0;
  if (first.field !== null) return 2;
  const removals = bundle.filter(({ kind }) => kind === removal).length * 2;
  const kinds = new Map<string, number>();
  for (const row of bundle) if (row.kind !== removal) kinds.set(row.kind, Math.max(kinds.get(row.kind) ?? 0, triesOf(row)));
  const adds = [...kinds.values()];
  return removals + (asks === 'kind' ? adds.reduce((a, b) => a + b, 0) : Math.max(0, ...adds));
}

const removal = 'remove-activity';
/** Made at once, or looked for and then made; words on another's record are read, tied and written. */
const triesOf = ({ isSafe, tries }: DueRow): number => (!isSafe ? 3 : tries > 1 ? 2 : 1);
