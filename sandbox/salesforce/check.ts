import type { Field, ObjectTable } from './field.ts';
import { core, looksLikeId } from './ids.ts';
import { fieldOf } from './objects.ts';
import { malformedId, Refusal } from './refusal.ts';
import { find, type Org, type Row, type Value } from './state.ts';

export type Verb = 'create' | 'update';

/** A body as the platform accepts it: known, writable fields of the right type, length and value. Throws the first refusal. */
export function check(org: Org, object: ObjectTable, body: unknown, verb: Verb): Row {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw unreadable('the body is not an object');
  const clean: Row = {};
  const blocked: string[] = [];
  for (const [name, value] of Object.entries(body)) {
    if (name === 'attributes') continue;
    const field = fieldOf(object, name);
    if (!field) throw new Refusal(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
    if (verb === 'create' ? !field.createable : !field.updateable) blocked.push(field.name);
    else clean[field.name] = checkValue(org, field, value);
  }
  if (blocked.length > 0)
    throw new Refusal(
      400,
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${blocked.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      blocked,
    );
  checkRequired(object, clean, verb);
  return clean;
}

/** What only shows once the new row is whole. */
export function checkWhole(object: ObjectTable, row: Row): void {
  if ((object.name === 'Task' || object.name === 'Event') && String(row.WhoId ?? '').startsWith('00Q') && row.WhatId)
    throw new Refusal(400, 'FIELD_INTEGRITY_EXCEPTION', 'Related To ID: cannot be set when the Name is a lead', ['WhatId']);
}

function checkRequired(object: ObjectTable, clean: Row, verb: Verb): void {
  const missing = [...object.fields.values()]
    .filter((field) => field.required && (verb === 'create' || field.name in clean) && (clean[field.name] ?? '') === '')
    .map((field) => field.name);
  if (missing.length > 0) throw new Refusal(400, 'REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
}

function checkValue(org: Org, field: Field, value: unknown): Value {
  if (value === null || value === '') return null;
  switch (field.type) {
    case 'boolean':
      if (typeof value !== 'boolean') throw unreadable(`${field.name} is not a boolean`);
      return value;
    case 'int':
      if (typeof value !== 'number' || !Number.isInteger(value)) throw unreadable(`${field.name} is not an integer`);
      return value;
    case 'double':
    case 'currency':
    case 'percent':
      if (typeof value !== 'number') throw unreadable(`${field.name} is not a number`);
      return value;
    default:
      if (typeof value !== 'string') throw unreadable(`${field.name} is not a string`);
      return checkText(org, field, value);
  }
}

function checkText(org: Org, field: Field, value: string): string {
  if (field.type === 'reference') return checkReference(org, field, value);
  if (field.type === 'date' && !/^\d{4}-\d\d-\d\d$/.test(value)) throw unreadable(`${field.name} is not a date`);
  if (field.type === 'datetime' && !/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(value))
    throw unreadable(`${field.name} is not a date and time`);
  if (field.type === 'email' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value))
    throw new Refusal(400, 'INVALID_EMAIL_ADDRESS', `${field.name}: invalid email address: ${value}`, [field.name]);
  if (field.length > 0 && value.length > field.length)
    throw new Refusal(400, 'STRING_TOO_LONG', `${field.name}: data value too large: ${value.slice(0, 40)} (max length=${field.length})`, [
      field.name,
    ]);
  if (field.values.length > 0 && !field.values.includes(value))
    throw new Refusal(400, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', `${field.name}: bad value for restricted picklist field: ${value}`, [
      field.name,
    ]);
  return value;
}

function checkReference(org: Org, field: Field, value: string): string {
  if (!looksLikeId(value)) throw malformedId(field.name, value);
  if (field.refersTo.length === 0) return value;
  if (org.state.bin[core(value)]) throw new Refusal(400, 'ENTITY_IS_DELETED', 'entity is deleted', [field.name]);
  const found = find(org, value);
  if (found && !field.refersTo.includes(found.object.name)) throw malformedId(field.name, value);
  if (!found) throw new Refusal(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field.name]);
  if (found.row.IsConverted === true) throw convertedLead();
  if (field.name === 'OwnerId' && found.row.IsActive === false)
    throw new Refusal(400, 'INACTIVE_OWNER_OR_USER', 'operation performed with inactive user', [field.name]);
  return String(found.row.Id);
}

/** A converted lead is read-only, and nothing new may point at it. */
export const convertedLead = () => new Refusal(400, 'CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');

const unreadable = (what: string) => new Refusal(400, 'JSON_PARSER_ERROR', `The request could not be read: ${what}`);
