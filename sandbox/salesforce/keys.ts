import type { Field, ObjectTable } from './field.ts';
import { core } from './ids.ts';
import { objects } from './objects.ts';
import type { Row } from './row.ts';

/** Where each value of an external id or unique field stands, so that no upsert reads a whole table. */
export interface Keys {
  add(object: string, row: Row): void;
  drop(object: string, row: Row): void;
  /** First 15 characters of the ids that have this value, whatever its case. */
  at(object: string, field: string, value: string): readonly string[];
}

const keyed: ReadonlyMap<string, readonly Field[]> = new Map(
  [...objects].map(([name, object]) => [name, [...object.fields.values()].filter(isKey)]),
);

export function openKeys(rows: Record<string, Record<string, Row>>): Keys {
  const index = new Map<string, Set<string>>();
  const each = (object: string, row: Row, act: (key: string) => void) => {
    for (const { name } of keyed.get(object) ?? []) {
      const value = row[name];
      if (value !== null && value !== undefined) act(keyOf(object, name, String(value)));
    }
  };
  const keys: Keys = {
    add(object, row) {
      each(object, row, (key) => {
        const ids = index.get(key) ?? new Set();
        index.set(key, ids.add(core(String(row.Id))));
      });
    },
    drop(object, row) {
      each(object, row, (key) => index.get(key)?.delete(core(String(row.Id))));
    },
    at: (object, field, value) => [...(index.get(keyOf(object, field, value)) ?? [])],
  };
  for (const [object, table] of Object.entries(rows)) for (const row of Object.values(table)) keys.add(object, row);
  return keys;
}

/** Whether the index knows this field. */
export const isIndexed = (object: ObjectTable, name: string): boolean =>
  (keyed.get(object.name) ?? []).some((field) => field.name === name);

function isKey(field: Field): boolean {
  return field.externalId || field.unique;
}

const keyOf = (object: string, field: string, value: string) => `${object}.${field}.${value.toLowerCase()}`;
