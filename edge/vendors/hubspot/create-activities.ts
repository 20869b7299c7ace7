import type * as z from 'zod/mini';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { KeyedWrite } from '../../ports/crm.ts';
import type { Desk } from './desk.ts';
import { batchFaultOf, type HubspotFault } from './fault.ts';
import { type ActivityType, KEY_PROPERTY } from './map.ts';
import { object, objectBatch } from './shapes.ts';
import { inlineTies, targetsOf } from './tie.ts';

/** An activity as HubSpot will store it, and the change that it comes from. */
export interface Draft {
  it: KeyedWrite;
  properties: Record<string, string>;
}
export type Made = Result<{ recordId: string }, HubspotFault>;

/** Creates activities together with their ties, all in one request. Further records that are gone are left out, the record itself may not. */
export async function createActivities(
  desk: Desk,
  type: ActivityType,
  drafts: readonly Draft[],
  record: RecordRef,
): Promise<Map<Draft, Made>> {
  const [only] = drafts;
  if (!only) return new Map();
  if (drafts.length === 1) return new Map([[only, await createOne(desk, type, only, record)]]);

  const inputs = drafts.map((draft) => ({ ...inputOf(desk, type, draft, record, []), objectWriteTraceId: draft.it.key }));
  const sent = await desk.client.send('POST', `/crm/objects/2026-09/${type}/batch/create`, objectBatch, { inputs });
  const made = new Map<Draft, Made>();
  for (const draft of drafts) made.set(draft, sent.ok ? partOf(sent.value, draft) : sent);
  // What a single one would have got through is tried on its own: HubSpot may refuse a batch for one of its inputs.
  for (const [draft, one] of made) {
    const isWhole = !sent.ok && sent.fault.status === 400;
    if (!one.ok && (isWhole || one.fault.kind === 'gone')) made.set(draft, await createOne(desk, type, draft, record));
  }
  return made;
}

async function createOne(desk: Desk, type: ActivityType, draft: Draft, record: RecordRef, without: readonly string[] = []): Promise<Made> {
  const made = await desk.client.send('POST', `/crm/objects/2026-09/${type}`, object, inputOf(desk, type, draft, record, without));
  if (made.ok) return ok({ recordId: made.value.id });
  if (made.fault.kind !== 'gone') return made;
  const targets = targetsOf(record, draft.it.also).filter(({ id }) => id !== record.id);
  // Where HubSpot does not say which is gone, only the record itself is tried.
  const absent = made.fault.absent ?? targets.map(({ id }) => id);
  const isRetried = without.length > 0 || absent.includes(record.id) || targets.length === 0;
  return isRetried ? made : createOne(desk, type, draft, record, absent);
}

const inputOf = ({ effectOnce }: Desk, type: ActivityType, { it, properties }: Draft, record: RecordRef, without: readonly string[]) => ({
  properties: { ...properties, ...(effectOnce ? { [KEY_PROPERTY]: it.key } : {}) },
  associations: inlineTies(
    type,
    targetsOf(record, it.also).filter(({ id }) => !without.includes(id)),
  ),
});

function partOf(batch: z.output<typeof objectBatch>, { it }: Draft): Made {
  const result = batch.results.find(({ objectWriteTraceId, properties }) => (objectWriteTraceId ?? properties[KEY_PROPERTY]) === it.key);
  if (result) return ok({ recordId: result.id });
  const error = batch.errors?.find(({ context }) => context?.objectWriteTraceId?.includes(it.key));
  return failed(error ? batchFaultOf(error) : unread);
}

/** Neither among the results nor among the errors. */
export const unread: HubspotFault = { kind: 'broken', status: 0, said: 'HubSpot did not say what became of it.', ambiguous: true };
