import type { Result } from '../../shared/kit/result.ts';
import type { WrittenActivity } from '../ports/crm-news.ts';

export interface ReconcileDeps {
  /** The newest activities we wrote, at most 100, without those known to be missing. */
  written(): Promise<(WrittenActivity & { id: string })[]>;
  missing(activities: readonly WrittenActivity[]): Promise<Result<string[]>>;
  note(changeIds: readonly string[]): Promise<void>;
}

/** Compares what we wrote with what the CRM has. What is missing is noted, and never written again by itself: a person may have deleted it. */
export async function reconcile({ written, missing, note }: ReconcileDeps): Promise<number> {
  const rows = await written();
  if (rows.length === 0) return 0;
  const gone = await missing(rows.map(({ kind, crmId }) => ({ kind, crmId })));
  // What cannot be compared now is compared in an hour.
  if (!gone.ok) return 0;
  const lost = rows.filter(({ crmId }) => gone.value.includes(crmId)).map(({ id }) => id);
  await note(lost);
  return lost.length;
}
