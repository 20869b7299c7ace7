import { canRead, levelFor } from './access.ts';
import { read } from './compute.ts';
import { core, looksLikeId } from './ids.ts';
import { type Field, fieldOf, type ObjectTable, objectCalled, objects } from './objects.ts';
import { Refusal } from './refusal.ts';
import { type Condition, type Literal, parse, type Query } from './soql.ts';
import { find, idOf, moment, type Org, type Row, rowsOf, sameId, type Value } from './state.ts';

/** One record as the query resource shows it. */
export type Shown = {
  [name: string]: Value | Shown | { type: string; url?: string } | { totalSize: number; done: true; records: Shown[] };
};

/** Runs one statement as this user: only what they may read comes back. */
export function runSoql(org: Org, userId: string, text: string, version: string): { totalSize: number; records: Shown[] } {
  const query = parse(text);
  const object = objectCalled(query.from);
  if (!object) throw new Refusal(400, 'INVALID_TYPE', `sObject type '${query.from}' is not supported.`);
  const rows = object.name === 'UserRecordAccess' ? accessRows(org, query) : readable(org, userId, object);
  const run = { org, userId, version };
  checkNames(query, object);
  const picked = pick(run, object, rows, query);
  if (query.counts) return { totalSize: picked.length, records: [] };
  return { totalSize: picked.length, records: picked.map((row) => show(run, object, row, query)) };
}

interface Run {
  org: Org;
  userId: string;
  version: string;
}

const readable = (org: Org, userId: string, object: ObjectTable) =>
  rowsOf(org, object.name).filter((row) => canRead(org, userId, object, row));
const noColumn = (name: string, object: ObjectTable) =>
  new Refusal(
    400,
    'INVALID_FIELD',
    `No such column '${name}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.`,
  );

function pick(run: Run, object: ObjectTable, rows: Row[], query: Query): Row[] {
  const { where } = query;
  const kept = where ? rows.filter((row) => holds(run, object, row, where)) : rows;
  const sorted = query.order.length > 0 ? [...kept].sort((a, b) => compareRows(run, object, query, a, b)) : kept;
  return sorted.slice(query.offset, query.offset + (query.limit ?? Number.POSITIVE_INFINITY));
}

function compareRows(run: Run, object: ObjectTable, query: Query, a: Row, b: Row): number {
  for (const { field, down, nullsLast } of query.order) {
    const [left, right] = [reach(run, object, a, field).value, reach(run, object, b, field).value];
    if (left === right) continue;
    if (left === null || right === null) return (left === null) === nullsLast ? 1 : -1;
    const way = left < right ? -1 : 1;
    return down ? -way : way;
  }
  return 0;
}

function show(run: Run, object: ObjectTable, row: Row, query: Query): Shown {
  const out: Shown = { attributes: attributes(run, object, row) };
  for (const item of query.items) {
    if ('sub' in item) {
      const rows = childRows(run, object, row, item.sub);
      out[item.sub.from] = rows.records.length > 0 ? { totalSize: rows.records.length, done: true, records: rows.records } : null;
    } else place(run, object, row, item.field.split('.'), out);
  }
  return out;
}

const attributes = (run: Run, object: ObjectTable, row: Row) => ({
  type: object.name,
  ...(row.Id ? { url: `/services/data/v${run.version}/sobjects/${object.name}/${idOf(row)}` } : {}),
});

function place(run: Run, object: ObjectTable, row: Row, path: readonly string[], out: Shown): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    const field = fieldOf(object, first);
    if (!field) throw noColumn(first, object);
    out[field.name] = read(run.org, object, row, field);
    return;
  }
  const link = linkOf(object, first);
  const parent = parentOf(run, row, link);
  if (!parent) {
    out[link.relationship ?? first] = null;
    return;
  }
  const inner = out[link.relationship ?? first] ?? { attributes: attributes(run, parent.object, parent.row) };
  out[link.relationship ?? first] = inner;
  place(run, parent.object, parent.row, rest, inner as Shown);
}

function childRows(run: Run, object: ObjectTable, row: Row, sub: Query): { records: Shown[] } {
  const { child, link } = childOf(object, sub);
  const rows = readable(run.org, run.userId, child).filter((one) => sameId(one[link], row.Id));
  return { records: pick(run, child, rows, sub).map((one) => show(run, child, one, sub)) };
}

function childOf(object: ObjectTable, sub: Query): { child: ObjectTable; link: string } {
  const name = Object.keys(object.children).find((one) => one.toLowerCase() === sub.from.toLowerCase());
  const [childName, link] = (name ? object.children[name] : undefined) ?? [];
  const child = childName ? objects.get(childName) : undefined;
  if (!child || !link) throw new Refusal(400, 'INVALID_TYPE', `Didn't understand relationship '${sub.from}' in FROM part of query call.`);
  return { child, link };
}

function linkOf(object: ObjectTable, relationship: string): Field {
  const link = [...object.fields.values()].find((field) => field.relationship?.toLowerCase() === relationship.toLowerCase());
  if (!link)
    throw new Refusal(
      400,
      'INVALID_FIELD',
      `Didn't understand relationship '${relationship}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name.`,
    );
  return link;
}

function parentOf(run: Run, row: Row, link: Field): { object: ObjectTable; row: Row } | undefined {
  const id = row[link.name];
  return typeof id === 'string' ? find(run.org, id) : undefined;
}

/** The value at the end of a dotted path, and the field it stands in. */
function reach(run: Run, object: ObjectTable, row: Row, path: string): { value: Value; field: Field } {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    const field = fieldOf(object, first);
    if (!field) throw noColumn(first, object);
    return { value: read(run.org, object, row, field), field };
  }
  const link = linkOf(object, first);
  const parent = parentOf(run, row, link);
  if (parent) return reach(run, parent.object, parent.row, rest.join('.'));
  return { value: null, field: fieldAt(object, path) };
}

/** Every name in the statement is checked before the first row is read: an empty table refuses the same mistakes. */
function checkNames(query: Query, object: ObjectTable): void {
  for (const item of query.items) {
    if (!('sub' in item)) fieldAt(object, item.field);
    else {
      if (item.sub.items.some((inner) => 'sub' in inner)) throw new Refusal(400, 'MALFORMED_QUERY', 'only one level of nesting is served');
      checkNames(item.sub, childOf(object, item.sub).child);
    }
  }
  for (const { field } of query.order) fieldAt(object, field);
  if (query.where) checkWhere(query.where, object);
}

function checkWhere(condition: Condition, object: ObjectTable): void {
  if ('parts' in condition) for (const part of condition.parts) checkWhere(part, object);
  else if ('part' in condition) checkWhere(condition.part, object);
  else {
    const field = fieldAt(object, condition.field);
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

function fieldAt(object: ObjectTable, path: string): Field {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    const field = fieldOf(object, first);
    if (!field) throw noColumn(first, object);
    return field;
  }
  const link = linkOf(object, first);
  const parents = link.refersTo.map((name) => objects.get(name)).filter((one) => one !== undefined);
  const known = parents.find((parent) => knows(parent, rest.join('.')));
  return fieldAt(known ?? parents[0] ?? object, rest.join('.'));
}

/** A name that may point at several objects (Who, What) shows what any of them has. */
function knows(object: ObjectTable, path: string): boolean {
  try {
    return fieldAt(object, path) !== undefined;
  } catch {
    return false;
  }
}

function holds(run: Run, object: ObjectTable, row: Row, condition: Condition): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => holds(run, object, row, part));
    case 'or':
      return condition.parts.some((part) => holds(run, object, row, part));
    case 'not':
      return !holds(run, object, row, condition.part);
    case 'in': {
      const { value, field } = reach(run, object, row, condition.field);
      return condition.values.some((literal) => equal(field, value, literal)) !== condition.not;
    }
    case 'compare': {
      const { value, field } = reach(run, object, row, condition.field);
      return compare(field, value, condition.op, condition.value);
    }
  }
}

function compare(field: Field, value: Value, op: (Condition & { kind: 'compare' })['op'], literal: Literal): boolean {
  if (op === '=') return equal(field, value, literal);
  if (op === '!=') return !equal(field, value, literal);
  if (value === null || literal.type === 'null') return false;
  if (op === 'like') return pattern(literal.text).test(String(value));
  const [left, right] = sides(field, value, literal);
  if (op === '<') return left < right;
  if (op === '<=') return left <= right;
  return op === '>' ? left > right : left >= right;
}

function equal(field: Field, value: Value, literal: Literal): boolean {
  if (literal.type === 'null') return value === null;
  if (value === null) return false;
  if (field.type === 'id' || field.type === 'reference') return core(String(value)) === core(literal.text);
  const [left, right] = sides(field, value, literal);
  return left === right;
}

function sides(field: Field, value: Value, literal: Literal): [string | number, string | number] {
  if (literal.type === 'number') return [Number(value), Number(literal.text)];
  if (field.type === 'datetime') return [moment(String(value)), moment(literal.text)];
  if (literal.type === 'boolean') return [String(value), literal.text];
  return [String(value).toLowerCase(), plainText(literal.text).toLowerCase()];
}

const controls: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const plainText = (text: string) => text.replace(/\\(.)/g, (_, char: string) => controls[char.toLowerCase()] ?? char);

/** % is any run of characters, _ is one; both can be escaped. */
function pattern(text: string): RegExp {
  const source = text.replace(/\\(.)|([%_])|([^\\%_]+)/gs, (_, escaped?: string, wild?: string, plain?: string) => {
    if (wild) return wild === '%' ? '.*' : '.';
    return quoted(escaped ? (controls[escaped.toLowerCase()] ?? escaped) : (plain ?? ''));
  });
  return new RegExp(`^${source}$`, 'is');
}

const quoted = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** UserRecordAccess answers only to a question that names the user and the records. */
function accessRows(org: Org, query: Query): Row[] {
  const parts = query.where?.kind === 'and' ? query.where.parts : query.where ? [query.where] : [];
  const given = (name: string): string[] => {
    const part = parts.find((one) => 'field' in one && one.field.toLowerCase() === name);
    if (part?.kind === 'in' && !part.not) return part.values.map(({ text }) => text);
    return part?.kind === 'compare' && part.op === '=' ? [part.value.text] : [];
  };
  const [userId] = given('userid');
  const records = given('recordid');
  if (!userId || records.length === 0 || records.length > 200)
    throw new Refusal(
      400,
      'INVALID_FIELD',
      'Can select only RecordId, a Has*Access field and MaxAccessLevel, filtered by UserId and at most 200 RecordIds',
    );
  return records.filter((id) => find(org, id)).map((id) => accessRow(org, userId, id));
}

function accessRow(org: Org, userId: string, recordId: string): Row {
  const level = levelFor(org, userId, recordId);
  const edits = level === 'Edit' || level === 'All';
  return {
    UserId: userId,
    RecordId: recordId,
    HasReadAccess: level !== 'None',
    HasEditAccess: edits,
    HasDeleteAccess: level === 'All',
    HasTransferAccess: level === 'All',
    HasAllAccess: level === 'All',
    MaxAccessLevel: level,
  };
}
