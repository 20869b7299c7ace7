import type { ObjectType } from './schema.ts';
import type { HubspotState } from './state.ts';

/** HUBSPOT_DEFINED types, without label (reference/hubspot.md §5 and the client's AssociationTypes). Key `from>to`. */
export const defaultType: Record<string, number> = {
  'calls>contacts': 194,
  'calls>companies': 182,
  'calls>deals': 206,
  'notes>contacts': 202,
  'notes>companies': 190,
  'notes>deals': 214,
  'tasks>contacts': 204,
  'tasks>companies': 192,
  'tasks>deals': 216,
  'contacts>calls': 193,
  'companies>calls': 181,
  'deals>calls': 205,
  'contacts>notes': 201,
  'companies>notes': 189,
  'deals>notes': 213,
  'contacts>tasks': 203,
  'companies>tasks': 191,
  'deals>tasks': 215,
  'deals>contacts': 3,
  'contacts>deals': 4,
  'contacts>companies': 279,
  'companies>contacts': 280,
  'deals>companies': 341,
  'companies>deals': 342,
  'contacts>contacts': 449,
  'companies>companies': 450,
  'deals>deals': 451,
};

/** Labelled HUBSPOT_DEFINED types: a company may be the primary one. */
const primary: Record<string, number> = { 'contacts>companies': 1, 'companies>contacts': 2, 'deals>companies': 5, 'companies>deals': 6 };

export const typesBetween = (from: ObjectType, to: ObjectType): number[] =>
  [defaultType[`${from}>${to}`], primary[`${from}>${to}`]].filter((type) => type !== undefined);

export const labelOf = (from: ObjectType, to: ObjectType, typeId: number): string | null =>
  primary[`${from}>${to}`] === typeId ? 'Primary' : null;

/** Ties two records together, seen from both sides. Twice is once. */
export function link(
  state: HubspotState,
  from: ObjectType,
  fromId: string,
  to: ObjectType,
  toId: string,
  typeId = defaultType[`${from}>${to}`],
): void {
  if (typeId === undefined) return;
  add(state, from, fromId, to, toId, typeId);
  const back = primary[`${from}>${to}`] === typeId ? primary[`${to}>${from}`] : defaultType[`${to}>${from}`];
  if (back !== undefined) add(state, to, toId, from, fromId, back);
}

export function unlink(state: HubspotState, from: ObjectType, fromId: string, to: ObjectType, toId: string): void {
  delete state.links[`${from}/${fromId}`]?.[to]?.[toId];
  delete state.links[`${to}/${toId}`]?.[from]?.[fromId];
}

/** Ids of one type a record is tied to, with the types of the tie; archived records are not there. */
export const linked = (state: HubspotState, from: ObjectType, fromId: string, to: ObjectType): { id: string; types: number[] }[] =>
  Object.entries(state.links[`${from}/${fromId}`]?.[to] ?? {})
    .filter(([id]) => state.rows[to][id]?.archived === false)
    .map(([id, types]) => ({ id, types }));

function add(state: HubspotState, from: ObjectType, fromId: string, to: ObjectType, toId: string, typeId: number): void {
  const ties = state.links[`${from}/${fromId}`] ?? {};
  const ids = ties[to] ?? {};
  ids[toId] = [...new Set([...(ids[toId] ?? []), typeId])];
  ties[to] = ids;
  state.links[`${from}/${fromId}`] = ties;
}
