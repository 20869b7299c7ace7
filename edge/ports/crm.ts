import type { CrmWrite } from '../../shared/contracts/change.ts';
import type { RecordRef, Stage } from '../../shared/contracts/record.ts';
import type { Result } from '../../shared/kit/result.ts';

/** The host CRM of one connection. Every vendor passes `crm.contract.ts`. Every method ends within 10 s. */
export interface Crm {
  /** People with this E.164 number, best first: open deal, then last touched. Empty when nobody matches. */
  findByPhone(number: string): Promise<Result<CrmPerson[]>>;

  /** A record as it stands now, or `gone`. Stages are those of the deal's own pipeline; empty for other objects. */
  record(ref: RecordRef): Promise<Result<CrmRecord>>;

  /** What the CRM would show this user of this record. Never guesses upward: unknown is all false. */
  reach(user: CrmUser, ref: RecordRef): Promise<Result<Reach>>;

  /**
   * Carry out one change. `key` is ours and stable: applying the same key twice leaves one record.
   * `move-stage` writes only while the stage still is `from`; otherwise it is `refused`.
   * `also` are further records the activity belongs to.
   */
  write(change: CrmWrite, on: { record: RecordRef; also: readonly RecordRef[] }, key: string): Promise<Result<{ recordId: string }>>;
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
