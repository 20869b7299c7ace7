import { invalid, noSuchPath, notFound } from './answer.ts';
import { defaultType, isPrimary, link } from './link.ts';
import { claim, derive, lookUp, release } from './records.ts';
import { isActivity, type ObjectType, objectTypes } from './schema.ts';
import type { Desk, HubspotState, Row } from './state.ts';

/**
 * Two records become a third with an id of its own, and both old ids lead to it. The primary's values stand; the other one's fill what
 * is blank. Its associations win where only one primary company may be (developers.hubspot.com/changelog,
 * "Updated merge functionality for contacts and companies"; crm-contacts, crm-companies and crm-deals have `/merge`, activities do not).
 */
export function merge(desk: Desk, type: ObjectType, primaryId: string, otherId: string): Row {
  if (isActivity(type)) throw noSuchPath();
  const { state, by } = desk;
  const [primary, other] = [primaryId, otherId].map((id) => lookUp(state, type, id));
  if (!primary || primary.archived) throw notFound(primaryId);
  if (!other || other.archived) throw notFound(otherId);
  if (primary.id === other.id) throw invalid(`Cannot merge ${primaryId} with itself`);

  const atMs = desk.now();
  const id = String(state.nextId++);
  const moved = Object.keys(other.properties).filter((name) => primary.properties[name] === undefined);
  const emails = [other.properties.hs_additional_emails, primary.properties.email ? other.properties.email : undefined];
  const row: Row = {
    id,
    properties: {
      ...other.properties,
      ...primary.properties,
      hs_object_id: id,
      hs_merged_object_ids: [...pastIds(primary), ...pastIds(other)].join(';'),
    },
    createdAt: primary.createdAt < other.createdAt ? primary.createdAt : other.createdAt,
    updatedAt: new Date(atMs).toISOString(),
    archived: false,
    by: primary.by,
    history: { ...other.history, ...primary.history },
  };
  const additional = [primary.properties.hs_additional_emails, ...emails].filter((email) => email);
  if (type === 'contacts' && additional.length > 0) row.properties.hs_additional_emails = additional.join(';');

  for (const old of [primary, other]) {
    release(state, type, old);
    old.archived = true;
    old.updatedAt = row.updatedAt;
    state.merged[type][old.id] = id;
  }
  state.rows[type][id] = row;
  derive(state, type, row);
  for (const old of [primary, other]) moveTies(state, type, old.id, id);
  claim(state, type, row);
  // An address of the record that went away still finds the one that stays.
  for (const email of additional.flatMap((list) => (list ?? '').split(';'))) {
    const holders = state.unique[type].email ?? {};
    holders[email.toLowerCase()] ??= id;
    state.unique[type].email = holders;
  }

  const told = { type, atMs, by };
  desk.tell?.({ ...told, kind: 'merge', id: primary.id, mergedIds: [other.id], newId: id, moved: moved.length });
  // The record that went away is told as deleted too, while values that moved are not told (amp-labs/connectors#3487).
  desk.tell?.({ ...told, kind: 'deletion', id: other.id });
  return row;
}

const pastIds = (row: Row) => [...(row.properties.hs_merged_object_ids ?? '').split(';').filter((id) => id !== ''), row.id];

function moveTies(state: HubspotState, type: ObjectType, fromId: string, toId: string): void {
  const held = state.links[`${type}/${fromId}`] ?? {};
  for (const to of objectTypes) {
    const taken = Object.values(state.links[`${type}/${toId}`]?.[to] ?? {}).some((types) =>
      types.some((typeId) => isPrimary(type, to, typeId)),
    );
    for (const [otherId, typeIds] of Object.entries(held[to] ?? {})) {
      for (const typeId of typeIds) {
        if (taken && isPrimary(type, to, typeId)) link(state, type, toId, to, otherId, defaultType[`${type}>${to}`]);
        else link(state, type, toId, to, otherId, typeId);
      }
      delete state.links[`${to}/${otherId}`]?.[type]?.[fromId];
    }
  }
  delete state.links[`${type}/${fromId}`];
}
