import type { Field, ObjectTable } from './field.ts';
import { looksLikeId } from './ids.ts';
import { Refusal } from './refusal.ts';
import type { Condition, Query } from './soql.ts';
import { childOf, fieldAt } from './soql-names.ts';
import type { Literal } from './soql-tokens.ts';
import type { Tables } from './tables.ts';

/** Every name in the statement is checked before the first row is read: an empty table refuses the same mistakes. */
export function checkNames(tables: Tables, query: Query, object: ObjectTable): void {
  for (const item of query.items) {
    if (!('sub' in item)) fieldAt(tables, object, item.field);
    else {
      if (item.sub.items.some((inner) => 'sub' in inner)) throw new Refusal(400, 'MALFORMED_QUERY', 'only one level of nesting is served');
      checkNames(tables, item.sub, childOf(tables, object, item.sub).child);
    }
  }
  for (const { field } of query.order) fieldAt(tables, object, field);
  if (query.where) checkWhere(tables, query.where, object);
}

function checkWhere(tables: Tables, condition: Condition, object: ObjectTable): void {
  if ('parts' in condition) for (const part of condition.parts) checkWhere(tables, part, object);
  else if ('part' in condition) checkWhere(tables, condition.part, object);
  else {
    const field = fieldAt(tables, object, condition.field);
    if (!field.filterable) throw new Refusal(400, 'INVALID_FIELD', `field '${field.name}' can not be filtered in a query call`);
    for (const value of condition.kind === 'in' ? condition.values : [condition.value]) checkLiteral(field, value, condition);
  }
}

function checkLiteral(field: Field, literal: Literal, condition: Condition): void {
  if (literal.type === 'null') return;
  const wanted = wants(field);
  if (literal.type !== wanted)
    throw new Refusal(
      400,
      'INVALID_FIELD',
      `value of filter criterion for field '${field.name}' must be of type ${field.type}${wanted === 'string' ? ' and should be enclosed in quotes' : ''}`,
    );
  const isLike = condition.kind === 'compare' && condition.op === 'like';
  if (isLike && wanted !== 'string') throw new Refusal(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${field.type} field`);
  if ((field.type === 'id' || field.type === 'reference') && (isLike || !looksLikeId(literal.text)))
    throw new Refusal(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${literal.text}`);
}

function wants(field: Field): Literal['type'] {
  switch (field.type) {
    case 'boolean':
    case 'date':
    case 'datetime':
      return field.type;
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return 'number';
    default:
      return 'string';
  }
}
