import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { Capabilities } from '../../ports/crm.ts';
import { salesforceClient, type TokenSource } from './client.ts';
import { describe } from './describe.ts';
import { plain } from './faults.ts';
import { stagesFor } from './stages.ts';

const probeMs = 30_000;
const recordTypesMax = 20;

/** What this org can do, found out at install. `effectOnce` is false when the package's key field is not there or hidden from us. */
export async function probeSalesforce({ token }: { token: TokenSource }): Promise<Result<Capabilities>> {
  const talk = { client: salesforceClient({ token }), signal: AbortSignal.timeout(probeMs) };
  const [task, deal] = await Promise.all([describe(talk, 'Task'), describe(talk, 'Opportunity')]);
  if (!task.ok) return failed(plain(task.fault));
  if (!deal.ok) return failed(plain(deal.fault));
  const stagesByRecordType: Record<string, string[]> = {};
  for (const { recordTypeId, available, active } of (deal.value.recordTypeInfos ?? []).slice(0, recordTypesMax)) {
    if (!available || active === false) continue;
    const stages = await stagesFor(talk, recordTypeId);
    if (stages.ok) stagesByRecordType[recordTypeId] = stages.value.map(({ id }) => id);
    // A record type that is not ours to read has no stages for us.
    else if (stages.fault.kind !== 'gone' && stages.fault.kind !== 'refused') return failed(plain(stages.fault));
  }
  return ok({
    effectOnce: task.value.fields.some(({ name, externalId, createable }) => name === 'ROS_Key__c' && externalId === true && createable),
    // The count of people stands on a task only where several may.
    sharedActivities: task.value.fields.some(({ name }) => name === 'TaskWhoIds' || name === 'WhoCount'),
    stagesByRecordType,
    requiredFields: deal.value.fields
      .filter(({ nillable, defaultedOnCreate, createable }) => !nillable && !defaultedOnCreate && createable)
      .map(({ name }) => name),
  });
}
