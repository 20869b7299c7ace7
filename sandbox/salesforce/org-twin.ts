import { cast } from '../cast.ts';
import { openStore } from '../kit/store.ts';
import { type Level, levelFor } from './access.ts';
import { core, makeId } from './ids.ts';
import { openSession } from './oauth.ts';
import * as people from './people.ts';
import type { Rules } from './rules.ts';
import { orgIdOf, otherProduct, seed, usernameOf } from './seed.ts';
import { emptyState, type Org, type OrgState, openOrg, type Row, rowOf, rowsOf } from './state.ts';
import { type Count, openTally, type Tally } from './tally.ts';
import { type Activity, timelineOf } from './timeline.ts';

/** One org as tests, demos and checkers see it, and what its people and its admin can do. What they may not do throws a Refusal. */
export interface OrgTwin {
  /** 18 characters. */
  orgId: string;
  /** User name of the integration user, which the JWT bearer flow and `login_hint` name. */
  username: string;
  /** The activities a person sees on a record page, newest first. */
  timeline(recordId: string): Activity[];
  /** The record as stored, or undefined. */
  row(object: string, id: string): Row | undefined;
  rows(object: string): Row[];
  /** What lies in the recycle bin; a merged record has its MasterRecordId. */
  binned(object: string): Row[];
  /** Stands for `ConnectApi.NamedCredentials.createCredential`. */
  setInstallKey(key: string): void;
  installKey(): string | undefined;
  /** The question Apex asks UserRecordAccess. */
  hasAccess(userId: string, recordId: string): boolean;
  /** An access token of this user, as if they had logged in. */
  login(userId: string): string;
  /** Ends every session, as an admin or a timeout would. */
  endSessions(): void;
  /** Sessions that stand open, over all users. */
  sessions(): number;
  /** From now on sessions open and are refused by the API, as where they are bound to an address that is not ours; or no longer. */
  setShut(isShut: boolean): void;
  /** Whether the admin lets the integration user use our app; taking it away ends its sessions too. */
  setApproved(isApproved: boolean): void;
  setCallsMax(calls: number): void;
  /** Uses up the day's API calls, or gives them back. */
  setExhausted(isExhausted: boolean): void;
  /** Switches of the org's own; those not named stay as they are. */
  setRules(rules: Partial<Omit<Rules, 'recordTypes' | 'fieldAccess'>>): void;
  /** Record types with their own stages, the default first; none takes them away. Answers their ids. */
  setRecordTypes(object: string, types: readonly { name: string; stages: readonly string[] }[]): string[];
  /** Field-level security: `Opportunity.NextStep` → what this user's permission sets leave of it. */
  setFieldAccess(userId: string, fields: Record<string, 'read' | 'none'>): void;
  /** Overrides what sharing gives this user on one record. */
  setRecordAccess(userId: string, recordId: string, level: Level): void;
  /** A person's change on the record page: the author and the time are theirs. The rep, unless somebody else is named. */
  edit(object: string, id: string, fields: Row, userId?: string): void;
  make(object: string, fields: Row, userId?: string): string;
  remove(object: string, id: string, userId?: string): void;
  undelete(id: string, userId?: string): void;
  merge(object: string, masterId: string, loserIds: readonly string[], userId?: string): void;
  convertLead(id: string, into?: people.Conversion, userId?: string): people.Converted;
  /** A call another product has logged. */
  logCallByOther(call: people.OtherCall, userId?: string): string;
  count(): Count;
}

/** What the server needs of one org. */
export interface Desk {
  org: Org;
  tally: Tally;
  twin: OrgTwin;
  isExhausted: boolean;
  isShut: boolean;
  /** Once a transaction stands: forgets how to undo it, tells the trigger, and keeps it. */
  commit(): void;
  save(): void;
}

interface DeskOptions {
  n: number;
  stateFile: string | undefined;
  now: () => number;
  callsMax: number | undefined;
  /** Called after every change. */
  changed(desk: Desk): void;
  tell(desk: Desk): void;
}

export function openDesk(options: DeskOptions): Desk {
  const { n, now } = options;
  const rep = cast.salesforce.rep.userId;
  const { id: integration, username } = cast.salesforce.integrationUser;
  const store = openStore<OrgState>(options.stateFile, () => seed(now(), n));
  // A file of an earlier version lacks what came since.
  Object.assign(store.state, { ...emptyState(now(), orgIdOf(n), usernameOf(username, n)), ...store.state });
  const org = openOrg(store.state, now, options.callsMax);
  const { state } = org;
  const tally = openTally();
  const changed = <T>(done: T): T => {
    desk.commit();
    return done;
  };
  const twin: OrgTwin = {
    orgId: state.orgId,
    username: state.integrationUser,
    timeline: (recordId) => timelineOf(org, recordId),
    row: (object, id) => rowOf(org, object, id),
    rows: (object) => rowsOf(org, object),
    binned: (object) =>
      Object.values(state.bin)
        .filter((one) => one.object === object)
        .map(({ row }) => row),
    setInstallKey(key) {
      state.installKey = key;
      changed(undefined);
    },
    installKey: () => state.installKey ?? undefined,
    hasAccess: (userId, recordId) => levelFor(org, userId, recordId) !== 'None',
    login: (userId) => changed(openSession(org, userId)),
    endSessions() {
      state.sessions = {};
      changed(undefined);
    },
    sessions: () => Object.values(state.sessions).filter(({ expiresAt }) => expiresAt > now()).length,
    setShut(isShut) {
      desk.isShut = isShut;
    },
    setApproved(isApproved) {
      state.preauthorised = isApproved ? [integration] : [];
      if (!isApproved) state.sessions = {};
      changed(undefined);
    },
    setCallsMax(calls) {
      org.callsMax = calls;
    },
    setExhausted(isExhausted) {
      desk.isExhausted = isExhausted;
    },
    setRules(rules) {
      state.rules = { ...state.rules, ...rules };
      changed(undefined);
    },
    setRecordTypes(object, types) {
      const made = types.map(({ name, stages }) => {
        const id = makeId('012', state.nextId++);
        return { id, name, developerName: name.replace(/\W+/g, '_'), values: { StageName: stages } };
      });
      const { [object]: _, ...others } = state.rules.recordTypes;
      state.rules = { ...state.rules, recordTypes: made.length > 0 ? { ...others, [object]: made } : others };
      state.rows['RecordType'] = Object.fromEntries(
        Object.entries(state.rules.recordTypes).flatMap(([SobjectType, all]) =>
          all.map(({ id, name, developerName }) => [
            core(id),
            { Id: id, Name: name, DeveloperName: developerName, SobjectType, IsActive: true, IsDeleted: false },
          ]),
        ),
      );
      return changed(made.map(({ id }) => id));
    },
    setFieldAccess(userId, fields) {
      state.rules = { ...state.rules, fieldAccess: { ...state.rules.fieldAccess, [core(userId)]: fields } };
      changed(undefined);
    },
    setRecordAccess(userId, recordId, level) {
      state.levels[`${core(userId)}:${core(recordId)}`] = level;
      changed(undefined);
    },
    edit: (object, id, fields, userId = rep) => changed(people.edit(org, object, id, fields, userId)),
    make: (object, fields, userId = rep) => changed(people.make(org, object, fields, userId)),
    remove: (object, id, userId = rep) => changed(people.discard(org, object, id, userId)),
    undelete: (id, userId = rep) => changed(people.undelete(org, id, userId)),
    merge: (object, masterId, loserIds, userId = rep) => changed(people.merge(org, object, masterId, loserIds, userId)),
    convertLead: (id, into = {}, userId = rep) => changed(people.convertLead(org, id, into, userId)),
    logCallByOther: (call, userId = otherProduct) => changed(people.logCallByOther(org, call, userId)),
    count: () => structuredClone(tally.count),
  };
  const desk: Desk = {
    org,
    tally,
    twin,
    isExhausted: false,
    isShut: false,
    commit() {
      org.undo = [];
      options.tell(desk);
      org.changes = [];
      options.changed(desk);
    },
    save: () => store.save(),
  };
  return desk;
}
