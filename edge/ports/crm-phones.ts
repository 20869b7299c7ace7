import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Result } from '../../shared/kit/result.ts';

/** A number as it stands in the CRM, typed by somebody. */
export interface TypedPhone {
  /** Whose it is: a person on the record, or the company itself. */
  of: RecordRef;
  name: string;
  typed: string;
  label: string;
}

/** Whom one could call about a record. Ends within 10 s. */
export interface CrmPhones {
  /** Mobile numbers of a person before the others; people in the CRM's order. `gone` when there is no such record. */
  phonesOf(ref: RecordRef): Promise<Result<TypedPhone[]>>;
}
