import * as z from 'zod/mini';
import { sayChanged } from '../../../shared/act/say-changed.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok } from '../../../shared/kit/result.ts';
import type { KeyedWrite } from '../../ports/crm.ts';
import { strange } from './client.ts';
import { composite, type PartResult } from './composite.ts';
import type { Desk, Made, Outcomes } from './desk.ts';
import { isActivity, taskOf, tellingFields } from './map.ts';
import { differing, type StandingTask, standingTasks, unlessModified } from './standing-tasks.ts';

const upserted = z.object({ id: z.string() });

/**
 * All activities of a bundle in one request, each upserted under its key. What may stand already is looked for first: writing it again
 * would overwrite what a person has changed since, fire the customer's automation twice, and fail on fields that only a new task takes.
 */
export async function writeTasks(desk: Desk, items: readonly KeyedWrite[], record: RecordRef): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  const doubtful = items.filter(({ isFirst, wrote }) => !isFirst || wrote !== undefined);
  const found = await standingTasks(
    desk,
    'ROS_Key__c',
    doubtful.map(({ key }) => key),
  );
  if (!found.ok) return new Map(items.map((it) => [it, found]));
  const standing = new Map(found.value.map((one) => [one.ROS_Key__c?.toLowerCase(), one]));

  const absent: KeyedWrite[] = [];
  const newer: { it: KeyedWrite; task: StandingTask }[] = [];
  for (const it of items) {
    const task = doubtful.includes(it) ? standing.get(it.key.toLowerCase()) : undefined;
    if (task && it.wrote === undefined) outcomes.set(it, ok({ recordId: task.Id }));
    else if (task) newer.push({ it, task });
    else if (it.wrote === undefined) absent.push(it);
    else outcomes.set(it, failed({ kind: 'changed', said: 'Somebody removed the task from Salesforce.' }));
  }
  await make(desk, absent, record, outcomes);
  await renew(desk, newer, record, outcomes);
  return outcomes;
}

async function make(desk: Desk, items: readonly KeyedWrite[], record: RecordRef, outcomes: Outcomes): Promise<void> {
  const first = await upsert(desk, items, record, ({ also }) => also);
  for (const [n, it] of items.entries()) outcomes.set(it, first[n] ?? lost);
  // A person of the call may have gone since; the record itself may not.
  const alone = items.filter((it) => it.also.length > 0 && isGone(outcomes.get(it)));
  const second = await upsert(desk, alone, record, () => []);
  for (const [n, it] of alone.entries()) outcomes.set(it, second[n] ?? lost);
  // The key stands already: this was not the first try after all.
  const standing = items.filter((it) => isStanding(outcomes.get(it)));
  const found = await standingTasks(
    desk,
    'ROS_Key__c',
    standing.map(({ key }) => key),
  );
  for (const it of standing) {
    const task = found.ok ? found.value.find(({ ROS_Key__c }) => ROS_Key__c?.toLowerCase() === it.key.toLowerCase()) : undefined;
    if (task) outcomes.set(it, ok({ recordId: task.Id }));
  }
}

const lost: Made = failed({ ...strange, ambiguous: true });
const isGone = (made: Made | undefined) => made !== undefined && !made.ok && made.fault.kind === 'gone';
/** The subtype is given only when a task is made: an upsert that finds one is refused and changes nothing. */
const isStanding = (made: Made | undefined) => made !== undefined && !made.ok && made.fault.code === 'INVALID_FIELD_FOR_INSERT_UPDATE';

async function upsert(
  desk: Desk,
  items: readonly KeyedWrite[],
  record: RecordRef,
  also: (it: KeyedWrite) => readonly RecordRef[],
): Promise<Made[]> {
  const parts = items.flatMap((it) =>
    isActivity(it.change)
      ? [
          {
            method: 'PATCH' as const,
            path: `/sobjects/Task/ROS_Key__c/${encodeURIComponent(it.key)}`,
            body: taskOf(it.change, { record, also: also(it) }, it.key, desk.sharedActivities),
          },
        ]
      : [],
  );
  return (await composite(desk, parts)).map(idIn);
}

function idIn(result: PartResult): Made {
  if (!result.ok) return result;
  const made = upserted.safeParse(result.value);
  return made.success ? ok({ recordId: made.data.id }) : lost;
}

/** A newer version of what we wrote, where it still says what we wrote. Owner, people and kind stay as they are. */
async function renew(
  desk: Desk,
  newer: readonly { it: KeyedWrite; task: StandingTask }[],
  record: RecordRef,
  outcomes: Outcomes,
): Promise<void> {
  const sent: { it: KeyedWrite; task: StandingTask; body: Record<string, unknown> }[] = [];
  for (const { it, task } of newer) {
    const { change, wrote, key } = it;
    if (!isActivity(change)) continue;
    const next = taskOf(change, { record, also: [] }, key);
    const before = wrote && isActivity(wrote) ? taskOf(wrote, { record, also: [] }, key) : {};
    const changed = differing(task, next, tellingFields).filter((name) => next[name] !== before[name]);
    if (differing(task, next, tellingFields).length === 0) outcomes.set(it, ok({ recordId: task.Id }));
    else if (differing(task, before, tellingFields).length > 0) outcomes.set(it, changedBy(task));
    else if (changed.length === 0) outcomes.set(it, ok({ recordId: task.Id }));
    else sent.push({ it, task, body: Object.fromEntries(changed.map((name) => [name, next[name]])) });
  }
  const written = await composite(
    desk,
    sent.map(({ task, body }) => ({
      method: 'PATCH',
      path: `/sobjects/Task/${task.Id}`,
      body,
      headers: unlessModified(task.LastModifiedDate),
    })),
  );
  for (const [n, { it, task }] of sent.entries()) {
    const result = written[n] ?? lost;
    outcomes.set(it, result.ok ? ok({ recordId: task.Id }) : result);
  }
}

const changedBy = (task: StandingTask): Made =>
  failed({
    kind: 'changed',
    said: sayChanged('task', 'Salesforce', { who: task.LastModifiedBy?.Name ?? undefined, at: task.LastModifiedDate }),
  });
