import { sayChanged } from '../../../shared/act/say-changed.ts';
import { failed, ok } from '../../../shared/kit/result.ts';
import type { KeyedWrite, Written } from '../../ports/crm.ts';
import { authorOf, newest, userOf } from './author.ts';
import type { Desk, Outcomes } from './desk.ts';
import { takeOut } from './enrich-call.ts';
import { type ActivityType, activityOf, differing, isActivity, KEY_PROPERTY, tellingProperties } from './map.ts';
import { anything, type HubspotObject, object } from './shapes.ts';

const typeFor = { call: 'calls', note: 'notes', task: 'tasks' } as const;

/** Archives an activity of ours that nobody has touched; one that is gone already is as good. */
export async function removeActivity(desk: Desk, it: KeyedWrite): Promise<Outcomes> {
  return new Map([[it, await remove(desk, it)]]);
}

async function remove(desk: Desk, { change, wrote }: KeyedWrite): Promise<Written> {
  if (change.kind !== 'remove-activity') return failed({ kind: 'refused', said: 'This is nothing to take back.' });
  // Another product's record: only our words leave it.
  if (wrote?.kind === 'log-call' && wrote.existing !== undefined) return takeOut(desk, change.crmId, wrote);
  const type = typeFor[change.activity];
  const path = `/crm/objects/2026-09/${type}/${encodeURIComponent(change.crmId)}`;
  const names = [...tellingProperties[type], 'hubspot_owner_id', KEY_PROPERTY];
  const query = `properties=${[...names, 'hs_object_source_id'].join(',')}&propertiesWithHistory=${names.join(',')}`;
  const read = await desk.client.send('GET', `${path}?${query}`, object);
  if (!read.ok) return read.fault.kind === 'gone' ? ok({ recordId: change.crmId }) : read;
  const touched = touchedIn(read.value, type, wrote);
  if (touched !== undefined) {
    const author = await authorOf(desk, newest(read.value, touched));
    return failed({ kind: 'changed', said: sayChanged(change.activity, 'HubSpot', author) });
  }
  const archived = await desk.client.send('DELETE', path, anything);
  return archived.ok || archived.fault.kind === 'gone' ? ok({ recordId: change.crmId }) : archived;
}

/** A property that somebody else has changed since we wrote it, or that we cannot have written; undefined when all is ours. */
function touchedIn(read: HubspotObject, type: ActivityType, wrote: KeyedWrite['wrote']): string | undefined {
  const before = wrote && isActivity(wrote) ? activityOf(wrote) : undefined;
  const [other] = before?.ok ? differing(read.properties, before.value.properties, tellingProperties[type]) : [];
  if (other !== undefined) return other;
  // Our key's source is ourselves: nobody else sets it.
  const key = newest(read, KEY_PROPERTY);
  const source = read.properties.hs_object_source_id;
  if (key?.sourceId && source && key.sourceId !== source) return KEY_PROPERTY;
  return [...tellingProperties[type], 'hubspot_owner_id'].find((name) => {
    const past = newest(read, name);
    if (!past) return false;
    return userOf(past) !== undefined || (key?.sourceId !== undefined && key.sourceId !== past.sourceId);
  });
}
