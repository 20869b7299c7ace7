import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Result } from '../../shared/kit/result.ts';
import type { CrmUser } from './crm.ts';

/** A meeting that somebody put into the CRM's calendar. What it is called stays there. */
export interface CrmMeeting {
  /** The CRM's own. */
  id: string;
  /** ISO 8601 */
  startsAt: string;
  /** The records it is about. */
  about: RecordRef[];
  /** Whose it is; null where the CRM does not say. Where a CRM knows users by their ids alone, the address is empty. */
  host: CrmUser | null;
}

/** What is planned in a CRM. Ends within 10 s. */
export interface CrmCalendar {
  /** Meetings that begin from `from` up to `to` (ISO 8601) and were not called off, the soonest 50. */
  between(from: string, to: string): Promise<Result<CrmMeeting[]>>;
}
