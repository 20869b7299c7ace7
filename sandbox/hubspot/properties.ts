import { invalid, json, noSuchPath, nothing, Refused } from './answer.ts';
import type { ObjectType, Property, PropertyType } from './schema.ts';
import { type Desk, propertiesOf, propertyOf } from './state.ts';

/** crm-properties.json PropertyCreate: the types, and the field types each may have. */
const fieldTypes: Record<PropertyType, readonly string[]> = {
  string: ['text', 'textarea', 'file', 'html', 'phonenumber', 'calculation_equation'],
  number: ['number', 'calculation_equation'],
  bool: ['booleancheckbox', 'calculation_equation'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['select', 'radio', 'checkbox', 'booleancheckbox', 'calculation_equation'],
  phone_number: ['phonenumber'],
};

/** HubSpot allows about ten properties with unique values an object (reference/hubspot.md §5). */
const UNIQUE_MAX = 10;

/** `/crm/properties/2026-09/{type}…` and `/crm/v3/properties/{type}…`. */
export function properties(desk: Desk, method: string, type: ObjectType, rest: string[], body: unknown): Response {
  const { state } = desk;
  const [first, second] = rest;
  if (first === 'groups') return groups(desk, method, type, second, body);
  if (first === undefined && method === 'GET') return json(200, { results: propertiesOf(state, type).map(show) });
  if (first === undefined && method === 'POST') return json(201, show(make(desk, type, body)));
  if (first !== undefined && second === undefined) {
    const property = propertyOf(state, type, first);
    if (!property) throw new Refused(404, 'OBJECT_NOT_FOUND', `Property ${first} does not exist`, [], { propertyName: [first] });
    if (method === 'GET') return json(200, show(property));
    if (method === 'PATCH') return json(200, show(change(desk, property, body)));
    if (method === 'DELETE') {
      if (property.hubspotDefined) throw invalid(`Property ${first} is defined by HubSpot and cannot be archived`);
      delete state.properties[type][first];
      return nothing();
    }
  }
  throw noSuchPath();
}

function make(desk: Desk, type: ObjectType, body: unknown): Property {
  const { state } = desk;
  const given = (body ?? {}) as Record<string, unknown>;
  for (const name of ['name', 'label', 'type', 'fieldType', 'groupName']) {
    if (typeof given[name] !== 'string' || given[name] === '') throw invalid(`Invalid input JSON: ${name} is required`);
  }
  const name = String(given.name);
  const kind = String(given.type) as PropertyType;
  if (!/^[a-z][a-z0-9_]{0,99}$/.test(name))
    throw invalid(`${name} is not a valid property name: lower case letters, digits and underscores`);
  if (!(kind in fieldTypes)) throw invalid(`${kind} is not a property type`);
  if (!fieldTypes[kind].includes(String(given.fieldType)))
    throw invalid(`fieldType ${String(given.fieldType)} does not go with type ${kind}`);
  if (!(String(given.groupName) in state.groups[type])) throw invalid(`Property group ${String(given.groupName)} does not exist`);
  if (propertyOf(state, type, name)) throw new Refused(409, 'CONFLICT', `A property named '${name}' already exists.`);
  const hasUniqueValue = given.hasUniqueValue === true;
  const uniques = propertiesOf(state, type).filter((property) => property.hasUniqueValue).length;
  if (hasUniqueValue && uniques >= UNIQUE_MAX) throw invalid(`The maximum number of unique properties is ${UNIQUE_MAX}`);
  const at = new Date(desk.now()).toISOString();
  const property: Property = {
    name,
    label: String(given.label),
    type: kind,
    fieldType: String(given.fieldType),
    groupName: String(given.groupName),
    description: String(given.description ?? ''),
    options: (given.options as Property['options'] | undefined) ?? [],
    hasUniqueValue,
    hubspotDefined: false,
    readOnly: false,
    createdAt: at,
    updatedAt: at,
  };
  state.properties[type][name] = property;
  return property;
}

/** crm-properties.json PropertyUpdate: what a property holds can be relabelled, not turned into something else. */
function change(desk: Desk, property: Property, body: unknown): Property {
  const given = (body ?? {}) as Partial<Record<keyof Property, unknown>>;
  if (property.hubspotDefined) throw invalid(`Property ${property.name} is defined by HubSpot and its definition cannot be changed`);
  if (given.hasUniqueValue !== undefined && given.hasUniqueValue !== property.hasUniqueValue)
    throw invalid('hasUniqueValue cannot be changed once the property is made');
  if (given.name !== undefined && given.name !== property.name) throw invalid('A property cannot be renamed');
  for (const name of ['label', 'description', 'groupName'] as const) if (typeof given[name] === 'string') property[name] = given[name];
  if (Array.isArray(given.options)) property.options = given.options as Property['options'];
  property.updatedAt = new Date(desk.now()).toISOString();
  return property;
}

function groups(desk: Desk, method: string, type: ObjectType, name: string | undefined, body: unknown): Response {
  const all = desk.state.groups[type];
  const view = (key: string) => ({ name: key, label: all[key]?.label ?? '', displayOrder: all[key]?.displayOrder ?? -1, archived: false });
  if (method === 'GET' && name === undefined) return json(200, { results: Object.keys(all).map(view) });
  if (method === 'GET' && name !== undefined) {
    if (!all[name]) throw new Refused(404, 'OBJECT_NOT_FOUND', `Property group ${name} does not exist`);
    return json(200, view(name));
  }
  if (method !== 'POST' || name !== undefined) throw noSuchPath();
  const given = (body ?? {}) as { name?: unknown; label?: unknown; displayOrder?: unknown };
  if (typeof given.name !== 'string' || typeof given.label !== 'string') throw invalid('Invalid input JSON: name and label are required');
  if (all[given.name]) throw new Refused(409, 'CONFLICT', `A property group named '${given.name}' already exists.`);
  all[given.name] = { label: given.label, displayOrder: Number(given.displayOrder ?? -1) };
  return json(201, view(given.name));
}

function show({ readOnly, ...property }: Property) {
  return {
    ...property,
    displayOrder: -1,
    calculated: false,
    externalOptions: false,
    archived: false,
    hidden: false,
    formField: false,
    modificationMetadata: {
      archivable: !property.hubspotDefined,
      readOnlyDefinition: property.hubspotDefined,
      readOnlyOptions: property.hubspotDefined,
      readOnlyValue: readOnly,
    },
  };
}
