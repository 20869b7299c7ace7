import type { ObjectType, Property } from './schema.ts';
import { builtIn } from './schema.ts';

/** Who changed something, as HubSpot names it: an app with its id, or a person at the screen with `userId:…`. */
export interface Source {
  type: 'INTEGRATION' | 'CRM_UI';
  id: string;
  userId?: number;
}

/** One value a property has had. */
export interface Past {
  value: string;
  at: string;
  by: Source;
}

export interface Row {
  id: string;
  properties: Record<string, string>;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
  /** Who made the record. */
  by: Source;
  /** Oldest first, of properties that changed since the record was made. */
  history?: Record<string, Past[]>;
  /** What search still sees: the values before the first change it has not indexed, and when that was. */
  unindexed?: { properties: Record<string, string>; sinceMs: number };
}

export interface Owner {
  id: string;
  userId: number;
  email: string;
  firstName: string;
  lastName: string;
  teams: { id: string; name: string; primary: boolean }[];
  archived: boolean;
}

export interface Stage {
  id: string;
  label: string;
  displayOrder: number;
  metadata: { isClosed: string; probability: string };
}

export interface Pipeline {
  id: string;
  label: string;
  displayOrder: number;
  stages: Stage[];
}

export interface Grant {
  userId: number;
  scopes: string[];
  /** Milliseconds; access tokens only. */
  expiresAt: number;
}

interface Code {
  userId: number;
  scopes: string[];
  redirectUri: string;
  challenge?: string;
  expiresAt: number;
}

/** A label somebody defined for ties from one type to another; its other direction is a label of its own. */
export interface Label {
  typeId: number;
  from: ObjectType;
  to: ObjectType;
  name: string;
  label: string;
  /** Type id of the other direction. */
  back: number;
}

/** What portals differ in. Change it at any time. */
interface Rules {
  /** Search knows of a change only after this. */
  searchLagMs: number;
  /**
   * Stage id → properties a deal must have to get there. HubSpot documents that `/2026-09/` checks conditionally required properties
   * (reference/hubspot.md §0) and older versions do not; nothing says that every rule made on the screen reaches the API,
   * so it is off until told.
   */
  requireAtStage: Record<string, readonly string[]>;
  /** Association labels come with the Professional and Enterprise tiers alone. */
  labels: boolean;
}

/** Something that happened to a record, for those who subscribed. */
export type Change = { type: ObjectType; id: string; atMs: number; by: Source } & (
  | { kind: 'creation' | 'deletion' | 'privacyDeletion' }
  | { kind: 'propertyChange'; name: string; value: string }
  | { kind: 'merge'; mergedIds: string[]; newId: string; moved: number }
);

export interface HubspotState {
  portalId: number;
  /** The app that calls: source of what the API writes. */
  appId: number;
  nextId: number;
  rules: Rules;
  labels: Label[];
  /** type → id of a record merged away → id it is found under now. */
  merged: Record<ObjectType, Record<string, string>>;
  /** Addresses that may not come back after a privacy deletion. */
  blocked: Record<string, true>;
  rows: Record<ObjectType, Record<string, Row>>;
  /** `contacts/9001` → `deals` → `7001` → association type ids. */
  links: Record<string, Partial<Record<ObjectType, Record<string, number[]>>>>;
  /** Properties and groups made by apps, on top of the built-in ones. */
  properties: Record<ObjectType, Record<string, Property>>;
  groups: Record<ObjectType, Record<string, { label: string; displayOrder: number }>>;
  /** type → property → value → id, for properties with unique values. */
  unique: Record<ObjectType, Record<string, Record<string, string>>>;
  pipelines: Pipeline[];
  owners: Owner[];
  codes: Record<string, Code>;
  access: Record<string, Grant>;
  refresh: Record<string, Grant>;
}

/** One portal as it runs. `tell` hears of every change to a record. */
export interface World {
  state: HubspotState;
  now: () => number;
  tell?: ((change: Change) => void) | undefined;
}

/** What every rule needs to know: the portal, the time, who acts, and whether the caller is on the dated API. */
export interface Desk extends World {
  /** `/2026-09/` validates conditional required properties and takes strings alone; `/v3/` is as it was. */
  dated: boolean;
  by: Source;
  /** Collects how to take back what was done; a batch that is refused as a whole runs it from the end. */
  undo?: (() => void)[];
}

/** The id a record is found under now: merged records answer to their old ids too. */
export function standingId(state: HubspotState, type: ObjectType, id: string): string {
  let found = id;
  for (let next = state.merged[type][found]; next !== undefined; next = state.merged[type][found]) found = next;
  return found;
}

export const propertyOf = (state: HubspotState, type: ObjectType, name: string): Property | undefined =>
  state.properties[type][name] ?? builtInBy(type).get(name);

export const propertiesOf = (state: HubspotState, type: ObjectType): Property[] => [
  ...builtIn[type],
  ...Object.values(state.properties[type]),
];

export const stageOf = (state: HubspotState, pipelineId: string, stageId: string): Stage | undefined =>
  state.pipelines.find(({ id }) => id === pipelineId)?.stages.find(({ id }) => id === stageId);

const indexes = new Map<ObjectType, Map<string, Property>>();
function builtInBy(type: ObjectType): Map<string, Property> {
  const known = indexes.get(type) ?? new Map(builtIn[type].map((property) => [property.name, property]));
  indexes.set(type, known);
  return known;
}
