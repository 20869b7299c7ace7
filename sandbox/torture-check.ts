import type { ChangeItem } from '../shared/contracts/change.ts';
import type { Hubspot } from './hubspot/protocol.ts';

/** A call that was handed over, and what its card says became of its changes. */
export interface Told {
  dealId: string;
  changes: ChangeItem[];
}

export interface Found {
  /** Said to be written, and not on the deal; or never planned at all. */
  lost: number;
  /** In the CRM without a change that owns it. */
  duplicated: number;
  /** A record's activity that was made before an earlier one of its call, or between those of another call. */
  outOfOrder: number;
  /** Deals that do not stand where the last approved change put them. */
  wrongFinal: number;
  written: number;
  parked: number;
  superseded: number;
}

const activities = ['log-call', 'add-note', 'add-task'];

/** Compares what we say with what stands in the CRM. */
export function compare(twin: Pick<Hubspot, 'timeline' | 'state'>, told: readonly Told[]): Found {
  const found: Found = { lost: 0, duplicated: 0, outOfOrder: 0, wrongFinal: 0, written: 0, parked: 0, superseded: 0 };
  const owned = new Set<string>();
  for (const { dealId, changes } of told) {
    const onDeal = new Set(twin.timeline('deals', dealId).map(({ id }) => id));
    if (changes.length === 0) found.lost += 1;
    for (const { state, body, crmId } of changes) {
      if (state === 'parked') found.parked += 1;
      if (state === 'superseded') found.superseded += 1;
      if (state !== 'written') continue;
      found.written += 1;
      if (!activities.includes(body.kind)) continue;
      if (crmId === undefined || !onDeal.has(crmId)) found.lost += 1;
      else if (owned.has(crmId)) found.lost += 1;
      else owned.add(crmId);
    }
  }
  for (const type of ['calls', 'notes', 'tasks'] as const)
    for (const row of Object.values(twin.state.rows[type])) if (!row.archived && !owned.has(row.id)) found.duplicated += 1;

  for (const dealId of new Set(told.map((one) => one.dealId))) {
    const here = told.filter((one) => one.dealId === dealId);
    // The twin numbers what it makes; each call's numbers go up, and no two calls' numbers mix.
    const numbers = here.map(({ changes }) =>
      changes.filter(({ state, body }) => state === 'written' && activities.includes(body.kind)).map(({ crmId }) => Number(crmId)),
    );
    found.outOfOrder += numbers.flatMap((list) => list.slice(1).filter((id, at) => id < (list[at] ?? 0))).length;
    const spans = numbers.filter((list) => list.length > 0).map((list) => [Math.min(...list), Math.max(...list)] as const);
    spans.sort(([a], [b]) => a - b);
    found.outOfOrder += spans.slice(1).filter(([from], at) => from < (spans[at]?.[1] ?? 0)).length;
    // A call planned after a move starts from there: the end is where a written move leads and no other begins.
    const moves = here.flatMap(({ changes }) =>
      changes.flatMap(({ state, body }) => (state === 'written' && body.kind === 'move-stage' ? [body] : [])),
    );
    const ends = moves.map(({ to }) => to).filter((to) => !moves.some(({ from }) => from === to));
    if (moves.length > 0 && !ends.includes(twin.state.rows.deals[dealId]?.properties['dealstage'] ?? '')) found.wrongFinal += 1;
  }
  return found;
}
