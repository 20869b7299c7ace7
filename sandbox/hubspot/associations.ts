import { batchError, invalid, json, noSuchPath, notFound, nothing, Refused } from './answer.ts';
import { batch, inputsIn } from './batch.ts';
import { defaultType, labelOf, link, linked, typesBetween, unlink } from './link.ts';
import { type ObjectType, typeIds } from './schema.ts';
import type { Desk } from './state.ts';

interface Spec {
  associationCategory?: unknown;
  associationTypeId?: unknown;
}

/** `/crm/associations/2026-09/{from}/{to}/…` and `/crm/v4/associations/…` (crm-associations.json). */
export function associations(desk: Desk, method: string, from: ObjectType, to: ObjectType, rest: string[], body: unknown): Response {
  switch (`${method} ${rest.join('/')}`) {
    case 'POST batch/associate/default':
      return each(desk, body, (input) => tieDefault(desk, from, idOf(input, 'from'), to, idOf(input, 'to')));
    case 'POST batch/create':
      return each(desk, body, (input) => [
        tie(desk, from, idOf(input, 'from'), to, idOf(input, 'to'), (input as { types?: unknown }).types),
      ]);
    case 'POST batch/read':
      return readMany(desk, from, to, body);
    case 'POST batch/archive':
      for (const input of inputsIn(body)) {
        const targets = (input as { to?: { id?: string }[] }).to;
        if (!Array.isArray(targets)) throw invalid('Invalid input JSON: to must be a list');
        for (const target of targets) unlink(desk.state, from, idOf(input, 'from'), to, String(target.id));
      }
      return nothing();
    case 'GET labels':
      return json(200, {
        results: typesBetween(from, to).map((typeId) => ({ category: 'HUBSPOT_DEFINED', typeId, label: labelOf(from, to, typeId) })),
      });
    default:
      throw noSuchPath();
  }
}

/** `/crm/objects/2026-09/{type}/{id}/associations/…` and `/crm/v4/objects/…`: one pair at a time. */
export function oneAssociation(
  desk: Desk,
  method: string,
  from: ObjectType,
  id: string,
  to: ObjectType,
  toId: string | undefined,
  kind: 'default' | 'labelled',
  body: unknown,
): Response {
  if (method === 'GET' && toId === undefined && !desk.dated) return json(200, { results: ties(desk, from, id, to) });
  if (toId === undefined) throw noSuchPath();
  if (method === 'PUT' && kind === 'default') return batch(desk, tieDefault(desk, from, id, to, toId), [], 200);
  if (method === 'PUT') return json(201, tie(desk, from, id, to, toId, body));
  if (method === 'DELETE' && kind === 'labelled') {
    unlink(desk.state, from, id, to, toId);
    return nothing();
  }
  throw noSuchPath();
}

function tieDefault(desk: Desk, from: ObjectType, fromId: string, to: ObjectType, toId: string): unknown[] {
  const there = defaultType[`${from}>${to}`];
  if (there === undefined) throw invalid(`No default association between ${from} and ${to}`);
  standing(desk, from, fromId);
  standing(desk, to, toId);
  link(desk.state, from, fromId, to, toId);
  const spec = (a: ObjectType, aId: string, b: ObjectType, bId: string) => ({
    from: { id: aId },
    to: { id: bId },
    associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: defaultType[`${a}>${b}`] },
  });
  return [spec(from, fromId, to, toId), spec(to, toId, from, fromId)];
}

function tie(desk: Desk, from: ObjectType, fromId: string, to: ObjectType, toId: string, types: unknown) {
  if (!Array.isArray(types) || types.length === 0) throw invalid('Invalid input JSON: types must be a list with something in it');
  for (const { associationCategory, associationTypeId } of types as Spec[]) {
    const known = associationCategory === 'HUBSPOT_DEFINED' && typesBetween(from, to).includes(Number(associationTypeId));
    if (!known)
      throw invalid(
        `One or more association types are invalid: ${String(associationCategory)} ${String(associationTypeId)} does not tie ${from} to ${to}`,
      );
  }
  standing(desk, from, fromId);
  standing(desk, to, toId);
  for (const { associationTypeId } of types as Spec[]) link(desk.state, from, fromId, to, toId, Number(associationTypeId));
  return { fromObjectTypeId: typeIds[from], fromObjectId: fromId, toObjectTypeId: typeIds[to], toObjectId: toId, labels: [] };
}

function readMany(desk: Desk, from: ObjectType, to: ObjectType, body: unknown): Response {
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const input of inputsIn(body)) {
    const id = String((input as { id?: unknown }).id);
    const found = desk.state.rows[from][id]?.archived === false ? ties(desk, from, id, to) : [];
    if (found.length > 0) results.push({ from: { id }, to: found });
    else {
      // A record without ties is an entry in `errors`, not an empty list.
      const error = new Refused(404, 'OBJECT_NOT_FOUND', `No ${to} is associated with ${from} ${id}.`, [], {
        fromObjectId: [id],
        fromObjectType: [typeIds[from]],
        toObjectType: [typeIds[to]],
      });
      errors.push({ ...batchError(error), subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND' });
    }
  }
  return batch(desk, results, errors, 200);
}

/** Each pair stands for itself: what fails is told beside what worked. */
function each(desk: Desk, body: unknown, one: (input: unknown) => unknown[]): Response {
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const input of inputsIn(body)) {
    try {
      results.push(...one(input));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      errors.push(batchError(error));
    }
  }
  return batch(desk, results, errors, 200);
}

const ties = (desk: Desk, from: ObjectType, id: string, to: ObjectType) =>
  linked(desk.state, from, id, to).map((other) => ({
    toObjectId: other.id,
    associationTypes: other.types.map((typeId) => ({ category: 'HUBSPOT_DEFINED', typeId, label: labelOf(from, to, typeId) })),
  }));

function standing(desk: Desk, type: ObjectType, id: string): void {
  if (desk.state.rows[type][id]?.archived !== false) throw notFound(id);
}

function idOf(input: unknown, end: 'from' | 'to'): string {
  const id = (input as Record<string, { id?: unknown } | undefined> | null)?.[end]?.id;
  if (typeof id !== 'string') throw invalid(`Invalid input JSON: ${end}.id must be a string`);
  return id;
}
