import { invalid, notFound } from './answer.ts';
import { check, missingProperties } from './check.ts';
import { isActivity, type ObjectType, required, usual } from './schema.ts';
import { type Desk, type HubspotState, propertyOf, type Row, stageOf } from './state.ts';

export function findRow(state: HubspotState, type: ObjectType, id: string, idProperty?: string | null): Row {
  const row = lookUp(state, type, id, idProperty);
  if (!row || row.archived) throw notFound(id);
  return row;
}

/** By record id, or by a property whose values are unique. */
export function lookUp(state: HubspotState, type: ObjectType, id: string, idProperty?: string | null): Row | undefined {
  if (!idProperty || idProperty === 'hs_object_id') return state.rows[type][id];
  const property = propertyOf(state, type, idProperty);
  if (!property?.hasUniqueValue)
    throw invalid(`Property ${idProperty} is not a unique identifier property`, [], { idProperty: [idProperty] });
  return state.rows[type][state.unique[type][idProperty]?.[id.toLowerCase()] ?? ''];
}

export function create(desk: Desk, type: ObjectType, given: unknown): Row {
  const { state } = desk;
  const properties = check(desk, type, given, undefined);
  const missing = required[type].filter((name) => !properties[name]);
  if (type === 'contacts' && !['email', 'firstname', 'lastname'].some((name) => properties[name])) missing.push('email');
  if (type === 'companies' && !properties.name && !properties.domain) missing.push('name');
  if (missing.length > 0) throw missingProperties(type, missing);
  if (type === 'deals') properties.pipeline ??= 'default';
  const at = new Date(desk.now()).toISOString();
  const id = String(state.nextId++);
  const row: Row = { id, properties: { ...properties, hs_object_id: id }, createdAt: at, updatedAt: at, archived: false };
  state.rows[type][id] = row;
  claim(state, type, row);
  derive(state, type, row);
  return row;
}

export function update(desk: Desk, type: ObjectType, row: Row, given: unknown): Row {
  const properties = check(desk, type, given, row);
  release(desk.state, type, row);
  for (const [name, value] of Object.entries(properties)) {
    if (value === '') delete row.properties[name];
    else row.properties[name] = value;
  }
  row.updatedAt = new Date(desk.now()).toISOString();
  claim(desk.state, type, row);
  derive(desk.state, type, row);
  return row;
}

export function archive(desk: Desk, type: ObjectType, row: Row): void {
  row.archived = true;
  row.updatedAt = new Date(desk.now()).toISOString();
  release(desk.state, type, row);
}

/** A record as HubSpot shows it. Properties nobody defined are left out; defined and empty ones are null. */
export function show(state: HubspotState, type: ObjectType, row: Row, asked?: readonly string[]) {
  const names = asked && asked.length > 0 ? [...new Set([...asked, ...stampsOf(type)])] : undefined;
  const properties: Record<string, string | null> = {};
  for (const name of names ?? usual[type]) if (propertyOf(state, type, name)) properties[name] = row.properties[name] ?? null;
  return { id: row.id, properties, createdAt: row.createdAt, updatedAt: row.updatedAt, archived: row.archived };
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

function release(state: HubspotState, type: ObjectType, row: Row): void {
  for (const [name, value] of Object.entries(row.properties)) {
    if (state.unique[type][name]?.[value.toLowerCase()] === row.id) delete state.unique[type][name][value.toLowerCase()];
  }
}
