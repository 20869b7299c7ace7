import type { Field, ObjectTable } from './field.ts';
import { fieldOf } from './objects.ts';
import { Refusal } from './refusal.ts';
import type { Query } from './soql.ts';
import type { Tables } from './tables.ts';

/** The field at the end of a dotted path. */
export function fieldAt(tables: Tables, object: ObjectTable, path: string): Field {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    const field = fieldOf(object, first);
    if (!field) throw noColumn(first, object);
    return field;
  }
  const link = linkOf(object, first);
  const parents = link.refersTo.map((name) => tables.get(name)).filter((one) => one !== undefined);
  const known = parents.find((parent) => knows(tables, parent, rest.join('.')));
  return fieldAt(tables, known ?? parents[0] ?? object, rest.join('.'));
}

/** A name that may point at several objects (Who, What) shows what any of them has. */
function knows(tables: Tables, object: ObjectTable, path: string): boolean {
  try {
    return fieldAt(tables, object, path) !== undefined;
  } catch {
    return false;
  }
}

/** The relationship a path goes through. */
export function linkOf(object: ObjectTable, relationship: string): Field {
  const link = [...object.fields.values()].find((field) => field.relationship?.toLowerCase() === relationship.toLowerCase());
  if (!link)
    throw new Refusal(
      400,
      'INVALID_FIELD',
      `Didn't understand relationship '${relationship}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name.`,
    );
  return link;
}

/** The object a sub-query reads, and its field that points back here. */
export function childOf(tables: Tables, object: ObjectTable, sub: Query): { child: ObjectTable; link: string } {
  const name = Object.keys(object.children).find((one) => one.toLowerCase() === sub.from.toLowerCase());
  const [childName, link] = (name ? object.children[name] : undefined) ?? [];
  const child = childName ? tables.get(childName) : undefined;
  if (!child || !link) throw new Refusal(400, 'INVALID_TYPE', `Didn't understand relationship '${sub.from}' in FROM part of query call.`);
  return { child, link };
}

export const noColumn = (name: string, object: ObjectTable) =>
  new Refusal(
    400,
    'INVALID_FIELD',
    `No such column '${name}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.`,
  );
