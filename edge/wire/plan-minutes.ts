import type { Parts } from '../parts.ts';
import * as tenants from '../tenants/store.ts';
import { monthOf } from './month.ts';
import { isSpeechOver } from './spend.ts';

/** How far over its plan a tenant's calls are still kept, without guidance: what was said is worth more than what it costs to keep. */
const KEPT_UP_TO = 2;

/** A call with guidance while there are minutes and speech budget; after that its recording alone, up to twice the plan; then nothing. */
export async function planAllows(parts: Parts, tenantId: string): Promise<'guided' | 'recorded' | 'no'> {
  const { db, now } = parts;
  const [tenant, used, isOver] = await Promise.all([
    tenants.tenantOf(db, tenantId),
    tenants.minutesUsed(db, tenantId, monthOf(now())),
    isSpeechOver(parts, tenantId),
  ]);
  if (tenant === null || used >= tenant.minutesPerMonth * KEPT_UP_TO) return 'no';
  return isOver || used >= tenant.minutesPerMonth ? 'recorded' : 'guided';
}

/** Are this month's call minutes used up? A tenant that is gone has none. */
export async function overPlan({ db, now }: Parts, tenantId: string): Promise<boolean> {
  const [tenant, used] = await Promise.all([tenants.tenantOf(db, tenantId), tenants.minutesUsed(db, tenantId, monthOf(now()))]);
  return tenant === null || used >= tenant.minutesPerMonth;
}
