import type { ObjectType } from './schema.ts';
import type { HubspotState, Label } from './state.ts';

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
  'emails>contacts': 198,
  'emails>companies': 186,
  'emails>deals': 210,
  'meetings>contacts': 200,
  'meetings>companies': 188,
  'meetings>deals': 212,
  'contacts>emails': 197,
  'companies>emails': 185,
  'deals>emails': 209,
  'contacts>meetings': 199,
  'companies>meetings': 187,
  'deals>meetings': 211,
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

/** A type by its category and id: HubSpot's own, or a label of this portal. */
export const knownType = (state: HubspotState, from: ObjectType, to: ObjectType, category: unknown, typeId: number): boolean =>
  category === 'HUBSPOT_DEFINED'
    ? typesBetween(from, to).includes(typeId)
    : category === 'USER_DEFINED' && labelsBetween(state, from, to).some((label) => label.typeId === typeId);

export const labelsBetween = (state: HubspotState, from: ObjectType, to: ObjectType): Label[] =>
  state.labels.filter((label) => label.from === from && label.to === to);

/** A tie's type as answers show it. */
export function typeShown(state: HubspotState, from: ObjectType, to: ObjectType, typeId: number) {
  const own = state.labels.find((label) => label.typeId === typeId);
  if (own) return { category: 'USER_DEFINED', typeId, label: own.label };
  return { category: 'HUBSPOT_DEFINED', typeId, label: isPrimary(from, to, typeId) ? 'Primary' : null };
}

export const isPrimary = (from: ObjectType, to: ObjectType, typeId: number): boolean => primary[`${from}>${to}`] === typeId;

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
  const plain = defaultType[`${from}>${to}`];
  const own = state.labels.find((label) => label.typeId === typeId);
  // Whoever is tied by a label is tied without one as well.
  if (own && plain !== undefined) link(state, from, fromId, to, toId, plain);
  add(state, from, fromId, to, toId, typeId);
  const back = own ? own.back : isPrimary(from, to, typeId) ? primary[`${to}>${from}`] : defaultType[`${to}>${from}`];
  if (back !== undefined) add(state, to, toId, from, fromId, back);
}

/** Takes one label off a tie, seen from both sides; taking the plain type off takes the whole tie. */
export function unlabel(state: HubspotState, from: ObjectType, fromId: string, to: ObjectType, toId: string, typeId: number): void {
  if (defaultType[`${from}>${to}`] === typeId) {
    unlink(state, from, fromId, to, toId);
    return;
  }
  const own = state.labels.find((label) => label.typeId === typeId);
  const back = own ? own.back : primary[`${to}>${from}`];
  const drop = (a: ObjectType, aId: string, b: ObjectType, bId: string, type: number | undefined) => {
    const ties = state.links[`${a}/${aId}`]?.[b];
    if (ties?.[bId]) ties[bId] = ties[bId].filter((held) => held !== type);
  };
  drop(from, fromId, to, toId, typeId);
  drop(to, toId, from, fromId, back);
}

export function unlink(state: HubspotState, from: ObjectType, fromId: string, to: ObjectType, toId: string): void {
  delete state.links[`${from}/${fromId}`]?.[to]?.[toId];
  delete state.links[`${to}/${toId}`]?.[from]?.[fromId];
}

/** Ids of one type a record is tied to, with the types of the tie; archived records are not there. */
export const linked = (state: HubspotState, from: ObjectType, fromId: string, to: ObjectType): { id: string; types: number[] }[] =>
  Object.entries(state.links[`${from}/${fromId}`]?.[to] ?? {})
    .filter(([id, types]) => types.length > 0 && state.rows[to][id]?.archived === false)
    .map(([id, types]) => ({ id, types }));

function add(state: HubspotState, from: ObjectType, fromId: string, to: ObjectType, toId: string, typeId: number): void {
  const ties = state.links[`${from}/${fromId}`] ?? {};
  const ids = ties[to] ?? {};
  ids[toId] = [...new Set([...(ids[toId] ?? []), typeId])];
  ties[to] = ids;
  state.links[`${from}/${fromId}`] = ties;
}
