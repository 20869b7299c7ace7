import { batchError, invalid, json, noSuchPath, notFound, nothing, Refused } from './answer.ts';
import { batch, inputsIn, many } from './batch.ts';
import { link, linked, typesBetween } from './link.ts';
import { archive, create, findRow, lookUp, show, showAll, update } from './records.ts';
import { type ObjectType, objectType } from './schema.ts';
import { search } from './search.ts';
import { type Desk, propertyOf } from './state.ts';

/** `/crm/objects/2026-09/{type}…` and `/crm/v3/objects/{type}…`, as crm-objects.json describes them. */
export function objects(desk: Desk, method: string, type: ObjectType, rest: string[], query: URLSearchParams, body: unknown): Response {
  const [first, second] = rest;
  const at = `${method} ${first === 'batch' ? `batch/${second}` : first === undefined ? '' : first === 'search' ? 'search' : 'one'}`;
  switch (at) {
    case 'GET ':
      return list(desk, type, query);
    case 'POST ':
      return json(201, createOne(desk, type, body));
    case 'POST search':
      return json(200, search(desk, type, body));
    case 'GET one':
      return json(200, readOne(desk, type, first ?? '', query));
    case 'PATCH one':
      return json(
        200,
        showAll(desk.state, type, update(desk, type, findRow(desk.state, type, first ?? '', query.get('idProperty')), propertiesIn(body))),
      );
    case 'DELETE one': {
      const row = desk.state.rows[type][first ?? ''];
      if (row && !row.archived) archive(desk, type, row);
      return nothing();
    }
    case 'POST batch/create':
      return many(desk, body, (input) => createOne(desk, type, input), 201);
    case 'POST batch/update':
      return many(desk, body, (input) => {
        const { id, idProperty } = idIn(input);
        return showAll(desk.state, type, update(desk, type, findRow(desk.state, type, id, idProperty), propertiesIn(input)));
      });
    case 'POST batch/upsert':
      return upsert(desk, type, body);
    case 'POST batch/read':
      return readMany(desk, type, body);
    case 'POST batch/archive':
      for (const input of inputsIn(body)) {
        const row = desk.state.rows[type][idIn(input).id];
        if (row && !row.archived) archive(desk, type, row);
      }
      return nothing();
    default:
      throw noSuchPath();
  }
}

function list(desk: Desk, type: ObjectType, query: URLSearchParams): Response {
  const limit = Number(query.get('limit') ?? 10);
  if (!(limit >= 1 && limit <= 100)) throw invalid('Invalid limit: it must be between 1 and 100');
  const rows = Object.values(desk.state.rows[type]).filter(({ archived }) => !archived);
  const from = rows.findIndex(({ id }) => id === query.get('after'));
  const start = query.get('after') ? Math.max(0, from) : 0;
  const page = rows.slice(start, start + limit);
  const next = rows[start + limit];
  return json(200, {
    results: page.map((row) => show(desk.state, type, row, named(query))),
    ...(next ? { paging: { next: { after: next.id } } } : {}),
  });
}

function readOne(desk: Desk, type: ObjectType, id: string, query: URLSearchParams) {
  const row = findRow(desk.state, type, id, query.get('idProperty'));
  const associations: Record<string, unknown> = {};
  for (const name of split(query, 'associations')) {
    const to = objectType(name);
    if (!to) throw invalid(`Unable to infer object type from: ${name}`);
    const results = linked(desk.state, type, row.id, to).flatMap((other) =>
      other.types.map(() => ({ id: other.id, type: `${type}_to_${to}` })),
    );
    if (results.length > 0) associations[to] = { results };
  }
  return { ...show(desk.state, type, row, named(query)), ...(Object.keys(associations).length > 0 ? { associations } : {}) };
}

function createOne(desk: Desk, type: ObjectType, input: unknown) {
  const associations = (input as { associations?: unknown } | null)?.associations;
  // crm-objects.json SimplePublicObjectInputForCreate: `associations` is required since /2026-09/.
  if (desk.dated && !Array.isArray(associations)) throw invalid('Invalid input JSON: associations is required');
  const ties = (Array.isArray(associations) ? associations : []).map((tie) => {
    const { to, types } = tie as { to?: { id?: unknown }; types?: { associationCategory?: unknown; associationTypeId?: unknown }[] };
    if (typeof to?.id !== 'string' || !Array.isArray(types)) throw invalid('Invalid input JSON: an association needs to.id and types');
    return types.map(({ associationTypeId }) => {
      const target = (['contacts', 'companies', 'deals'] as const).find((other) =>
        typesBetween(type, other).includes(Number(associationTypeId)),
      );
      if (!target) throw invalid(`Association type ${String(associationTypeId)} does not start at ${type}`);
      if (desk.state.rows[target][String(to.id)]?.archived !== false) throw notFound(String(to.id));
      return { target, id: String(to.id), typeId: Number(associationTypeId) };
    });
  });
  const row = create(desk, type, propertiesIn(input));
  for (const { target, id, typeId } of ties.flat()) link(desk.state, type, row.id, target, id, typeId);
  return showAll(desk.state, type, row);
}

function upsert(desk: Desk, type: ObjectType, body: unknown): Response {
  const inputs = inputsIn(body);
  const idProperties = new Set(inputs.map((input) => idIn(input).idProperty ?? 'hs_object_id'));
  if (idProperties.size > 1) throw invalid('All inputs of an upsert must use the same idProperty');
  const idProperty = [...idProperties][0] ?? 'hs_object_id';
  if (idProperty !== 'hs_object_id') {
    const property = propertyOf(desk.state, type, idProperty);
    if (!property)
      throw invalid(`Property "${idProperty}" does not exist`, [
        { message: `Property "${idProperty}" does not exist`, code: 'PROPERTY_DOESNT_EXIST', context: { propertyName: [idProperty] } },
      ]);
    if (!property.hasUniqueValue)
      throw invalid(`Property ${idProperty} is not a unique identifier property`, [], { idProperty: [idProperty] });
  }
  const ids = inputs.map((input) => idIn(input).id.toLowerCase());
  if (new Set(ids).size < ids.length) throw invalid('Duplicate IDs found in batch input');
  return many(desk, body, (input) => {
    const { id } = idIn(input);
    const row = lookUp(desk.state, type, id, idProperty);
    if (row && !row.archived) return { ...showAll(desk.state, type, update(desk, type, row, propertiesIn(input))), new: false };
    if (idProperty === 'hs_object_id') throw notFound(id);
    return { ...showAll(desk.state, type, create(desk, type, { ...propertiesIn(input), [idProperty]: id })), new: true };
  });
}

function readMany(desk: Desk, type: ObjectType, body: unknown): Response {
  const { properties, propertiesWithHistory, idProperty } = body as {
    properties?: unknown;
    propertiesWithHistory?: unknown;
    idProperty?: string;
  };
  // crm-objects.json BatchReadInputSimplePublicObjectId: both lists are required.
  if (desk.dated && !(Array.isArray(properties) && Array.isArray(propertiesWithHistory))) {
    throw invalid('Invalid input JSON: properties and propertiesWithHistory are required');
  }
  const inputs = inputsIn(body).map((input) => idIn(input).id);
  const rows = inputs.map((id) => lookUp(desk.state, type, id, idProperty));
  const missing = inputs.filter((_, n) => rows[n]?.archived !== false);
  const results = rows
    .filter((row) => row?.archived === false)
    .map((row) => show(desk.state, type, row as never, Array.isArray(properties) ? properties.map(String) : []));
  const error = new Refused(
    207,
    'OBJECT_NOT_FOUND',
    `Could not get some ${type.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`,
    [],
    { ids: missing },
  );
  return batch(desk, results, missing.length > 0 ? [batchError(error)] : [], 200);
}

function idIn(input: unknown): { id: string; idProperty: string | undefined } {
  const { id, idProperty } = input as { id?: unknown; idProperty?: string };
  if (typeof id !== 'string' || id === '') throw invalid('Invalid input JSON: id must be a string');
  return { id, idProperty };
}

function propertiesIn(input: unknown): Record<string, unknown> {
  const properties = (input as { properties?: unknown } | null)?.properties;
  if (typeof properties !== 'object' || properties === null) throw invalid('Invalid input JSON: properties is required');
  return properties as Record<string, unknown>;
}

const split = (query: URLSearchParams, name: string) =>
  query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '');
const named = (query: URLSearchParams) => split(query, 'properties');
