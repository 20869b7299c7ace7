import type { ObjectTable } from './field.ts';
import { core } from './ids.ts';
import { idOf, type Org, type Row } from './state.ts';

/** Puts a row in its place; taken back when the transaction is. */
export function put(org: Org, object: ObjectTable, row: Row): void {
  const table = org.state.rows[object.name] ?? {};
  org.state.rows[object.name] = table;
  const key = core(idOf(row));
  const before = table[key];
  if (before) org.keys.drop(object.name, before);
  table[key] = row;
  org.keys.add(object.name, row);
  org.undo.push(() => {
    org.keys.drop(object.name, row);
    if (before) {
      table[key] = before;
      org.keys.add(object.name, before);
    } else delete table[key];
  });
}

/** Takes a row away; brought back when the transaction is taken back. */
export function drop(org: Org, object: ObjectTable, row: Row): void {
  const table = org.state.rows[object.name] ?? {};
  const key = core(idOf(row));
  delete table[key];
  org.keys.drop(object.name, row);
  org.undo.push(() => {
    table[key] = row;
    org.keys.add(object.name, row);
  });
}
