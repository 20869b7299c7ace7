import type { ChangeItem } from '@ros/contracts';

/** A change with what takes it back, once somebody pressed. */
export interface Taken {
  change: ChangeItem;
  undo?: ChangeItem | undefined;
}

const undoMs = 30 * 24 * 60 * 60_000;

/** An undo is not a change of its own here: it stands with the one that it takes back. */
export const withUndos = (changes: readonly ChangeItem[]): Taken[] =>
  changes
    .filter(({ undoes }) => undoes === undefined)
    .map((change) => ({ change, undo: changes.find(({ undoes }) => undoes === change.id) }));

/** Worth a button; whether HubSpot still holds what we wrote is asked when it is pressed. */
export function canUndo({ change, undo }: Taken, nowMs: number): boolean {
  const { state, body, writtenAt } = change;
  if (state !== 'written' || writtenAt === undefined || undo?.state === 'due' || undo?.state === 'writing') return false;
  if (body.kind === 'draft-email' || body.kind === 'remove-activity') return false;
  return Date.parse(writtenAt) + undoMs > nowMs;
}
