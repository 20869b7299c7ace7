import type { CrmWrite } from '../../../shared/contracts/change.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { HubspotClient } from './client.ts';
import { type Activity, type ActivityType, activityOf, KEY_PROPERTY, typeOf } from './map.ts';
import { associated, type HubspotReads } from './read.ts';
import { anything, associateBatch, object, upsertBatch } from './shapes.ts';

type ActivityWrite = Exclude<CrmWrite, { kind: 'move-stage' }>;
type Written = Result<{ recordId: string }>;
interface On {
  record: RecordRef;
  also: readonly RecordRef[];
}

/**
 * A call, note or task, under a key that makes a repeat an update. It shows on a record only once it is associated,
 * so a try that died in between is finished by the next one.
 */
export async function writeActivity(
  client: HubspotClient,
  reads: HubspotReads,
  change: ActivityWrite,
  on: On,
  key: string,
  effectOnce: boolean,
): Promise<Written> {
  if (!typeOf(on.record.object)) return failed({ kind: 'refused', said: 'HubSpot takes no activity for this kind of record.' });
  const activity = activityOf(change);
  if (!activity.ok) return activity;
  const put = effectOnce ? await upsert(client, activity.value, key) : await createUnlessThere(client, reads, activity.value, on.record);
  if (!put.ok) return put;
  const tied = await associate(client, activity.value.type, put.value.id, on);
  if (tied.ok) return ok({ recordId: put.value.id });
  // What nobody can see must not stay: the record went away between the plan and the write.
  if (tied.fault.kind === 'gone' && put.value.isNew)
    await client.send('DELETE', `/crm/objects/2026-09/${activity.value.type}/${put.value.id}`, anything);
  return tied;
}

/**
 * Moves a deal on while it stands where it stood when the change was planned.
 * Where it already stands at `to`, an earlier try has done it.
 */
export async function moveStage(
  client: HubspotClient,
  reads: HubspotReads,
  change: Extract<CrmWrite, { kind: 'move-stage' }>,
  on: RecordRef,
): Promise<Written> {
  if (on.object !== 'deal') return failed({ kind: 'refused', said: 'Only a deal has a stage.' });
  const deal = await reads.one('deals', on.id, ['dealstage']);
  if (!deal.ok) return deal;
  if (deal.value.properties.dealstage === change.to) return ok({ recordId: on.id });
  if (deal.value.properties.dealstage !== change.from)
    return failed({ kind: 'refused', said: 'The deal has moved to another stage since this was proposed.' });
  const moved = await client.send('PATCH', `/crm/objects/2026-09/deals/${encodeURIComponent(on.id)}`, object, {
    properties: { dealstage: change.to },
  });
  return moved.ok ? ok({ recordId: on.id }) : moved;
}

async function upsert(client: HubspotClient, { type, properties }: Activity, key: string): Promise<Result<{ id: string; isNew: boolean }>> {
  const inputs = [{ idProperty: KEY_PROPERTY, id: key, properties }];
  const put = await client.send('POST', `/crm/objects/2026-09/${type}/batch/upsert`, upsertBatch, { inputs });
  if (!put.ok) return put;
  const [one] = put.value.results;
  return one ? ok({ id: one.id, isNew: one.new }) : failed({ kind: 'refused', said: `HubSpot did not take the ${type.slice(0, -1)}.` });
}

/** Without the unique property: look on the record itself first, because search lags seconds behind. */
async function createUnlessThere(
  client: HubspotClient,
  reads: HubspotReads,
  { type, properties }: Activity,
  record: RecordRef,
): Promise<Result<{ id: string; isNew: boolean }>> {
  const on = typeOf(record.object) ?? 'deals';
  const there = await associated(reads, on, record.id, type, Object.keys(properties));
  if (!there.ok) return there;
  const twin = there.value.find((one) => sameActivity(one.properties, properties));
  if (twin) return ok({ id: twin.id, isNew: false });
  // The tie to the record comes with the create, so that no try can leave an untied one behind.
  const tie = { to: { id: record.id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: typeIds[type][on] }] };
  const made = await client.send('POST', `/crm/objects/2026-09/${type}`, object, { properties, associations: [tie] });
  return made.ok ? ok({ id: made.value.id, isNew: true }) : made;
}

/** The same moment and the same words; HubSpot may have tidied the markup. */
const sameActivity = (held: Record<string, string | null>, ours: Record<string, string>): boolean =>
  Date.parse(held.hs_timestamp ?? '') === Date.parse(ours.hs_timestamp ?? '') &&
  ['hs_call_title', 'hs_call_body', 'hs_note_body', 'hs_task_subject', 'hs_task_body'].every(
    (name) => letters(held[name]) === letters(ours[name]),
  );
const letters = (value: string | null | undefined) => (value ?? '').replace(/<[^>]*>|&[#\w]+;|[^\p{L}\p{N}]/gu, '');

/** HUBSPOT_DEFINED association types from an activity to a record. */
const typeIds: Record<ActivityType, Record<'contacts' | 'companies' | 'deals', number>> = {
  calls: { contacts: 194, companies: 182, deals: 206 },
  notes: { contacts: 202, companies: 190, deals: 214 },
  tasks: { contacts: 204, companies: 192, deals: 216 },
};

/** One request a kind of record. `also` may have gone meanwhile; the record itself may not. */
async function associate(client: HubspotClient, type: ActivityType, id: string, { record, also }: On): Promise<Result<true>> {
  const targets = new Map<string, Set<string>>();
  for (const ref of [record, ...also]) {
    const to = typeOf(ref.object);
    if (to) targets.set(to, (targets.get(to) ?? new Set()).add(ref.id));
  }
  const asked = [...targets].map(async ([to, ids]) => {
    const inputs = [...ids].slice(0, 100).map((toId) => ({ from: { id }, to: { id: toId } }));
    const tied = await client.send('POST', `/crm/associations/2026-09/${type}/${to}/batch/associate/default`, associateBatch, { inputs });
    if (!tied.ok || to !== typeOf(record.object)) return tied;
    const reached = tied.value.results.some((pair) => pair.to.id === record.id || pair.from.id === record.id);
    return reached ? tied : failed({ kind: 'gone' as const, said: 'HubSpot has no such record.' });
  });
  for (const tied of await Promise.all(asked)) if (!tied.ok) return tied;
  return ok(true);
}
