import { batchError, invalid, json, noSuchPath, notFound, nothing, Refused } from './answer.ts';
import { notTied } from './associations.ts';
import { batch, inputsIn, many } from './batch.ts';
import { erase } from './erase.ts';
import { knownType, link, linked, unlink } from './link.ts';
import { merge } from './merge.ts';
import { archive, create, findRow, lookUp, show, showAll, update } from './records.ts';
import { type ObjectType, objectType, objectTypes } from './schema.ts';
import { search } from './search.ts';
import { type Desk, propertyOf } from './state.ts';

/** With history HubSpot gives half a page [from memory]. */
const HISTORY_MAX = 50;

/** `/crm/objects/2026-09/{type}…` and `/crm/v3/objects/{type}…`, as crm-objects.json describes them. */
export function objects(desk: Desk, method: string, type: ObjectType, rest: string[], query: URLSearchParams, body: unknown): Response {
  const [first, second] = rest;
  const word = first === 'search' || first === 'merge' || first === 'gdpr-delete' ? first : first === undefined ? '' : 'one';
  const at = `${method} ${first === 'batch' ? `batch/${second}` : word}`;
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
    case 'DELETE one':
      drop(desk, type, first ?? '');
      return nothing();
    case 'POST merge': {
      const { primaryObjectId, objectIdToMerge } = (body ?? {}) as { primaryObjectId?: unknown; objectIdToMerge?: unknown };
      if (typeof primaryObjectId !== 'string' || typeof objectIdToMerge !== 'string')
        throw invalid('Invalid input JSON: primaryObjectId and objectIdToMerge must be strings');
      return json(200, showAll(desk.state, type, merge(desk, type, primaryObjectId, objectIdToMerge)));
    }
    case 'POST gdpr-delete': {
      const { objectId, idProperty } = (body ?? {}) as { objectId?: unknown; idProperty?: string };
      if (typeof objectId !== 'string') throw invalid('Invalid input JSON: objectId must be a string');
      erase(desk, type, objectId, idProperty);
      return nothing();
    }
    case 'POST batch/create':
      return many(desk, body, (input, held) => createOne(held, type, input), 201);
    case 'POST batch/update':
      return many(desk, body, (input, held) => {
        const { id, idProperty } = idIn(input);
        return showAll(desk.state, type, update(held, type, findRow(desk.state, type, id, idProperty), propertiesIn(input)));
      });
    case 'POST batch/upsert':
      return upsert(desk, type, body);
    case 'POST batch/read':
      return readMany(desk, type, body);
    case 'POST batch/archive':
      for (const input of inputsIn(body)) drop(desk, type, idIn(input).id);
      return nothing();
    default:
      throw noSuchPath();
  }
}

/** Archiving what is not there is no fault. */
function drop(desk: Desk, type: ObjectType, id: string): void {
  const row = lookUp(desk.state, type, id);
  if (row && !row.archived) archive(desk, type, row);
}

function list(desk: Desk, type: ObjectType, query: URLSearchParams): Response {
  const limit = Number(query.get('limit') ?? 10);
  const most = historyOf(query).length > 0 ? HISTORY_MAX : 100;
  if (!(limit >= 1 && limit <= most)) throw invalid(`Invalid limit: it must be between 1 and ${most}`);
  const rows = Object.values(desk.state.rows[type]).filter(({ archived }) => !archived);
  const from = rows.findIndex(({ id }) => id === query.get('after'));
  const start = query.get('after') ? Math.max(0, from) : 0;
  const page = rows.slice(start, start + limit);
  const next = rows[start + limit];
  return json(200, {
    results: page.map((row) => show(desk.state, type, row, named(query), historyOf(query))),
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
  return {
    ...show(desk.state, type, row, named(query), historyOf(query)),
    ...(Object.keys(associations).length > 0 ? { associations } : {}),
  };
}

function createOne(desk: Desk, type: ObjectType, input: unknown) {
  const associations = (input as { associations?: unknown } | null)?.associations;
  // crm-objects.json SimplePublicObjectInputForCreate: `associations` is required since /2026-09/.
  if (desk.dated && !Array.isArray(associations)) throw invalid('Invalid input JSON: associations is required');
  const ties = (Array.isArray(associations) ? associations : []).flatMap((tie) => tiesIn(desk, type, tie));
  const row = create(desk, type, propertiesIn(input));
  for (const { to, id, typeId } of ties) link(desk.state, type, row.id, to, id, typeId);
  desk.undo?.push(() => {
    for (const { to, id } of ties) unlink(desk.state, type, row.id, to, id);
  });
  return showAll(desk.state, type, row);
}

/** The type id alone says what kind of record the other end is. */
function tiesIn(desk: Desk, type: ObjectType, tie: unknown): { to: ObjectType; id: string; typeId: number }[] {
  const given = (tie ?? {}) as { to?: { id?: unknown }; types?: { associationCategory?: unknown; associationTypeId?: unknown }[] };
  const toId = given.to?.id;
  if (typeof toId !== 'string' || !Array.isArray(given.types) || given.types.length === 0)
    throw invalid('Invalid input JSON: an association needs to.id and types');
  return given.types.map(({ associationCategory, associationTypeId }) => {
    const typeId = Number(associationTypeId);
    const to = objectTypes.find((other) => knownType(desk.state, type, other, associationCategory, typeId));
    if (!to) throw invalid(`${String(associationCategory)} association type ${String(associationTypeId)} does not start at ${type}`);
    const row = lookUp(desk.state, to, toId);
    if (row?.archived !== false) throw notTied(to, toId);
    return { to, id: row.id, typeId };
  });
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
  // SimplePublicObjectBatchInputUpsert has no `associations`: whatever is sent as such makes no tie.
  return many(desk, body, (input, held) => {
    const { id } = idIn(input);
    const row = lookUp(desk.state, type, id, idProperty);
    if (row && !row.archived) return { ...showAll(desk.state, type, update(held, type, row, propertiesIn(input))), new: false };
    if (idProperty === 'hs_object_id') throw notFound(id);
    return { ...showAll(desk.state, type, create(held, type, { ...propertiesIn(input), [idProperty]: id })), new: true };
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
  const withHistory = Array.isArray(propertiesWithHistory) ? propertiesWithHistory.map(String) : [];
  const inputs = inputsIn(body).map((input) => idIn(input).id);
  if (withHistory.length > 0 && inputs.length > HISTORY_MAX)
    throw invalid(`The maximum number of inputs supported with propertiesWithHistory is ${HISTORY_MAX}`);
  const rows = inputs.map((id) => lookUp(desk.state, type, id, idProperty));
  const missing = inputs.filter((_, n) => rows[n]?.archived !== false);
  const results = rows
    .flatMap((row) => (row?.archived === false ? [row] : []))
    .map((row) => show(desk.state, type, row, Array.isArray(properties) ? properties.map(String) : [], withHistory));
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
const historyOf = (query: URLSearchParams) => split(query, 'propertiesWithHistory');
