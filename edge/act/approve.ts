import type { ChangeBody, ChangeItem } from '../../shared/contracts/change.ts';
import type { DecideBody } from '../../shared/contracts/view.ts';

export interface ApproveDeps {
  /** Moves a waiting change if it still is at that version; the same request again gets the same answer. */
  decide(
    tenantId: string,
    changeId: string,
    decision: { version: number; to: 'due' | 'approved' | 'declined'; body?: ChangeBody; by: string; at: string; requestId: string },
  ): Promise<{ moved: boolean; item: ChangeItem | null }>;
  kick(tenantId: string, connectionId: string): Promise<void>;
}

export interface Decision extends DecideBody {
  tenantId: string;
  connectionId: string;
  by: string;
  at: string;
}

/** The rep's yes. A CRM change becomes due; an email's bytes are frozen as approved, ready to copy, and nothing is sent. */
export async function approve(
  deps: ApproveDeps,
  item: ChangeItem,
  decision: Decision,
): Promise<{ moved: boolean; item: ChangeItem | null }> {
  // Shown with its reason, never offered: nobody's yes makes it a write.
  if (item.policy === 'never') return { moved: false, item };
  const isEmail = item.body.kind === 'draft-email';
  const edited: ChangeBody | undefined =
    item.body.kind === 'draft-email' && decision.email ? { ...item.body, ...decision.email } : undefined;
  const decided = await deps.decide(decision.tenantId, item.id, {
    version: decision.version,
    to: isEmail ? 'approved' : 'due',
    ...(edited ? { body: edited } : {}),
    by: decision.by,
    at: decision.at,
    requestId: decision.requestId,
  });
  if (decided.moved && !isEmail) await deps.kick(decision.tenantId, decision.connectionId);
  return decided;
}

export const decline = (deps: ApproveDeps, item: ChangeItem, decision: Decision): Promise<{ moved: boolean; item: ChangeItem | null }> =>
  deps.decide(decision.tenantId, item.id, {
    version: decision.version,
    to: 'declined',
    by: decision.by,
    at: decision.at,
    requestId: decision.requestId,
  });
