import { invalid, json, noSuchPath, nothing, Refused } from './answer.ts';
import { labelsBetween, typeShown, typesBetween } from './link.ts';
import { type ObjectType, objectTypes, singular, typeIds } from './schema.ts';
import type { Desk, HubspotState, Label } from './state.ts';

/** HubSpot's help: so many labels of its own a pair of objects may have. */
const LABELS_MAX = 50;

/** `/crm/associations/2026-09/{from}/{to}/labels…` (HubSpot's docs, "Associations schema"). */
export function labels(desk: Desk, method: string, from: ObjectType, to: ObjectType, rest: string[], body: unknown): Response {
  const { state } = desk;
  const id = rest[0];
  if (method === 'GET' && id === undefined) {
    const types = [...typesBetween(from, to), ...labelsBetween(state, from, to).map(({ typeId }) => typeId)];
    return json(200, { results: types.map((typeId) => typeShown(state, from, to, typeId)) });
  }
  // What a refusal by tier looks like is not documented beyond its status.
  if (!state.rules.labels) throw new Refused(403, 'FORBIDDEN', 'This account has no access to association labels.');
  if (method === 'POST' && id === undefined) return json(200, { results: make(state, from, to, body) });
  if (method === 'PUT' && id === undefined) return rename(state, from, to, body);
  if (method === 'DELETE' && id !== undefined) {
    const found = labelsBetween(state, from, to).find(({ typeId }) => String(typeId) === id);
    if (!found) throw unknown(id);
    state.labels = state.labels.filter(({ typeId }) => typeId !== found.typeId && typeId !== found.back);
    return nothing();
  }
  throw noSuchPath();
}

/** `GET /crm/limits/2026-09/associations/labels` (HubSpot's docs, "Read association label limits"). */
export function labelLimits(state: HubspotState): Response {
  const kind = (type: ObjectType) => {
    const name = singular[type];
    return { objectTypeId: typeIds[type], singularLabel: capital(name), pluralLabel: capital(type) };
  };
  const pairs = objectTypes.flatMap((from) => objectTypes.map((to) => ({ from, to, held: labelsBetween(state, from, to) })));
  const results = pairs
    .filter(({ held }) => held.length > 0)
    .map(({ from, to, held }) => ({
      fromObjectType: kind(from),
      toObjectType: kind(to),
      limit: LABELS_MAX,
      usage: held.length,
      percentage: (held.length / LABELS_MAX) * 100,
      allLabels: held.map(({ label }) => label),
    }));
  return json(200, { results: state.rules.labels ? results : [] });
}

function make(state: HubspotState, from: ObjectType, to: ObjectType, body: unknown) {
  const { name, label, inverseLabel } = (body ?? {}) as { name?: unknown; label?: unknown; inverseLabel?: unknown };
  if (typeof name !== 'string' || !/^[a-z][a-z0-9_]*$/i.test(name) || typeof label !== 'string' || label === '')
    throw invalid('Invalid input JSON: name and label are required, and a name starts with a letter');
  const held = labelsBetween(state, from, to);
  if (held.some((one) => one.name === name || one.label.toLowerCase() === label.toLowerCase()))
    throw invalid(`An association definition named ${name} already exists`);
  if (held.length >= LABELS_MAX) throw invalid(`The maximum number of association labels between two objects is ${LABELS_MAX}`);
  // Ids of a portal's own types stay clear of HubSpot's here, so that a number alone tells them apart.
  const typeId = 1_001 + state.labels.reduce((most, one) => Math.max(most, one.typeId - 1_000), 0);
  const back = typeof inverseLabel === 'string' && inverseLabel !== '' ? inverseLabel : label;
  const both: Label[] = [
    { typeId, from, to, name, label, back: typeId + 1 },
    { typeId: typeId + 1, from: to, to: from, name: `${name}_back`, label: back, back: typeId },
  ];
  state.labels.push(...both);
  return both.map((one) => typeShown(state, one.from, one.to, one.typeId));
}

function rename(state: HubspotState, from: ObjectType, to: ObjectType, body: unknown): Response {
  const { associationTypeId, label, inverseLabel } = (body ?? {}) as {
    associationTypeId?: unknown;
    label?: unknown;
    inverseLabel?: unknown;
  };
  const found = labelsBetween(state, from, to).find(({ typeId }) => typeId === associationTypeId);
  if (!found) throw unknown(String(associationTypeId));
  if (typeof label !== 'string' || label === '') throw invalid('Invalid input JSON: label is required');
  found.label = label;
  const other = state.labels.find(({ typeId }) => typeId === found.back);
  if (other) other.label = typeof inverseLabel === 'string' ? inverseLabel : label;
  return nothing();
}

const unknown = (id: string) => new Refused(404, 'OBJECT_NOT_FOUND', `No association definition ${id}`);
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
