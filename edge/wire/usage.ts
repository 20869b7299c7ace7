import { sayUsage } from '../../shared/capture/spend/say-usage.ts';
import type { Parts } from '../parts.ts';
import * as spend from '../tenants/spend/store.ts';
import { spendRoutes } from '../tenants/spend-routes.ts';
import * as tenants from '../tenants/store.ts';
import { monthOf } from './month.ts';
import { limitsOf } from './spend.ts';

export function wireUsage(parts: Parts) {
  const { db, now } = parts;
  return spendRoutes({
    isAdmin: async (who) => (await tenants.connectionOf(db, who.tenantId, who.connectionId))?.installerId === who.user.id,
    usageOf: async (tenantId) => {
      const nowMs = now();
      const month = monthOf(nowMs);
      const [used, limits, told] = await Promise.all([
        spend.spendOf(db, tenantId, month),
        limitsOf(parts, tenantId),
        spend.noticesOf(db, tenantId, month),
      ]);
      const notices = told.map(({ at, ...it }) => ({ ...it, atMs: at.getTime() }));
      return sayUsage({ month, nowMs, used, prices: limits.prices, caps: limits, notices });
    },
    budgetOf: async (tenantId) => {
      const { speechMinutes, modelUsd } = await spend.budgetOf(db, tenantId);
      return { speechMinutes, modelUsd };
    },
    setBudget: (tenantId, said, by) => spend.setBudget(db, tenantId, said, by),
  });
}
