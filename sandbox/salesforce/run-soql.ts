import { canRead } from './access.ts';
import { checkNames } from './check-soql.ts';
import { read } from './compute.ts';
import type { Field, ObjectTable } from './field.ts';
import { fieldOf } from './objects.ts';
import { Refusal } from './refusal.ts';
import { type Condition, parse, type Query } from './soql.ts';
import { accessRows } from './soql-access.ts';
import { compare, equal } from './soql-compare.ts';
import { candidates } from './soql-index.ts';
import { childOf, fieldAt, linkOf, noColumn } from './soql-names.ts';
import { find, idOf, type Org, type Row, rowsOf, sameId, type Value } from './state.ts';
import { type Tables, tableCalled, tablesOf } from './tables.ts';

/** One record as the query resource shows it. */
export type Shown = {
  [name: string]: Value | Shown | { type: string; url?: string } | { totalSize: number; done: true; records: Shown[] };
};

/** Runs one statement as this user: only what they may read comes back, and what lies in the bin only for `queryAll`. */
export function runSoql(org: Org, userId: string, text: string, version: string, withBin = false): { totalSize: number; records: Shown[] } {
  const query = parse(text);
  const tables = tablesOf(org, userId);
  const object = tableCalled(tables, query.from);
  if (!object) throw new Refusal(400, 'INVALID_TYPE', `sObject type '${query.from}' is not supported.`);
  const run = { org, userId, version, tables };
  const rows = object.name === 'UserRecordAccess' ? accessRows(org, query) : readable(run, object, candidates(org, object, query, withBin));
  checkNames(tables, query, object);
  const picked = pick(run, object, rows, query);
  if (query.counts) return { totalSize: picked.length, records: [] };
  return { totalSize: picked.length, records: picked.map((row) => show(run, object, row, query)) };
}

interface Run {
  org: Org;
  userId: string;
  version: string;
  tables: Tables;
}

const readable = (run: Run, object: ObjectTable, rows: Row[]) => rows.filter((row) => canRead(run.org, run.userId, object, row));

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
  const { child, link } = childOf(run.tables, object, sub);
  const own = rowsOf(run.org, child.name).filter((one) => sameId(one[link], row.Id));
  const rows = readable(run, child, own);
  return { records: pick(run, child, rows, sub).map((one) => show(run, child, one, sub)) };
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
  return { value: null, field: fieldAt(run.tables, object, path) };
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
