import type { RecordRef } from '../../shared/contracts/record.ts';

/** A telephone line of a tenant: which rep answers it, as the admin told us. */
export interface RepLine {
  /** The tenant's number customers call, E.164. */
  number: string;
  /** Where the rep is reached. */
  dial: string;
  userId: string;
  ownerId: string;
  email: string;
  name: string;
}

/** Whom a number belongs to in the CRM. Nobody found is an empty answer, not an error: the call still goes through. */
export interface Caller {
  record: RecordRef | null;
  contact: RecordRef | null;
  name: string;
  email: string | null;
  /** Of everybody it may be; null when the CRM could not be asked. */
  emails: readonly string[] | null;
}
