import type { ObjectTable } from './field.ts';
import { core } from './ids.ts';
import { type Keys, openKeys } from './keys.ts';
import { objectOfId, objects } from './objects.ts';
import type { Row, Value } from './row.ts';
import { noRules, type Rules } from './rules.ts';

export type { Row, Value } from './row.ts';

interface Session {
  userId: string;
  expiresAt: number;
}

interface Code {
  userId: string;
  redirectUri: string;
  challenge: string;
  expiresAt: number;
}

/** A record in the recycle bin. */
interface Binned {
  object: string;
  row: Row;
  /** Milliseconds since 1970. */
  at: number;
}

/** Everything the org remembers; plain data, so that it survives a restart in a file. */
export interface OrgState {
  orgId: string;
  integrationUser: string;
  /** Object name → first 15 characters of the id → row. */
  rows: Record<string, Record<string, Row>>;
  bin: Record<string, Binned>;
  nextId: number;
  sessions: Record<string, Session>;
  codes: Record<string, Code>;
  /** Users whom an admin has pre-authorised for our app: they alone may use the JWT bearer flow. */
  preauthorised: string[];
  /** Users with View All Data. */
  seesAll: string[];
  /** Role → the role above it, or null at the top. */
  roles: Record<string, string | null>;
  /** Records opened to a user by hand. */
  shares: { recordId: string; userId: string }[];
  /** Levels an admin gave by hand, above everything else: `user:record` by their first 15 characters. */
  levels: Record<string, 'None' | 'Read' | 'Edit' | 'All'>;
  rules: Rules;
  /** API calls since the window opened. */
  used: { since: number; calls: number };
  /** What `ConnectApi.NamedCredentials.createCredential` keeps for the named credential. */
  installKey: string | null;
}

/** The org as the other files of the twin handle it. */
export interface Org {
  readonly state: OrgState;
  readonly now: () => number;
  /** Where each external id stands; made again from the rows on opening. */
  readonly keys: Keys;
  /** Undoes what the running transaction has done so far, newest last. */
  undo: (() => void)[];
  /** What the running transaction did; a trigger hears of it once it stands. */
  changes: Change[];
  /** API calls in 24 hours. */
  callsMax: number;
  /** Two upserts of one key within a second collide, as in a busy org. */
  collides: boolean;
}

/** One record that changed, as a trigger sees it. */
export interface Change {
  object: string;
  id: string;
  change: 'created' | 'updated' | 'deleted' | 'undeleted' | 'merged';
  by: string;
  at: number;
  masterId?: string;
  /** Of an update: the fields that stand otherwise now, for the trigger to look at; they are never told. */
  fields?: readonly string[];
}

export const openOrg = (state: OrgState, now: () => number, callsMax = 15_000): Org => ({
  state,
  now,
  keys: openKeys(state.rows),
  undo: [],
  changes: [],
  callsMax,
  collides: false,
});

export const rowsOf = (org: Org, object: string): Row[] => Object.values(org.state.rows[object] ?? {});
export const rowOf = (org: Org, object: string, id: string): Row | undefined => org.state.rows[object]?.[core(id)];
export const idOf = (row: Row): string => String(row.Id);

/** The row behind any id, whatever its object. */
export function find(org: Org, id: string): { object: ObjectTable; row: Row } | undefined {
  const object = objectOfId(id);
  const row = object && rowOf(org, object.name, id);
  return object && row ? { object, row } : undefined;
}

export const sameId = (a: Value | undefined, b: Value | undefined): boolean =>
  typeof a === 'string' && typeof b === 'string' && core(a) === core(b);

export const emptyState = (now: number, orgId: string, integrationUser: string): OrgState => ({
  orgId,
  integrationUser,
  rows: Object.fromEntries([...objects.keys()].map((name) => [name, {}])),
  bin: {},
  nextId: 1,
  sessions: {},
  codes: {},
  preauthorised: [],
  seesAll: [],
  roles: {},
  shares: [],
  levels: {},
  rules: noRules(),
  used: { since: now, calls: 0 },
  installKey: null,
});

/** Runs as one transaction: either all of it stands or none. */
export function atomically<T>(org: Org, work: () => T): T {
  const outer = org.undo;
  org.undo = [];
  try {
    const done = work();
    outer.push(...org.undo);
    org.undo = outer;
    return done;
  } catch (error) {
    rollBack(org);
    org.undo = outer;
    throw error;
  }
}

export function rollBack(org: Org): void {
  for (const step of org.undo.reverse()) step();
  org.undo = [];
}

/** As the API writes a moment: kept to the second, with milliseconds that are always nought and a zone without a colon. */
export const stamp = (at: number): string => new Date(Math.floor(at / 1_000) * 1_000).toISOString().replace('Z', '+0000');
export const moment = (text: string): number => Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
