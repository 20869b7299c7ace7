import { canEdit, canRead } from './access.ts';
import { check, checkWhole } from './check.ts';
import type { ObjectTable } from './field.ts';
import { core, looksLikeId, makeId } from './ids.ts';
import { fieldOf, stages } from './objects.ts';
import { malformedId, notFound, Refusal } from './refusal.ts';
import { idOf, moment, type Org, type Row, rowOf, rowsOf, stamp } from './state.ts';

/** A new record, owned by its maker unless the body names an owner. Answers its id. */
export function create(org: Org, userId: string, object: ObjectTable, body: unknown): string {
  if (!object.createable) throw new Refusal(405, 'METHOD_NOT_ALLOWED', `${object.name} cannot be created`);
  const sent = check(org, object, body, 'create');
  const row: Row = { Id: makeId(object.prefix, org.state.nextId++), ...defaults(object, userId), ...sent };
  checkWhole(object, row);
  checkUnique(org, object, row);
  insert(org, userId, object, settle(object, {}, row, org));
  return idOf(row);
}

/** Changes named fields. `unmodifiedSince` is the condition of `If-Unmodified-Since`, in milliseconds. */
export function update(org: Org, userId: string, object: ObjectTable, id: string, body: unknown, unmodifiedSince?: number): void {
  const row = visible(org, userId, object, id);
  if (!canEdit(org, userId, object, row))
    throw new Refusal(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
  checkUnmodified(row, unmodifiedSince);
  const sent = check(org, object, body, 'update');
  const next: Row = { ...row, ...sent };
  checkWhole(object, next);
  checkUnique(org, object, next);
  put(org, object, settle(object, row, { ...next, ...touched(org, userId) }, org));
}

/** By an external id field: makes the record, changes it, or refuses because several have the key. */
export function upsert(
  org: Org,
  userId: string,
  object: ObjectTable,
  keyName: string,
  key: string,
  body: unknown,
): { id: string; created: boolean } {
  const field = keyField(object, keyName);
  if (typeof body === 'object' && body !== null && Object.keys(body).some((name) => name.toLowerCase() === field.name.toLowerCase()))
    throw new Refusal(400, 'INVALID_FIELD', `The ${field.name} field should not be specified in the sobject data.`);
  const found = withKey(org, userId, object, keyName, key);
  if (found) {
    update(org, userId, object, idOf(found), body);
    return { id: idOf(found), created: false };
  }
  const value = field.type === 'id' ? {} : { [field.name]: key };
  return { id: create(org, userId, object, { ...(body as object), ...value }), created: true };
}

export function remove(org: Org, userId: string, object: ObjectTable, id: string): void {
  const row = visible(org, userId, object, id);
  if (!canEdit(org, userId, object, row))
    throw new Refusal(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
  const table = org.state.rows[object.name] ?? {};
  delete table[core(id)];
  org.state.deleted[core(id)] = true;
  org.undo.push(() => {
    table[core(id)] = row;
    delete org.state.deleted[core(id)];
  });
}

/** The record with this external id; undefined when none, 300 when several. */
export function withKey(org: Org, userId: string, object: ObjectTable, keyName: string, key: string): Row | undefined {
  const field = keyField(object, keyName);
  const rows = rowsOf(org, object.name).filter(
    (row) => String(row[field.name] ?? '').toLowerCase() === key.toLowerCase() && canRead(org, userId, object, row),
  );
  if (rows.length > 1) throw new Several(rows.map(idOf));
  return rows[0];
}

/** 300: the body is a list of addresses, not an error array. */
export class Several extends Error {
  override name = 'Several';
  readonly ids: string[];
  constructor(ids: string[]) {
    super('several records have this external id');
    this.ids = ids;
  }
}

/** A record this user may read, or why not. */
export function visible(org: Org, userId: string, object: ObjectTable, id: string): Row {
  if (!looksLikeId(id) || !id.startsWith(object.prefix)) throw malformedId(`${object.name} ID`, id);
  if (org.state.deleted[core(id)]) throw new Refusal(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  const row = rowOf(org, object.name, id);
  if (!row || !canRead(org, userId, object, row)) throw notFound();
  return row;
}

/** The header knows whole seconds only, so that is how finely it compares. */
export function checkUnmodified(row: Row, unmodifiedSince: number | undefined): void {
  if (unmodifiedSince === undefined) return;
  const modified = Math.floor(moment(String(row.LastModifiedDate)) / 1000) * 1000;
  if (modified > unmodifiedSince) throw new Refusal(412, 'PRECONDITION_FAILED', 'The record was modified after the given time');
}

function keyField(object: ObjectTable, name: string) {
  const field = fieldOf(object, name);
  if (!field || !(field.externalId || field.type === 'id'))
    throw new Refusal(404, 'NOT_FOUND', 'Provided external ID field does not exist or is not accessible: '.concat(name));
  return field;
}

function checkUnique(org: Org, object: ObjectTable, row: Row): void {
  for (const field of object.fields.values()) {
    const mine = row[field.name];
    if (!field.unique || mine === null || mine === undefined) continue;
    const twin = rowsOf(org, object.name).find((other) => other[field.name] === mine && other.Id !== row.Id);
    if (twin)
      throw new Refusal(
        400,
        'DUPLICATE_VALUE',
        `duplicate value found: ${field.name} duplicates value on record with id: ${core(idOf(twin))}`,
        [],
      );
  }
}

const defaults = (object: ObjectTable, userId: string): Row => ({
  ...Object.fromEntries(
    [...object.fields.values()].filter(({ fallback }) => fallback !== null).map(({ name, fallback }) => [name, fallback]),
  ),
  ...(object.fields.has('ownerid') ? { OwnerId: userId } : {}),
});

/** What follows from a change by itself: probability from the stage, the day a task was completed. */
function settle(object: ObjectTable, before: Row, after: Row, org: Org): Row {
  if (object.name === 'Opportunity' && before.StageName !== after.StageName) {
    const stage = stages.find(([name]) => name === after.StageName);
    after.LastStageChangeDate = before.StageName ? stamp(org.now()) : null;
    if (before.Probability === after.Probability) after.Probability = stage?.[1] ?? null;
  }
  if (object.name === 'Task' && before.Status !== after.Status)
    after.CompletedDateTime = after.Status === 'Completed' ? stamp(org.now()) : null;
  return after;
}

const touched = (org: Org, userId: string): Row => ({
  LastModifiedDate: stamp(org.now()),
  LastModifiedById: userId,
  SystemModstamp: stamp(org.now()),
});

export function insert(org: Org, userId: string, object: ObjectTable, row: Row): void {
  put(org, object, Object.assign(row, { IsDeleted: false, CreatedDate: stamp(org.now()), CreatedById: userId, ...touched(org, userId) }));
}

function put(org: Org, object: ObjectTable, row: Row): void {
  const table = org.state.rows[object.name] ?? {};
  org.state.rows[object.name] = table;
  const key = core(idOf(row));
  const before = table[key];
  table[key] = row;
  org.undo.push(() => {
    if (before) table[key] = before;
    else delete table[key];
  });
}
