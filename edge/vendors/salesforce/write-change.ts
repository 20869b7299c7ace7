import * as z from 'zod/mini';
import type { CrmWrite } from '../../../shared/contracts/change.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import { strange, type Talk } from './client.ts';
import { taskOf } from './map.ts';
import { readDeal } from './read-record.ts';

type Written = Result<{ recordId: string }>;
type MoveStage = CrmWrite & { kind: 'move-stage' };

const upserted = z.object({ id: z.string() });
const task = z.object({ Id: z.string() });

/**
 * One task a key. It is looked for first: writing it again would overwrite what a person has changed since, fire the customer's
 * automation twice, and fail on the fields that only a new task takes.
 */
export async function writeTask(
  talk: Talk,
  change: Exclude<CrmWrite, MoveStage>,
  on: { record: RecordRef; also: readonly RecordRef[] },
  key: string,
): Promise<Written> {
  const before = await taskWith(talk, key);
  if (before.ok || before.fault.kind !== 'gone') return before;
  const { client, signal } = talk;
  const reply = await client.call(at(key), { method: 'PATCH', body: taskOf(change, on, key), signal });
  if (!reply.ok) {
    // Somebody wrote the same key between the look and the write: their task is ours.
    const after = reply.fault.kind === 'busy' || reply.fault.kind === 'refused' ? await taskWith(talk, key) : reply;
    return after.ok ? after : reply;
  }
  const made = upserted.safeParse(reply.value);
  return made.success ? ok({ recordId: made.data.id }) : failed({ ...strange, ambiguous: true });
}

/** Asked for whole: reading by a key of ours is documented without a choice of fields. */
async function taskWith({ client, signal }: Talk, key: string): Promise<Written> {
  const reply = await client.call(at(key), { signal });
  if (!reply.ok) return reply;
  const row = task.safeParse(reply.value);
  return row.success ? ok({ recordId: row.data.Id }) : failed(strange);
}

const at = (key: string) => `/sobjects/Task/ROS_Key__c/${encodeURIComponent(key)}`;

/** Only from the stage we planned from, into a stage of its own sales process, and only if nobody touches the record in between. */
export async function moveStage(talk: Talk, { from, to }: MoveStage, record: RecordRef): Promise<Written> {
  if (record.object !== 'deal') return failed({ kind: 'refused', said: 'Only an opportunity has a stage.' });
  const deal = await readDeal(talk, record.id);
  if (!deal.ok) return deal;
  const { stageId, stages, modifiedAt } = deal.value;
  if (stageId === to) return ok({ recordId: record.id });
  if (stageId !== from) return failed({ kind: 'refused', said: 'The stage was changed in Salesforce meanwhile.' });
  // StageName is an open picklist in many orgs: Salesforce itself would take any word.
  if (!stages.some(({ id }) => id === to)) return failed({ kind: 'refused', said: 'The opportunity has no such stage.' });
  const reply = await talk.client.call(`/sobjects/Opportunity/${record.id}`, {
    method: 'PATCH',
    body: { StageName: to },
    headers: { 'if-unmodified-since': new Date(modifiedAt).toUTCString() },
    signal: talk.signal,
  });
  return reply.ok ? ok({ recordId: record.id }) : reply;
}
