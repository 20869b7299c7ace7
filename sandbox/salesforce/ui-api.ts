import { type Ask, ok, only, type Reply } from './ask.ts';
import { read } from './compute.ts';
import { masterRecordType, picklistValues } from './describe.ts';
import { fieldOf, objectOfId, objects } from './objects.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Org, Row } from './state.ts';
import { visible } from './write.ts';

/** The two user interface resources we read: a record with its record type, and the values its record type allows. */
export function uiApi(org: Org, ask: Ask, rest: readonly string[]): Reply {
  if (ask.method !== 'GET') return only(ask, { GET: () => ok(null) });
  const [kind, name = '', resource, recordType, fieldName = ''] = rest;
  if (kind === 'object-info' && resource === 'picklist-values') {
    const object = objects.get(name);
    const field = object && fieldOf(object, fieldName);
    if (!object || !field || field.values.length === 0 || recordType?.slice(0, 15) !== masterRecordType.slice(0, 15)) throw notFound();
    return ok(picklistValues(object, field, ask.version));
  }
  if (kind === 'records' && rest.length === 2) return uiRecord(org, ask, name);
  throw notFound();
}

function uiRecord(org: Org, ask: Ask, id: string): Reply {
  const object = objectOfId(id);
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
  return ok({
    apiName: object.name,
    childRelationships: {},
    fields: Object.fromEntries(fields),
    id: row.Id,
    lastModifiedDate: iso(row.LastModifiedDate),
    recordTypeId: masterRecordType,
    recordTypeInfo: null,
    systemModstamp: iso(row.SystemModstamp),
  });
}

/** The user interface API writes moments the ISO way. */
const iso = (moment: Row[string] | undefined) => String(moment).replace('+0000', 'Z');
