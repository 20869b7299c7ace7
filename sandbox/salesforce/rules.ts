/** A validation rule: once the record stands on one of `stages` (any, when absent), none of `needs` may be empty. */
interface Validation {
  object: string;
  stages?: readonly string[];
  needs: readonly string[];
  message: string;
  /** Where the page shows the message; absent means at the top. */
  field?: string;
}

export interface RecordType {
  id: string;
  name: string;
  developerName: string;
  /** Picklist field → its values for this record type, in order. */
  values: Record<string, readonly string[]>;
}

/** What an admin of this org has switched on. Plain data. */
export interface Rules {
  validations: readonly Validation[];
  /** `Opportunity.NextStep`: required on every save, by the API too. */
  required: readonly string[];
  /** A duplicate rule that blocks: people by e-mail, accounts by name. */
  blocksDuplicates: boolean;
  /** Keeps the history of an opportunity's fields; without it the object does not exist. */
  keepsHistory: boolean;
  /** A task can have several contacts. */
  sharedActivities: boolean;
  /** Object → its record types, the default first. */
  recordTypes: Record<string, readonly RecordType[]>;
  /** User (first 15 characters) → `Opportunity.NextStep` → what field-level security leaves of it. */
  fieldAccess: Record<string, Record<string, 'read' | 'none'>>;
}

export const noRules = (): Rules => ({
  validations: [],
  required: [],
  blocksDuplicates: false,
  keepsHistory: true,
  sharedActivities: false,
  recordTypes: {},
  fieldAccess: {},
});
