import { noSuchPath } from './answer.ts';
import { linked } from './link.ts';
import { lookUp, release } from './records.ts';
import { isActivity, type ObjectType, objectTypes } from './schema.ts';
import type { Desk, HubspotState } from './state.ts';

/**
 * `POST …/contacts/gdpr-delete` (crm-contacts.json): the contact goes for good, with what was kept of it, and its address may not come
 * back. An address nobody has is blocked all the same. Which content goes along is not spelled out: here it is the activities that are
 * about no other contact.
 */
export function erase(desk: Desk, type: ObjectType, id: string, idProperty?: string): void {
  if (type !== 'contacts') throw noSuchPath();
  const { state, by } = desk;
  const row = lookUp(state, type, id, idProperty);
  if (!row) {
    if (idProperty === 'email') state.blocked[id.toLowerCase()] = true;
    return;
  }
  for (const email of [row.properties.email, ...(row.properties.hs_additional_emails ?? '').split(';')])
    if (email) state.blocked[email.toLowerCase()] = true;
  for (const activity of objectTypes.filter(isActivity))
    for (const { id: activityId } of linked(state, 'contacts', row.id, activity))
      if (linked(state, activity, activityId, 'contacts').length === 1) purge(state, activity, activityId);
  purge(state, 'contacts', row.id);
  desk.tell?.({ kind: 'privacyDeletion', type, id: row.id, atMs: desk.now(), by });
}

function purge(state: HubspotState, type: ObjectType, id: string): void {
  const row = state.rows[type][id];
  if (row) release(state, type, row);
  delete state.rows[type][id];
  for (const [to, ties] of Object.entries(state.links[`${type}/${id}`] ?? {}))
    for (const otherId of Object.keys(ties)) delete state.links[`${to}/${otherId}`]?.[type]?.[id];
  delete state.links[`${type}/${id}`];
}
