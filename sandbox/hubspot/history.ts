import type { ObjectType } from './schema.ts';
import type { Past, Row, Source } from './state.ts';

/** HubSpot keeps the newest values of a property alone: more of a contact's than of other records'. */
const keptOf = (type: ObjectType) => (type === 'contacts' ? 45 : 20);

/** Notes what a property gets next. Call it before the value is set, and only when it differs. */
export function remember(type: ObjectType, row: Row, name: string, value: string, at: string, by: Source): void {
  const past = pastOf(row, name);
  row.history = { ...row.history, [name]: [...past, { value, at, by }].slice(-keptOf(type)) };
}

/** Oldest first. What never changed since the record was made is not written down twice. */
function pastOf(row: Row, name: string): Past[] {
  const held = row.properties[name];
  return row.history?.[name] ?? (held === undefined ? [] : [{ value: held, at: row.createdAt, by: row.by }]);
}

/** crm-objects.json ValueWithTimestamp, newest first. */
export const historyShown = (row: Row, name: string) =>
  [...pastOf(row, name)].reverse().map(({ value, at, by }) => ({
    value,
    timestamp: at,
    sourceType: by.type,
    sourceId: by.id,
    ...(by.userId === undefined ? {} : { updatedByUserId: by.userId }),
  }));
