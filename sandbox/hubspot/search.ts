import { invalid } from './answer.ts';
import { show } from './records.ts';
import type { ObjectType } from './schema.ts';
import { type Desk, propertyOf, type Row } from './state.ts';

interface Filter {
  propertyName: string;
  operator: string;
  value?: string;
  values?: string[];
  highValue?: string;
}

interface Asked {
  filterGroups: { filters: Filter[] }[];
  properties: string[];
  sorts: (string | { propertyName: string; direction?: string })[];
  limit: number;
  after: number;
  query: string;
}

/** `POST …/search` — crm-objects.json PublicObjectSearchRequest with the limits of reference/hubspot.md §5. */
export function search(desk: Desk, type: ObjectType, body: unknown) {
  const asked = parse(desk, type, body);
  const indexedMs = desk.now() - desk.state.rules.searchLagMs;
  const words = asked.query.toLowerCase();
  const found = Object.values(desk.state.rows[type])
    .flatMap((row) => seen(row, indexedMs))
    .filter(
      ({ held }) =>
        asked.filterGroups.length === 0 || asked.filterGroups.some(({ filters }) => filters.every((filter) => matches(held, filter))),
    )
    .filter(({ held }) => words === '' || Object.values(held).some((value) => value.toLowerCase().includes(words)));
  for (const sort of [...asked.sorts].reverse()) found.sort(order(sort));
  const page = found.slice(asked.after, asked.after + asked.limit);
  const next = asked.after + page.length;
  return {
    total: found.length,
    results: page.map(({ row, held }) => show(desk.state, type, row, asked.properties, [], held)),
    ...(next < found.length ? { paging: { next: { after: String(next) } } } : {}),
  };
}

interface Seen {
  row: Row;
  held: Record<string, string>;
}

/** A record as the index knows it: not at all when it is new, and with its old values when it has just changed. */
function seen(row: Row, indexedMs: number): Seen[] {
  const seeded = Number(row.id) < 20_000;
  if (row.archived || (!seeded && Date.parse(row.createdAt) > indexedMs)) return [];
  return [{ row, held: row.unindexed && row.unindexed.sinceMs > indexedMs ? row.unindexed.properties : row.properties }];
}

function parse(desk: Desk, type: ObjectType, body: unknown): Asked {
  const given = (body ?? {}) as Partial<Record<keyof Asked, unknown>>;
  if (desk.dated) {
    const missing = (['after', 'filterGroups', 'limit', 'properties', 'sorts'] as const).filter((name) => given[name] === undefined);
    if (missing.length > 0) throw invalid(`Invalid input JSON: missing ${missing.join(', ')}`);
    if (typeof given.after !== 'string') throw invalid('Invalid input JSON: after must be a string');
  }
  const list = <T>(value: unknown, what: string): T[] => {
    if (value !== undefined && !Array.isArray(value)) throw invalid(`Invalid input JSON: ${what} must be a list`);
    return (value ?? []) as T[];
  };
  const asked: Asked = {
    filterGroups: list(given.filterGroups, 'filterGroups'),
    properties: list(given.properties, 'properties'),
    sorts: list(given.sorts, 'sorts'),
    limit: Number(given.limit ?? 10),
    after: Number(given.after ?? 0),
    query: String(given.query ?? ''),
  };
  if (!Number.isInteger(asked.limit) || asked.limit < 1 || asked.limit > 200) throw invalid('limit must be between 1 and 200');
  if (!Number.isInteger(asked.after) || asked.after < 0) throw invalid('after must be a number');
  if (asked.after + asked.limit > 10_000) throw invalid('The maximum number of results is 10000');
  if (asked.query.length > 3_000) throw invalid('query must be at most 3000 characters');
  if (asked.filterGroups.length > 5) throw invalid('The maximum number of filterGroups is 5');
  for (const group of asked.filterGroups) {
    if (!Array.isArray(group?.filters) || group.filters.length === 0) throw invalid('A filterGroup needs filters');
    if (group.filters.length > 6) throw invalid('The maximum number of filters in a filterGroup is 6');
    for (const filter of group.filters) checkFilter(desk, type, filter);
  }
  return asked;
}

function checkFilter(desk: Desk, type: ObjectType, filter: Filter): void {
  if (!propertyOf(desk.state, type, filter.propertyName)) {
    const message = `Property "${filter.propertyName}" does not exist`;
    throw invalid(message, [{ message, code: 'PROPERTY_DOESNT_EXIST', context: { propertyName: [String(filter.propertyName)] } }]);
  }
  const needs: Record<string, boolean> = {
    EQ: typeof filter.value === 'string',
    NEQ: typeof filter.value === 'string',
    LT: typeof filter.value === 'string',
    LTE: typeof filter.value === 'string',
    GT: typeof filter.value === 'string',
    GTE: typeof filter.value === 'string',
    BETWEEN: typeof filter.value === 'string' && typeof filter.highValue === 'string',
    IN: Array.isArray(filter.values),
    NOT_IN: Array.isArray(filter.values),
    HAS_PROPERTY: true,
    NOT_HAS_PROPERTY: true,
    CONTAINS_TOKEN: typeof filter.value === 'string',
    NOT_CONTAINS_TOKEN: typeof filter.value === 'string',
  };
  if (!(filter.operator in needs)) throw invalid(`Invalid input JSON: ${String(filter.operator)} is not an operator`);
  if (!needs[filter.operator]) throw invalid(`${filter.operator} needs a value`);
}

function matches(values: Record<string, string>, filter: Filter): boolean {
  const held = values[filter.propertyName];
  const same = (value: string) => held?.toLowerCase() === value.toLowerCase();
  const token = () =>
    (held ?? '')
      .toLowerCase()
      .split(/[^\p{L}\p{N}@.+]+/u)
      .includes((filter.value ?? '').replaceAll('*', '').toLowerCase());
  const against = (value: string | undefined) => size(held ?? '') - size(value ?? '');
  switch (filter.operator) {
    case 'EQ':
      return same(filter.value ?? '');
    case 'NEQ':
      return !same(filter.value ?? '');
    case 'IN':
      return (filter.values ?? []).some(same);
    case 'NOT_IN':
      return !(filter.values ?? []).some(same);
    case 'HAS_PROPERTY':
      return held !== undefined;
    case 'NOT_HAS_PROPERTY':
      return held === undefined;
    case 'CONTAINS_TOKEN':
      return token();
    case 'NOT_CONTAINS_TOKEN':
      return !token();
    case 'LT':
      return held !== undefined && against(filter.value) < 0;
    case 'LTE':
      return held !== undefined && against(filter.value) <= 0;
    case 'GT':
      return held !== undefined && against(filter.value) > 0;
    case 'GTE':
      return held !== undefined && against(filter.value) >= 0;
    default:
      return held !== undefined && against(filter.value) >= 0 && against(filter.highValue) <= 0;
  }
}

/** Numbers as they are, times as milliseconds. */
const size = (value: string) => (/^-?[\d.]+$/.test(value) ? Number(value) : Date.parse(value));

function order(sort: Asked['sorts'][number]): (a: Seen, b: Seen) => number {
  const name = typeof sort === 'string' ? sort.replace(/^-/, '') : sort.propertyName;
  const down = typeof sort === 'string' ? sort.startsWith('-') : sort.direction === 'DESCENDING';
  return (a, b) => {
    const [left = '', right = ''] = [a.held[name], b.held[name]];
    const ahead = Number.isNaN(size(left)) || Number.isNaN(size(right)) ? left.localeCompare(right) : size(left) - size(right);
    return down ? -ahead : ahead;
  };
}
