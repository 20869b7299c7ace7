import type { Result } from '../../../shared/kit/result.ts';
import type { KeyedWrite } from '../../ports/crm.ts';
import type { ApiUsage, Talk } from './client.ts';
import type { SalesforceFault } from './faults.ts';

/** How much of the org's daily API calls may be used before we stop writing. */
export interface Budget {
  /** 0..1, the admin's cap. */
  share: number;
  /** The newest usage anybody has seen, when it is known. */
  last?(): ApiUsage | undefined;
  /** Hears of the usage with every answer. */
  seen(usage: ApiUsage): void;
}

/** What one method of the port works with. */
export interface Desk extends Talk {
  budget: Budget | undefined;
  /** The integration user; tells our values from others'. */
  username: string | undefined;
  /** The org lets a task have several contacts. */
  sharedActivities: boolean;
}

/** What became of each change of a bundle. */
export type Outcomes = Map<KeyedWrite, Made>;
export type Made = Result<{ recordId: string }, SalesforceFault>;
