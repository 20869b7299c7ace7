import { batchError, invalid, json, noSuchPath, nothing, Refused } from './answer.ts';
import { batch, inputsIn } from './batch.ts';
import { labels } from './labels.ts';
import { defaultType, knownType, link, linked, typeShown, unlabel, unlink } from './link.ts';
import { type ObjectType, singular, typeIds } from './schema.ts';
import { type Desk, standingId } from './state.ts';

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
        const fromId = standingId(desk.state, from, idOf(input, 'from'));
        for (const target of targets) unlink(desk.state, from, fromId, to, standingId(desk.state, to, String(target.id)));
      }
      return nothing();
    case 'POST batch/labels/archive':
      for (const input of inputsIn(body)) {
        const { types } = input as { types?: Spec[] };
        if (!Array.isArray(types)) throw invalid('Invalid input JSON: types must be a list');
        const [fromId, toId] = [standingId(desk.state, from, idOf(input, 'from')), standingId(desk.state, to, idOf(input, 'to'))];
        for (const { associationTypeId } of types) unlabel(desk.state, from, fromId, to, toId, Number(associationTypeId));
      }
      return nothing();
    default:
      if (rest[0] === 'labels' && rest.length <= 2) return labels(desk, method, from, to, rest.slice(1), body);
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
  if (method === 'GET' && toId === undefined && !desk.dated)
    return json(200, { results: ties(desk, from, standingId(desk.state, from, id), to) });
  if (toId === undefined) throw noSuchPath();
  if (method === 'PUT' && kind === 'default') return batch(desk, tieDefault(desk, from, id, to, toId), [], 200);
  if (method === 'PUT') return json(201, tie(desk, from, id, to, toId, body));
  if (method === 'DELETE' && kind === 'labelled') {
    unlink(desk.state, from, standingId(desk.state, from, id), to, standingId(desk.state, to, toId));
    return nothing();
  }
  throw noSuchPath();
}

function tieDefault(desk: Desk, from: ObjectType, fromGiven: string, to: ObjectType, toGiven: string): unknown[] {
  const there = defaultType[`${from}>${to}`];
  if (there === undefined) throw invalid(`No default association between ${from} and ${to}`);
  const [fromId, toId] = [standing(desk, from, fromGiven), standing(desk, to, toGiven)];
  link(desk.state, from, fromId, to, toId);
  const spec = (a: ObjectType, aId: string, b: ObjectType, bId: string) => ({
    from: { id: aId },
    to: { id: bId },
    associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: defaultType[`${a}>${b}`] },
  });
  return [spec(from, fromId, to, toId), spec(to, toId, from, fromId)];
}

function tie(desk: Desk, from: ObjectType, fromGiven: string, to: ObjectType, toGiven: string, types: unknown) {
  if (!Array.isArray(types) || types.length === 0) throw invalid('Invalid input JSON: types must be a list with something in it');
  for (const { associationCategory, associationTypeId } of types as Spec[]) {
    if (!knownType(desk.state, from, to, associationCategory, Number(associationTypeId)))
      throw invalid(
        `One or more association types are invalid: ${String(associationCategory)} ${String(associationTypeId)} does not tie ${from} to ${to}`,
      );
  }
  const [fromId, toId] = [standing(desk, from, fromGiven), standing(desk, to, toGiven)];
  for (const { associationTypeId } of types as Spec[]) link(desk.state, from, fromId, to, toId, Number(associationTypeId));
  const told = (types as Spec[]).map(({ associationTypeId }) => typeShown(desk.state, from, to, Number(associationTypeId)).label);
  const named = told.filter((label) => label !== null);
  return { fromObjectTypeId: typeIds[from], fromObjectId: fromId, toObjectTypeId: typeIds[to], toObjectId: toId, labels: named };
}

function readMany(desk: Desk, from: ObjectType, to: ObjectType, body: unknown): Response {
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const input of inputsIn(body)) {
    const id = standingId(desk.state, from, String((input as { id?: unknown }).id));
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
    associationTypes: other.types.map((typeId) => typeShown(desk.state, from, to, typeId)),
  }));

function standing(desk: Desk, type: ObjectType, given: string): string {
  const id = standingId(desk.state, type, given);
  if (desk.state.rows[type][id]?.archived !== false) throw notTied(type, given);
  return id;
}

/** One end is not there: 400, not 404 (answer seen in HubSpot/hubspot-api-nodejs#646). */
export function notTied(type: ObjectType, id: string): Refused {
  const kind = singular[type].toUpperCase();
  const context = { INVALID_OBJECT_IDS: [`${kind}=${id} is not valid`], objectId: [id], objectType: [kind] };
  return invalid('One or more associations are invalid', [], context);
}

function idOf(input: unknown, end: 'from' | 'to'): string {
  const id = (input as Record<string, { id?: unknown } | undefined> | null)?.[end]?.id;
  if (typeof id !== 'string') throw invalid(`Invalid input JSON: ${end}.id must be a string`);
  return id;
}
