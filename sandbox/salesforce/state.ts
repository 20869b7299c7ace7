import type { ObjectTable } from './field.ts';
import { core } from './ids.ts';
import { objectOfId, objects } from './objects.ts';

export type Value = string | number | boolean | null;
export type Row = Record<string, Value>;

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

/** Everything the org remembers; plain data, so that it survives a restart in a file. */
export interface OrgState {
  /** Object name → first 15 characters of the id → row. */
  rows: Record<string, Record<string, Row>>;
  deleted: Record<string, true>;
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
  /** API calls since the window opened. */
  used: { since: number; calls: number };
  /** What `ConnectApi.NamedCredentials.createCredential` keeps for the named credential. */
  installKey: string | null;
}

/** The org as the other files of the twin handle it. */
export interface Org {
  readonly state: OrgState;
  readonly now: () => number;
  /** Undoes what the running transaction has done so far, newest last. */
  undo: (() => void)[];
}

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

export const emptyState = (now: number): OrgState => ({
  rows: Object.fromEntries([...objects.keys()].map((name) => [name, {}])),
  deleted: {},
  nextId: 1,
  sessions: {},
  codes: {},
  preauthorised: [],
  seesAll: [],
  roles: {},
  shares: [],
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

/** As the API writes a moment: milliseconds and a zone without a colon. */
export const stamp = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');
export const moment = (text: string): number => Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
