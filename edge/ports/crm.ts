import type { CrmWrite } from '../../shared/contracts/change.ts';
import type { RecordRef, Stage } from '../../shared/contracts/record.ts';
import type { Result } from '../../shared/kit/result.ts';

/** The host CRM of one connection. Every vendor passes `crm.contract.ts`. Every method ends within 10 s. */
export interface Crm {
  /** It keeps our keys unique: a new activity that lands twice, or late, is one. */
  readonly effectOnce: boolean;

  /** People with this E.164 number, best first: open deal, then last touched. Empty when nobody matches. */
  findByPhone(number: string): Promise<Result<CrmPerson[]>>;

  /** A record as it stands now, or `gone`. Stages are those of the deal's own pipeline; empty for other objects. */
  record(ref: RecordRef): Promise<Result<CrmRecord>>;

  /** What the CRM would show this user of this record. Never guesses upward: unknown is all false. */
  reach(user: CrmUser, ref: RecordRef): Promise<Result<Reach>>;

  /** People with exactly this address. Empty when nobody matches. */
  findByEmail(email: string): Promise<Result<CrmPerson[]>>;

  /**
   * Carries out changes of one record, in their order, in as few requests as the CRM allows; one outcome for each, in the same places.
   * A key is ours and stable: the same key twice leaves one record. What somebody else has changed since stays, and is `changed`;
   * what the CRM wants first is `lacks` with `asks`.
   */
  write(changes: readonly KeyedWrite[], record: RecordRef): Promise<Written[]>;

  /** The call that another product (a dialler, the CRM's own) has logged for this conversation, within 5 minutes of its start; null when none. */
  loggedCall(ask: LoggedCallAsk): Promise<Result<string | null>>;

  /** What stands in these fields now and who put it there. Unknown fields are left out. */
  fields(ref: RecordRef, names: readonly string[]): Promise<Result<FieldNow[]>>;

  /**
   * Everything that planning a call's changes asks, in as few requests as the CRM allows. `gone` when the record is not there.
   * What we may not see beside the record is empty; what could not be read now fails the whole.
   */
  before(ask: BeforeAsk): Promise<Result<Before>>;

  /** What became of a record that may have been merged, converted or deleted. */
  whereIs(ref: RecordRef): Promise<Result<Whereabouts>>;

  /** What the CRM calls this user of its own, some minutes old at most; null when it knows no such user. */
  nameOf(userId: string): Promise<Result<string | null>>;
}

export interface KeyedWrite {
  change: CrmWrite;
  /** Further records an activity belongs to. */
  also: readonly RecordRef[];
  key: string;
  /** Nothing can stand under this key yet: no look is needed before the first try. */
  isFirst: boolean;
  /** What this key wrote before, when the change is a newer version of it. */
  wrote?: CrmWrite;
}
export type Written = Result<{ recordId: string }>;

export interface LoggedCallAsk {
  record: RecordRef;
  contact?: RecordRef;
  /** ISO 8601. */
  startedAt: string;
  durationMs: number;
  fromNumber?: string;
  toNumber?: string;
}

export interface BeforeAsk {
  record: RecordRef;
  /** Exact names of the fields whose value and author are needed. */
  fields: readonly string[];
  /** To find another product's record of the call; absent when that is settled. */
  call?: Omit<LoggedCallAsk, 'record'>;
  /** Call records that we wrote ourselves: they need no look. */
  ours: readonly string[];
  /** The customer's address, when nobody knows yet which person they are. */
  email?: string;
}

export interface Before {
  /** Under its new id when it was merged into another. */
  record: CrmRecord;
  /** Unknown fields are left out. */
  fields: FieldNow[];
  /** As `loggedCall` answers. */
  loggedCall: string | null;
  /** Who has the address, those on the record first; without their deals. */
  people: CrmPerson[];
}

export interface FieldNow {
  field: string;
  label: string;
  /** Null for empty. */
  value: string | null;
  /** Who changed it last; `unknown` when the CRM keeps no such record. */
  by: 'us' | 'other' | 'unknown';
  /** A name or a product, for people. */
  who?: string;
  /** ISO 8601. */
  at?: string;
}

export type Whereabouts =
  | { is: 'here' }
  | { is: 'merged'; into: RecordRef }
  /** A lead; `also` is what else it has become, beside the likeliest heir. */
  | { is: 'converted'; into: RecordRef; also?: RecordRef[] }
  | { is: 'deleted' };

/** What an install found out about a CRM, kept with the connection as plain JSON. What is absent is not known. */
export interface Capabilities {
  /** Activities can carry our unique key. */
  effectOnce: boolean;
  /** Associations can carry labels. */
  labels?: boolean;
  /** A task can belong to several people. */
  sharedActivities?: boolean;
  /** Record type → its stages, exact values in order. */
  stagesByRecordType?: Record<string, string[]>;
  /** What a deal has to have in any stage, exact field names. */
  requiredFields?: string[];
}

/** Who asks, as the host proved it. */
export interface CrmUser {
  id: string;
  email: string;
}

export interface CrmPerson {
  ref: RecordRef;
  name: string;
  email?: string;
  /** The open deal or opportunity this person belongs to, if exactly one is the likeliest. */
  deal?: RecordRef;
}

export interface CrmRecord {
  ref: RecordRef;
  name: string;
  /** The CRM's own user (owner) id, as writes want it. */
  ownerId?: string;
  stageId?: string;
  stages: Stage[];
  people: { ref: RecordRef; name: string; email?: string }[];
}

export interface Reach {
  owner: boolean;
  team: boolean;
  any: boolean;
}
