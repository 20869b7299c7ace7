import type { RecordRef } from '../../../shared/contracts/record.ts';
import { ok, type Result } from '../../../shared/kit/result.ts';
import type { Draft } from './create-activities.ts';
import type { Desk } from './desk.ts';
import type { HubspotFault } from './fault.ts';
import { type ActivityType, activityOf, differing, isActivity, KEY_PROPERTY, tellingProperties, typeOf } from './map.ts';
import { associated } from './read.ts';
import { type HubspotObject, objectBatch } from './shapes.ts';

/** The activities that stand under these keys; without our unique property, those on the record that say the same. */
export async function findActivities(
  desk: Desk,
  type: ActivityType,
  drafts: readonly Draft[],
  record: RecordRef,
): Promise<Result<Map<Draft, HubspotObject>, HubspotFault>> {
  return desk.effectOnce ? byKey(desk, type, drafts) : byLook(desk, type, drafts, record);
}

async function byKey(
  { client }: Desk,
  type: ActivityType,
  drafts: readonly Draft[],
): Promise<Result<Map<Draft, HubspotObject>, HubspotFault>> {
  const names = tellingProperties[type];
  const read = await client.send('POST', `/crm/objects/2026-09/${type}/batch/read`, objectBatch, {
    idProperty: KEY_PROPERTY,
    inputs: drafts.map(({ it }) => ({ id: it.key })),
    properties: [...names, KEY_PROPERTY],
    // Only a newer version asks who changed the one before.
    propertiesWithHistory: drafts.some(({ it }) => it.wrote) ? names : [],
  });
  if (!read.ok) return read;
  const standing = new Map(read.value.results.map((one) => [one.properties[KEY_PROPERTY]?.toLowerCase(), one]));
  return ok(paired(drafts, (draft) => standing.get(draft.it.key.toLowerCase())));
}

/** On the record itself, because search lags seconds behind. */
async function byLook(
  { reads }: Desk,
  type: ActivityType,
  drafts: readonly Draft[],
  record: RecordRef,
): Promise<Result<Map<Draft, HubspotObject>, HubspotFault>> {
  const names = tellingProperties[type];
  const read = await associated(reads, typeOf(record.object) ?? 'deals', record.id, type, names);
  if (!read.ok) return read;
  const taken = new Set<string>();
  const like = (properties: Record<string, string>) =>
    read.value.find((one) => !taken.has(one.id) && differing(one.properties, properties, names).length === 0);
  return ok(
    paired(drafts, (draft) => {
      const before = draft.it.wrote && isActivity(draft.it.wrote) ? activityOf(draft.it.wrote) : undefined;
      const found = like(draft.properties) ?? (before?.ok ? like(before.value.properties) : undefined);
      // Two changes with the same words are two activities.
      if (found) taken.add(found.id);
      return found;
    }),
  );
}

function paired(drafts: readonly Draft[], find: (draft: Draft) => HubspotObject | undefined): Map<Draft, HubspotObject> {
  const pairs = new Map<Draft, HubspotObject>();
  for (const draft of drafts) {
    const found = find(draft);
    if (found) pairs.set(draft, found);
  }
  return pairs;
}
