import type { ChangeItem } from '../../shared/contracts/change.ts';
import type { HealthView } from '../../shared/contracts/view.ts';
import type { Connected } from './plan.ts';

export interface HealthDeps {
  stateOf(on: Connected): Promise<HealthView['state']>;
  pulseOf(on: Connected): Promise<{ backlog: number; oldestAt: Date | null; parkedCount: number; lastSyncAt: Date | null }>;
  parkedOf(on: Connected, limit: number): Promise<{ item: ChangeItem; since: Date }[]>;
  budgetOf?(tenantId: string, connectionId: string): Promise<HealthView['budget']>;
}

const PARKED_MAX = 100;

/** How the writing to a CRM goes. What is parked is listed for whoever may do something about it. */
export async function health(deps: HealthDeps, on: Connected, isAdmin: boolean): Promise<HealthView> {
  const [state, pulse, parked, budget] = await Promise.all([
    deps.stateOf(on),
    deps.pulseOf(on),
    isAdmin ? deps.parkedOf(on, PARKED_MAX) : [],
    // The writer may be busy or away; the rest is still worth knowing.
    deps.budgetOf?.(on.tenantId, on.connectionId).catch(() => null) ?? null,
  ]);
  return {
    state,
    lastSyncAt: pulse.lastSyncAt?.toISOString() ?? null,
    backlog: { count: pulse.backlog, oldestAt: pulse.oldestAt?.toISOString() ?? null },
    parked: parked.map(({ item, since }) => ({
      id: item.id,
      kind: item.body.kind,
      why: item.parkedWhy ?? null,
      trouble: item.trouble ?? '',
      since: since.toISOString(),
    })),
    parkedCount: pulse.parkedCount,
    budget,
  };
}
