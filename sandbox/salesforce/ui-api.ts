import { type Ask, ok, only, type Reply } from './ask.ts';
import { read } from './compute.ts';
import { isMaster, masterRecordType, picklistValues } from './describe.ts';
import { fieldOf, objectOfId } from './objects.ts';
import { notFound, Refusal } from './refusal.ts';
import { type Org, type Row, sameId } from './state.ts';
import { tablesOf } from './tables.ts';
import { visible } from './write.ts';

/** The two user interface resources we read: a record with its record type, and the values its record type allows. */
export function uiApi(org: Org, ask: Ask, rest: readonly string[]): Reply {
  if (ask.method !== 'GET') return only(ask, { GET: () => ok(null) });
  const [kind, name = '', resource, recordType, fieldName = ''] = rest;
  if (kind === 'object-info' && resource === 'picklist-values') {
    const object = tablesOf(org, ask.userId).get(name);
    const field = object && fieldOf(object, fieldName);
    const type = org.state.rules.recordTypes[name]?.find(({ id }) => sameId(id, recordType));
    if (!object || !field || field.values.length === 0 || !(type || isMaster(recordType))) throw notFound();
    return ok(picklistValues(object, field, ask.version, type));
  }
  if (kind === 'records' && rest.length === 2) return uiRecord(org, ask, name);
  throw notFound();
}

function uiRecord(org: Org, ask: Ask, id: string): Reply {
  const object = tablesOf(org, ask.userId).get(objectOfId(id)?.name ?? '');
  if (!object) throw notFound();
  const row = visible(org, ask.userId, object, id);
  const names = ask.query.get('fields')?.split(',') ?? [];
  if (names.length === 0) throw new Refusal(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', 'fields or layoutTypes must be given');
  const fields = names.map((full) => {
    const [owner, name = ''] = full.trim().split('.');
    const field = owner === object.name ? fieldOf(object, name) : undefined;
    if (!field) throw new Refusal(400, 'INVALID_FIELD', `${full} is not a field of ${object.name}`);
    return [field.name, { displayValue: null, value: read(org, object, row, field) }];
  });
  const type = org.state.rules.recordTypes[object.name]?.find((one) => one.id === row.RecordTypeId);
  return ok({
    apiName: object.name,
    childRelationships: {},
    fields: Object.fromEntries(fields),
    id: row.Id,
    lastModifiedDate: iso(row.LastModifiedDate),
    recordTypeId: type?.id ?? masterRecordType,
    recordTypeInfo: type
      ? { available: true, defaultRecordTypeMapping: false, master: false, name: type.name, recordTypeId: type.id }
      : null,
    systemModstamp: iso(row.SystemModstamp),
  });
}

/** The user interface API writes moments the ISO way. */
const iso = (moment: Row[string] | undefined) => String(moment).replace('+0000', 'Z');
