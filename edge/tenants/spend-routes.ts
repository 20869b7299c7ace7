import { type BudgetView, budgetBody, type UsageView } from '../../shared/contracts/usage.ts';
import { no, yes } from '../http/answer.ts';
import type { RosApp, RosContext } from '../http/app.ts';
import { parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

export interface SpendRouteDeps {
  isAdmin(who: Who): Promise<boolean>;
  usageOf(tenantId: string): Promise<UsageView>;
  budgetOf(tenantId: string): Promise<BudgetView>;
  setBudget(tenantId: string, said: BudgetView, by: string): Promise<void>;
}

/** What this month costs, and what it may cost: an admin's to see and to say. */
export const spendRoutes = (deps: SpendRouteDeps) => (app: RosApp) => {
  app.get('/v1/usage', async (c) => (await adminsOnly(deps, c)) ?? yes(c, await deps.usageOf(c.get('who').tenantId)));

  app.get('/v1/settings/budget', async (c) => (await adminsOnly(deps, c)) ?? yes(c, await deps.budgetOf(c.get('who').tenantId)));

  app.put('/v1/settings/budget', async (c) => {
    const { requestId: _, ...said } = parseJson(c.get('raw'), budgetBody);
    const refusal = await adminsOnly(deps, c);
    if (refusal) return refusal;
    const { tenantId, user } = c.get('who');
    await deps.setBudget(tenantId, said, user.id);
    return yes(c, said);
  });
};

async function adminsOnly(deps: SpendRouteDeps, c: RosContext): Promise<Response | null> {
  return (await deps.isAdmin(c.get('who'))) ? null : no(c, 'no-permission', 'Only who connected Relationship OS can see and change this.');
}
