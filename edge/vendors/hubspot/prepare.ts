import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { Capabilities } from '../../ports/crm.ts';
import { type HubspotAccess, type HubspotClient, hubspotClient } from './client.ts';
import { plain } from './fault.ts';
import { type ActivityType, KEY_PROPERTY } from './map.ts';
import { anything, labelLimits, propertyDefinition } from './shapes.ts';

const GROUP = 'relos';
const types: readonly ActivityType[] = ['calls', 'notes', 'tasks'];

/**
 * Finds out what the portal can do, and makes the unique property that lets a repeated write be one record. Run after install; twice is fine.
 * `effectOnce: false` when the portal will not have it (scope missing, too many unique properties, a name taken by another kind).
 */
export async function prepareHubspot(access: HubspotAccess): Promise<Result<Capabilities>> {
  const client = hubspotClient({ endsWithinMs: 60_000, ...access });
  const labels = await client.send('GET', '/crm/limits/2026-09/associations/labels', labelLimits);
  if (!labels.ok && labels.fault.kind !== 'refused' && labels.fault.kind !== 'gone') return failed(plain(labels.fault));
  let effectOnce = true;
  for (const type of types) {
    const stands = await ensure(client, type);
    if (!stands.ok) return stands;
    effectOnce &&= stands.value;
    if (!effectOnce) break;
  }
  // What a stage asks for is in no answer of the API: it is learned when a move is refused.
  // Where no label stands yet, whether the portal takes one shows only when one is made.
  const takesLabels = labels.ok ? labels.value.results.length > 0 || undefined : false;
  return ok({ effectOnce, ...(takesLabels === undefined ? {} : { labels: takesLabels }) });
}

async function ensure(client: HubspotClient, type: ActivityType): Promise<Result<boolean>> {
  const there = await look(client, type);
  if (!there.ok || there.value !== undefined) return there.ok ? ok(there.value === true) : there;
  const group = await client.send('POST', `/crm/properties/2026-09/${type}/groups`, anything, {
    name: GROUP,
    label: 'Relationship OS',
    displayOrder: -1,
  });
  if (!group.ok && group.fault.status !== 409) return group.fault.kind === 'refused' ? ok(false) : failed(group.fault);
  const made = await client.send('POST', `/crm/properties/2026-09/${type}`, propertyDefinition, {
    name: KEY_PROPERTY,
    label: 'Relationship OS id',
    description: 'Keeps a repeated write from making a second record.',
    groupName: GROUP,
    type: 'string',
    fieldType: 'text',
    hasUniqueValue: true,
    hidden: true,
    formField: false,
  });
  if (made.ok) return ok(made.value.hasUniqueValue === true);
  // Two installs at once: the other one made it.
  if (made.fault.status === 409) {
    const now = await look(client, type);
    return now.ok ? ok(now.value === true) : now;
  }
  return made.fault.kind === 'refused' ? ok(false) : failed(made.fault);
}

/** Whether the property has unique values; undefined when it is not there. */
async function look(client: HubspotClient, type: ActivityType): Promise<Result<boolean | undefined>> {
  const read = await client.send('GET', `/crm/properties/2026-09/${type}/${KEY_PROPERTY}`, propertyDefinition);
  if (read.ok) return ok(read.value.hasUniqueValue === true);
  if (read.fault.kind === 'gone') return ok(undefined);
  return read.fault.kind === 'refused' ? ok(false) : failed(read.fault);
}
