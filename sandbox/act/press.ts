import type { ChangeItem } from '../../shared/contracts/change.ts';
import type { PoliciesBody } from '../../shared/contracts/view.ts';
import { requestId, unwrap } from '../ask.ts';
import { callOn, settled } from './hand-over.ts';
import { of } from './look.ts';
import type { Side } from './side.ts';

export const approve = (side: Side, { id, version }: ChangeItem, values?: Record<string, string>) =>
  side.card.post(`/v1/changes/${id}/approve`, { requestId: requestId(), version, ...(values ? { values } : {}) });

export const undo = (side: Side, { id }: ChangeItem) => side.card.post(`/v1/changes/${id}/undo`, { requestId: requestId() });

export const policies = async (side: Side, wanted: PoliciesBody['policies']) =>
  unwrap(await side.admin.post('/v1/settings/policies', { requestId: requestId(), policies: wanted }));

/** A deal whose call is written, and whose next stage waits for a yes. */
export async function proposed(side: Side) {
  const deal = side.deal();
  const call = callOn(side, deal);
  const callId = await call.send();
  const { changes } = await settled(side, callId);
  return { deal, callId, mark: call.mark, move: of(changes, 'move-stage') };
}
