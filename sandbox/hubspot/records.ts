import { invalid, notFound } from './answer.ts';
import { check, missingProperties } from './check.ts';
import { historyShown, remember } from './history.ts';
import { isActivity, type ObjectType, required, usual } from './schema.ts';
import { type Desk, type HubspotState, propertyOf, type Row, stageOf, standingId } from './state.ts';

export function findRow(state: HubspotState, type: ObjectType, id: string, idProperty?: string | null): Row {
  const row = lookUp(state, type, id, idProperty);
  if (!row || row.archived) throw notFound(id);
  return row;
}

/** By record id, past ones too, or by a property whose values are unique. */
export function lookUp(state: HubspotState, type: ObjectType, id: string, idProperty?: string | null): Row | undefined {
  if (!idProperty || idProperty === 'hs_object_id') return state.rows[type][standingId(state, type, id)];
  const property = propertyOf(state, type, idProperty);
  if (!property?.hasUniqueValue)
    throw invalid(`Property ${idProperty} is not a unique identifier property`, [], { idProperty: [idProperty] });
  return state.rows[type][state.unique[type][idProperty]?.[id.toLowerCase()] ?? ''];
}

export function create(desk: Desk, type: ObjectType, given: unknown): Row {
  const { state, by } = desk;
  const properties = check(desk, type, given, undefined);
  for (const [name, value] of Object.entries(properties)) if (value === '') delete properties[name];
  const missing = required[type].filter((name) => !properties[name]);
  if (type === 'contacts' && !['email', 'firstname', 'lastname'].some((name) => properties[name])) missing.push('email');
  if (type === 'companies' && !properties.name && !properties.domain) missing.push('name');
  if (missing.length > 0) throw missingProperties(type, missing);
  if (type === 'deals') properties.pipeline ??= 'default';
  const atMs = desk.now();
  const at = new Date(atMs).toISOString();
  const id = String(state.nextId++);
  const source = { hs_object_source: by.type, hs_object_source_id: by.id, hs_object_source_label: by.type };
  const row: Row = {
    id,
    properties: { ...properties, ...source, hs_object_id: id },
    createdAt: at,
    updatedAt: at,
    archived: false,
    by,
  };
  state.rows[type][id] = row;
  claim(state, type, row);
  derive(state, type, row);
  desk.undo?.push(() => {
    release(state, type, row);
    delete state.rows[type][id];
  });
  desk.tell?.({ kind: 'creation', type, id, atMs, by });
  for (const [name, value] of Object.entries(properties)) desk.tell?.({ kind: 'propertyChange', type, id, atMs, by, name, value });
  return row;
}

export function update(desk: Desk, type: ObjectType, row: Row, given: unknown): Row {
  const { state, by } = desk;
  const changed = Object.entries(check(desk, type, given, row)).filter(([name, value]) => value !== (row.properties[name] ?? ''));
  const before = { ...row, properties: { ...row.properties } };
  const atMs = desk.now();
  const at = new Date(atMs).toISOString();
  release(state, type, row);
  desk.undo?.push(() => {
    release(state, type, row);
    // A part the row had not before goes away again.
    for (const name of ['history', 'unindexed'] as const) delete row[name];
    Object.assign(row, before);
    claim(state, type, row);
  });
  if (row.unindexed === undefined || row.unindexed.sinceMs <= atMs - state.rules.searchLagMs)
    row.unindexed = { properties: before.properties, sinceMs: atMs };
  for (const [name, value] of changed) {
    remember(type, row, name, value, at, by);
    if (value === '') delete row.properties[name];
    else row.properties[name] = value;
  }
  row.updatedAt = at;
  claim(state, type, row);
  derive(state, type, row);
  for (const [name, value] of changed) desk.tell?.({ kind: 'propertyChange', type, id: row.id, atMs, by, name, value });
  return row;
}

/** Deletes a record the way HubSpot does: it can be restored for a while, but no call finds it. */
export function archive(desk: Desk, type: ObjectType, row: Row): void {
  const atMs = desk.now();
  row.archived = true;
  row.updatedAt = new Date(atMs).toISOString();
  release(desk.state, type, row);
  desk.tell?.({ kind: 'deletion', type, id: row.id, atMs, by: desk.by });
}

/** A record as HubSpot shows it. Properties nobody defined are left out; defined and empty ones are null. */
export function show(
  state: HubspotState,
  type: ObjectType,
  row: Row,
  asked: readonly string[] = [],
  withHistory: readonly string[] = [],
  held: Record<string, string> = row.properties,
) {
  const named = [...asked, ...withHistory];
  const names = named.length > 0 ? new Set([...named, ...stampsOf(type)]) : usual[type];
  const properties: Record<string, string | null> = {};
  for (const name of names) if (propertyOf(state, type, name)) properties[name] = held[name] ?? null;
  const past = withHistory.filter((name) => propertyOf(state, type, name)).map((name) => [name, historyShown(row, name)] as const);
  return {
    id: row.id,
    properties,
    ...(withHistory.length > 0 ? { propertiesWithHistory: Object.fromEntries(past) } : {}),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    archived: row.archived,
  };
}

/** What a write answers: everything that stands in the record. */
export const showAll = (state: HubspotState, type: ObjectType, row: Row) => show(state, type, row, Object.keys(row.properties));

/** Properties HubSpot itself computes. */
export function derive(state: HubspotState, type: ObjectType, row: Row): void {
  const properties = row.properties;
  properties[type === 'contacts' || type === 'companies' || type === 'deals' ? 'createdate' : 'hs_createdate'] = row.createdAt;
  properties[type === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate'] = row.updatedAt;
  const team = state.owners.find(({ id }) => id === properties.hubspot_owner_id)?.teams.find(({ primary }) => primary);
  if (team) properties.hubspot_team_id = team.id;
  if (type === 'contacts') {
    for (const [from, kind] of [
      ['phone', 'phone'],
      ['mobilephone', 'mobile'],
    ] as const) {
      const digits = (properties[from] ?? '').replace(/\D/g, '');
      const [local, international] = [`hs_searchable_calculated_${kind}_number`, `hs_searchable_calculated_international_${kind}_number`];
      delete properties[local];
      delete properties[international];
      if (digits === '') continue;
      properties[local] = withoutCountry(properties[from] ?? '', digits);
      properties[international] = digits;
    }
  }
  if (type === 'deals') {
    const stage = stageOf(state, properties.pipeline ?? 'default', properties.dealstage ?? '');
    properties.hs_is_closed = stage?.metadata.isClosed ?? 'false';
    properties.hs_is_closed_won = String(stage?.metadata.isClosed === 'true' && Number(stage.metadata.probability) === 1);
  }
}

/** HubSpot's searchable numbers hold area code and local number alone. */
function withoutCountry(raw: string, digits: string): string {
  if (!raw.trim().startsWith('+')) return digits;
  const known = ['1', '34', '44', '49'].find((code) => digits.startsWith(code));
  return known ? digits.slice(known.length) : digits;
}

const stampsOf = (type: ObjectType) =>
  type === 'contacts'
    ? ['createdate', 'hs_object_id', 'lastmodifieddate']
    : isActivity(type)
      ? ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id']
      : ['createdate', 'hs_lastmodifieddate', 'hs_object_id'];

/** Notes the record as the holder of its unique values. */
export function claim(state: HubspotState, type: ObjectType, row: Row): void {
  for (const [name, value] of Object.entries(row.properties)) {
    if (!propertyOf(state, type, name)?.hasUniqueValue) continue;
    const holders = state.unique[type][name] ?? {};
    holders[value.toLowerCase()] = row.id;
    state.unique[type][name] = holders;
  }
}

export function release(state: HubspotState, type: ObjectType, row: Row): void {
  for (const [name, value] of Object.entries(row.properties)) {
    if (state.unique[type][name]?.[value.toLowerCase()] === row.id) delete state.unique[type][name][value.toLowerCase()];
  }
}
