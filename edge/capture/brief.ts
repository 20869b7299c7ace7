import type { CallBrief } from '../../shared/contracts/view.ts';
import type { CallRow } from './store.ts';

/** A stored call as cards show it. */
export const briefOf = (call: CallRow): CallBrief => ({
  id: call.id,
  record: call.record,
  status: call.status,
  source: call.source,
  repName: call.repName,
  customerName: call.customerName,
  startedAt: call.startedAt.toISOString(),
  durationMs: call.durationMs ?? 0,
  isPrivate: call.isPrivate,
  ...(call.trouble === null ? {} : { trouble: call.trouble }),
  ...(call.missed === null ? {} : { missed: call.missed }),
});
