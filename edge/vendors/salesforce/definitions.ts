import { type Known, remembered } from '../../../shared/kit/remembered.ts';
import type { Result } from '../../../shared/kit/result.ts';
import type { SalesforceFault } from './faults.ts';

const kept = { keptMs: 10 * 60_000, entriesMax: 200 };

/** Describes and picklists that this isolate knows, by full address: they are large, and an admin changes them now and then. */
export const everyOrg: Known<unknown> = new Map();

type Reply = Result<unknown, SalesforceFault>;

/** The definition at this address, some minutes old at most. */
export const definitionAt = (known: Known<unknown>, address: string, ask: () => Promise<Reply>): Promise<Reply> =>
  remembered(known, address, { ...kept, nowMs: Date.now() }, ask);
