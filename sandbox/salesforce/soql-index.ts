import type { ObjectTable } from './field.ts';
import { core } from './ids.ts';
import { isIndexed } from './keys.ts';
import { fieldOf } from './objects.ts';
import type { Condition, Query } from './soql.ts';
import { type Org, type Row, rowOf, rowsOf } from './state.ts';

/** The rows a statement has to look at: those an id or an external id names, else the whole table. The WHERE still decides. */
export function candidates(org: Org, object: ObjectTable, query: Query, withBin: boolean): Row[] {
  const binned = withBin
    ? Object.values(org.state.bin)
        .filter((one) => one.object === object.name)
        .map(({ row }) => row)
    : [];
  return [...live(org, object, query), ...binned];
}

function live(org: Org, object: ObjectTable, query: Query): Row[] {
  const parts = query.where?.kind === 'and' ? query.where.parts : query.where ? [query.where] : [];
  for (const part of parts) {
    const [name, values] = named(object, part) ?? [];
    if (name === undefined || values === undefined) continue;
    const ids = name === 'Id' ? values.map(core) : values.flatMap((value) => org.keys.at(object.name, name, value));
    return [...new Set(ids)].map((id) => rowOf(org, object.name, id)).filter((row) => row !== undefined);
  }
  return rowsOf(org, object.name);
}

/** The field and the values of an equality or a list the index can answer. */
function named(object: ObjectTable, part: Condition): [name: string, values: string[]] | undefined {
  if (part.kind !== 'in' && part.kind !== 'compare') return undefined;
  const field = fieldOf(object, part.field);
  if (!field || !(field.name === 'Id' || isIndexed(object, field.name))) return undefined;
  const literals = part.kind === 'in' ? (part.not ? undefined : part.values) : part.op === '=' ? [part.value] : undefined;
  if (!literals?.every(({ type, text }) => type === 'string' && !text.includes('\\'))) return undefined;
  return [field.name, literals.map(({ text }) => text)];
}
