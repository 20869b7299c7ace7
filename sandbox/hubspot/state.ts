import type { ObjectType, Property } from './schema.ts';
import { builtIn } from './schema.ts';

export interface Row {
  id: string;
  properties: Record<string, string>;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
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

export interface HubspotState {
  portalId: number;
  nextId: number;
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

/** What every rule needs to know: the portal, the time, and whether the caller is on the dated API. */
export interface Desk {
  state: HubspotState;
  now: () => number;
  /** `/2026-09/` validates conditional required properties and takes strings alone; `/v3/` is as it was. */
  dated: boolean;
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
