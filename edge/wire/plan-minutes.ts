import type { Parts } from '../parts.ts';
import * as tenants from '../tenants/store.ts';
import { monthOf } from './month.ts';

/** Are this month's call minutes used up? A tenant that is gone has none. */
export async function overPlan({ db, now }: Parts, tenantId: string): Promise<boolean> {
  const [tenant, used] = await Promise.all([tenants.tenantOf(db, tenantId), tenants.minutesUsed(db, tenantId, monthOf(now()))]);
  return tenant === null || used >= tenant.minutesPerMonth;
}
