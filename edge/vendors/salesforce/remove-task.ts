import { sayChanged } from '../../../shared/act/say-changed.ts';
import { failed, ok } from '../../../shared/kit/result.ts';
import type { KeyedWrite, Written } from '../../ports/crm.ts';
import type { Desk, Outcomes } from './desk.ts';
import { takeOut } from './enrich-task.ts';
import { isActivity, isId, sameId, taskOf, tellingFields } from './map.ts';
import { differing, type StandingTask, standingTasks } from './standing-tasks.ts';

/** Deletes a task of ours that nobody has touched; one that is gone already is as good. Salesforce keeps it in the recycle bin. */
export async function removeTask(desk: Desk, it: KeyedWrite): Promise<Outcomes> {
  return new Map([[it, await remove(desk, it)]]);
}

async function remove(desk: Desk, { change, wrote }: KeyedWrite): Promise<Written> {
  if (change.kind !== 'remove-activity' || !isId(change.crmId)) return failed({ kind: 'refused', said: 'This is nothing to take back.' });
  const id = change.crmId;
  const found = await standingTasks(desk, 'Id', [id]);
  if (!found.ok) return found.fault.kind === 'gone' ? ok({ recordId: id }) : found;
  const [task] = found.value;
  if (!task) return ok({ recordId: id });
  // Another product's record: only our words leave it.
  if (wrote?.kind === 'log-call' && wrote.existing !== undefined) return takeOut(desk, task, wrote);
  if (isTouched(task, wrote, desk.username)) {
    const { LastModifiedBy, LastModifiedDate } = task;
    return failed({
      kind: 'changed',
      said: sayChanged(change.activity, 'Salesforce', { who: LastModifiedBy?.Name ?? undefined, at: LastModifiedDate }),
    });
  }
  // The platform documents no conditional delete: what happens between the look and this is not seen.
  const deleted = await desk.client.call(`/sobjects/Task/${id}`, { method: 'DELETE', signal: desk.signal });
  return deleted.ok || deleted.fault.kind === 'gone' ? ok({ recordId: id }) : deleted;
}

/** We made it, so its maker is us; whoever else saved it last has touched it. */
function isTouched(task: StandingTask, wrote: KeyedWrite['wrote'], username: string | undefined): boolean {
  const { CreatedById, LastModifiedById, LastModifiedBy } = task;
  if (!task.ROS_Key__c) return true;
  if (username !== undefined && LastModifiedBy?.Username && LastModifiedBy.Username.toLowerCase() !== username.toLowerCase()) return true;
  if (CreatedById && LastModifiedById && !sameId(CreatedById, LastModifiedById)) return true;
  if (!wrote || !isActivity(wrote)) return false;
  return differing(task, taskOf(wrote, { record: { object: 'deal', id: '' }, also: [] }, ''), tellingFields).length > 0;
}
