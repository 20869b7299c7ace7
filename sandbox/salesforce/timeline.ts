import { read } from './compute.ts';
import { core } from './ids.ts';
import { objects } from './objects.ts';
import { find, idOf, type Org, type Row, rowsOf, sameId } from './state.ts';

/** One line of the activity timeline on a record page. */
export interface Activity {
  id: string;
  /** Call, Task, Email … as the timeline's icon shows it. */
  kind: string;
  subject: string;
  body: string;
  open: boolean;
  /** YYYY-MM-DD, empty when none was given. */
  due: string;
  owner: string;
  durationSeconds: number | null;
  /** Our own key, when we wrote it. */
  key: string | null;
  createdAt: string;
}

/** What a person sees under a record, newest first: its own activities, and those about its opportunities on an account. */
export function timelineOf(org: Org, recordId: string): Activity[] {
  const account = recordId.startsWith('001');
  const task = objects.get('Task');
  const accountField = task?.fields.get('accountid');
  const ties = rowsOf(org, 'TaskRelation').filter((one) => sameId(one.RelationId, recordId));
  const tied = new Set(ties.map((one) => core(String(one.TaskId))));
  const belongs = (row: Row) =>
    sameId(row.WhatId, recordId) ||
    sameId(row.WhoId, recordId) ||
    tied.has(core(idOf(row))) ||
    (account && task && accountField ? core(String(read(org, task, row, accountField) ?? '')) === core(recordId) : false);
  return rowsOf(org, 'Task')
    .filter(belongs)
    .map((row) => activity(org, row))
    .reverse();
}

function activity(org: Org, row: Row): Activity {
  const owner = find(org, String(row.OwnerId ?? ''))?.row;
  return {
    id: String(row.Id),
    kind: String(row.TaskSubtype ?? 'Task'),
    subject: String(row.Subject ?? ''),
    body: String(row.Description ?? ''),
    open: row.Status !== 'Completed',
    due: String(row.ActivityDate ?? ''),
    owner: owner ? `${owner.FirstName} ${owner.LastName}` : '',
    durationSeconds: typeof row.CallDurationInSeconds === 'number' ? row.CallDurationInSeconds : null,
    key: typeof row.ROS_Key__c === 'string' ? row.ROS_Key__c : null,
    createdAt: String(row.CreatedDate),
  };
}
