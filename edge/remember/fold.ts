import type { Insight } from '../../shared/contracts/insight.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { type Fact, factsOf } from '../../shared/remember/fold-memory.ts';

export interface FoldDeps {
  /** A fact heard again counts once more for each call, however often this call is folded. */
  save(tenantId: string, ref: RecordRef, callId: string, at: string, facts: readonly Fact[]): Promise<void>;
}

/** What a call taught goes into the customer's memory, each fact with its proof. */
export async function fold(
  deps: FoldDeps,
  { tenantId, callId }: { tenantId: string; callId: string },
  call: { record: RecordRef | null; startedAt: string; timeZone: string } | null,
  insight: Insight | null,
): Promise<void> {
  if (!call?.record || !insight) return;
  await deps.save(tenantId, call.record, callId, call.startedAt, factsOf(insight, { at: call.startedAt, timeZone: call.timeZone }));
}
