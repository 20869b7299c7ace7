import { sayChanged } from '../../../shared/act/say-changed.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok } from '../../../shared/kit/result.ts';
import type { KeyedWrite, Written } from '../../ports/crm.ts';
import type { Desk, Outcomes } from './desk.ts';
import { type ActivityWrite, bodyMax, isId } from './map.ts';
import { type StandingTask, standingTasks, unlessModified } from './standing-tasks.ts';
import { writeTasks } from './write-tasks.ts';

type LogCall = Extract<ActivityWrite, { kind: 'log-call' }>;

const gap = '\n\n';

/** Adds our words once to the call that another product has logged, and marks it with our key. Should it be gone, the call is ours to log. */
export async function enrichTask(desk: Desk, it: KeyedWrite, record: RecordRef): Promise<Outcomes> {
  const { change } = it;
  if (change.kind !== 'log-call' || change.existing === undefined) return new Map();
  const found = isId(change.existing) ? await standingTasks(desk, 'Id', [change.existing]) : ok([]);
  if (!found.ok && found.fault.kind !== 'gone') return new Map([[it, found]]);
  const [task] = found.ok ? found.value : [];
  if (task) return new Map([[it, await enrich(desk, it, change, task, record)]]);
  const { existing: _, ...own } = change;
  const [outcome] = (await writeTasks(desk, [{ ...it, change: own, isFirst: false }], record)).values();
  return outcome ? new Map([[it, outcome]]) : new Map();
}

async function enrich(desk: Desk, { key, wrote }: KeyedWrite, change: LogCall, task: StandingTask, record: RecordRef): Promise<Written> {
  const held = tidy(task.Description);
  const text = withOurs(held, tidy(change.body), wrote?.kind === 'log-call' ? tidy(wrote.body) : undefined);
  if (text === null) return changedBy(task);
  if (text.length > bodyMax) return failed({ kind: 'refused', said: 'The call in Salesforce has no room for more text.' });
  const body = {
    ...(text === held ? {} : { Description: text }),
    ...(task.ROS_Key__c ? {} : { ROS_Key__c: key }),
    // A dialler often knows only the person.
    ...(task.WhatId || (record.object !== 'deal' && record.object !== 'company') ? {} : { WhatId: record.id }),
  };
  if (Object.keys(body).length === 0) return ok({ recordId: task.Id });
  const put = await patch(desk, task, body);
  if (put.ok || put.fault.code !== 'DUPLICATE_VALUE') return put.ok ? ok({ recordId: task.Id }) : put;
  // We wrote a call of our own under this key before the other product's turned up: that one stays the only one with our words.
  const own = await standingTasks(desk, 'ROS_Key__c', [key]);
  if (!own.ok) return own;
  return own.value[0] ? ok({ recordId: own.value[0].Id }) : put;
}

/** Takes our words out of another product's call again, if they stand there as we wrote them. */
export async function takeOut(desk: Desk, task: StandingTask, wrote: LogCall): Promise<Written> {
  const held = tidy(task.Description);
  const ours = tidy(wrote.body);
  if (!held.includes(ours)) return task.ROS_Key__c ? changedBy(task) : ok({ recordId: task.Id });
  const text = held.includes(gap + ours) ? held.replace(gap + ours, '') : held.replace(ours, '');
  const put = await patch(desk, task, { Description: text, ROS_Key__c: null });
  return put.ok ? ok({ recordId: task.Id }) : put;
}

const patch = ({ client, signal }: Desk, { Id, LastModifiedDate }: StandingTask, body: Record<string, unknown>) =>
  client.call(`/sobjects/Task/${Id}`, { method: 'PATCH', body, headers: unlessModified(LastModifiedDate), signal });

/** The text with our words in it, once; null when somebody has changed the words that these are to replace. */
function withOurs(held: string, ours: string, before: string | undefined): string | null {
  if (ours === '' || held.includes(ours)) return held;
  if (before !== undefined && before !== '') return held.includes(before) ? held.replace(before, () => ours) : null;
  return held === '' ? ours : `${held}${gap}${ours}`;
}

const tidy = (text: string | null | undefined) => (text ?? '').replaceAll('\r\n', '\n').trimEnd();

const changedBy = ({ LastModifiedBy, LastModifiedDate }: StandingTask): Written =>
  failed({ kind: 'changed', said: sayChanged('call', 'Salesforce', { who: LastModifiedBy?.Name ?? undefined, at: LastModifiedDate }) });
