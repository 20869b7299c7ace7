import { canEdit, canRead } from './access.ts';
import { check, checkWhole, convertedLead } from './check.ts';
import { checkRules, defaultRecordType } from './check-rules.ts';
import type { Field, ObjectTable } from './field.ts';
import { core, looksLikeId, makeId } from './ids.ts';
import { fieldOf, objects, stages } from './objects.ts';
import { malformedId, notFound, Refusal } from './refusal.ts';
import { relate, splitWho } from './relations.ts';
import { type Change, idOf, moment, type Org, type Row, rowOf, rowsOf, stamp } from './state.ts';
import { drop, put } from './table.ts';

/** A new record, owned by its maker unless the body names an owner. Answers its id. */
export function create(org: Org, userId: string, object: ObjectTable, body: unknown): string {
  if (!object.createable) throw new Refusal(405, 'METHOD_NOT_ALLOWED', `${object.name} cannot be created`);
  const who = splitWho(org, object, body);
  const sent = { ...check(org, object, who.body, 'create'), ...who.first };
  const row: Row = { Id: makeId(object.prefix, org.state.nextId++), ...defaults(org, object, userId), ...sent };
  checkWhole(object, row);
  checkUnique(org, object, row);
  checkRules(org, object, undefined, row);
  insert(org, userId, object, settle(object, {}, row, org));
  relate(org, userId, object, { row, ids: who.ids }, insert);
  return idOf(row);
}

/** Changes named fields. `unmodifiedSince` is the condition of `If-Unmodified-Since`, in milliseconds. */
export function update(org: Org, userId: string, object: ObjectTable, id: string, body: unknown, unmodifiedSince?: number): void {
  const row = visible(org, userId, object, id);
  if (!canEdit(org, userId, object, row))
    throw new Refusal(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
  checkUnmodified(row, unmodifiedSince);
  if (row.IsConverted === true) throw convertedLead();
  const who = splitWho(org, object, body);
  const sent = { ...check(org, object, who.body, 'update'), ...who.first };
  const next: Row = { ...row, ...sent };
  checkWhole(object, next);
  checkUnique(org, object, next);
  checkRules(org, object, row, next);
  change(org, userId, object, row, settle(object, row, next, org));
  relate(org, userId, object, { before: row, row: next, ids: who.ids }, insert);
}

/** Puts the new row in place of the old one, with its author, its time and its field history. */
export function change(org: Org, userId: string, object: ObjectTable, row: Row, next: Row): void {
  const fields = Object.keys(next).filter((name) => (row[name] ?? null) !== (next[name] ?? null));
  Object.assign(next, touched(org, userId));
  put(org, object, next);
  for (const [Field, OldValue, NewValue] of org.state.rules.keepsHistory ? historyOf(object, row, next) : [])
    insert(org, userId, table('OpportunityFieldHistory'), {
      Id: makeId('017', org.state.nextId++),
      OpportunityId: idOf(row),
      Field,
      OldValue,
      NewValue,
    });
  note(org, userId, object, next, 'updated', { fields });
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
    // In a busy org the first of two upserts is not yet visible to the second, which then makes the record again.
    if (org.collides && org.now() - moment(String(found.CreatedDate)) < collisionMs) throw duplicate(field.name, idOf(found));
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
  if (object.name === 'Opportunity')
    for (const role of rowsOf(org, 'OpportunityContactRole'))
      if (core(String(role.OpportunityId)) === core(id)) bin(org, userId, table('OpportunityContactRole'), role);
  note(org, userId, object, bin(org, userId, object, row), 'deleted');
}

/** Moves a row to the recycle bin and answers it as it lies there. `masterId` says into which record it was merged. */
export function bin(org: Org, userId: string, object: ObjectTable, row: Row, masterId?: string): Row {
  drop(org, object, row);
  const key = core(idOf(row));
  const gone: Row = { ...row, IsDeleted: true, ...touched(org, userId), ...(masterId ? { MasterRecordId: masterId } : {}) };
  org.state.bin[key] = { object: object.name, row: gone, at: moment(String(gone.SystemModstamp)) };
  org.undo.push(() => delete org.state.bin[key]);
  return gone;
}

/** Tells the package's trigger, once the transaction stands. */
export function note(
  org: Org,
  userId: string,
  object: ObjectTable,
  row: Row,
  what: Change['change'],
  more: Pick<Change, 'masterId' | 'fields'> = {},
): void {
  const one: Change = {
    object: object.name,
    id: idOf(row),
    change: what,
    by: userId,
    at: moment(String(row.SystemModstamp)),
    ...more,
  };
  org.changes.push(one);
  org.undo.push(() => {
    org.changes = org.changes.filter((other) => other !== one);
  });
}

/** The record with this external id; undefined when none, 300 when several. */
export function withKey(org: Org, userId: string, object: ObjectTable, keyName: string, key: string): Row | undefined {
  const field = keyField(object, keyName);
  const rows = holders(org, object, field, key).filter((row) => canRead(org, userId, object, row));
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
  if (org.state.bin[core(id)]) throw new Refusal(404, 'ENTITY_IS_DELETED', 'entity is deleted');
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
  for (const field of table(object.name).fields.values()) {
    const mine = row[field.name];
    if (!field.unique || mine === null || mine === undefined) continue;
    const twin = holders(org, object, field, String(mine)).find((other) => other[field.name] === mine && other.Id !== row.Id);
    if (twin) throw duplicate(field.name, idOf(twin));
  }
}

/** The rows that have this key, whatever its case. */
const holders = (org: Org, object: ObjectTable, field: Field, key: string): Row[] =>
  (field.type === 'id' ? [key] : org.keys.at(object.name, field.name, key))
    .map((id) => rowOf(org, object.name, id))
    .filter((row) => row !== undefined)
    .filter((row) => field.type === 'id' || String(row[field.name] ?? '').toLowerCase() === key.toLowerCase());

/** About a second: the org itself keeps no finer time. */
const collisionMs = 2_000;

const duplicate = (name: string, id: string) =>
  new Refusal(400, 'DUPLICATE_VALUE', `duplicate value found: ${name} duplicates value on record with id: ${core(id)}`);

const defaults = (org: Org, object: ObjectTable, userId: string): Row => ({
  ...defaultRecordType(org, object),
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
  note(org, userId, object, row, 'created');
}

const tracked = ['StageName', 'Amount', 'CloseDate', 'NextStep', 'Probability', 'OwnerId'];

/** The fields of an opportunity whose history an admin keeps, where they changed. */
const historyOf = (object: ObjectTable, before: Row, after: Row) =>
  object.name === 'Opportunity'
    ? tracked
        .filter((name) => (before[name] ?? null) !== (after[name] ?? null))
        .map((name) => [name === 'OwnerId' ? 'Owner' : name, before[name] ?? null, after[name] ?? null] as const)
    : [];

/** The object with every field, whoever asks. */
function table(name: string): ObjectTable {
  const found = objects.get(name);
  if (!found) throw new Error(`no object ${name}`);
  return found;
}
