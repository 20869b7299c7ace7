import type { Known } from '../../../shared/kit/remembered.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { Before, Crm } from '../../ports/crm.ts';
import { before } from './before.ts';
import { salesforceClient, type TokenSource } from './client.ts';
import type { Budget, Desk } from './desk.ts';
import { plain } from './faults.ts';
import { findByEmail, findByPhone } from './find-people.ts';
import { loggedCall } from './logged-call.ts';
import { nameOf } from './name-of.ts';
import { reach } from './reach.ts';
import { whereIs } from './where-is.ts';
import { write } from './write.ts';

/** The port promises an end within 10 s, however many calls a method takes. */
const methodMs = 9_500;

export interface SalesforceAccess {
  token: TokenSource;
  /** Without it writes are never held back. */
  budget?: Budget;
  /** The integration user's; tells our values from others'. */
  username?: string;
  /** From the install's probe. */
  sharedActivities?: boolean;
  effectOnce?: boolean;
  /** Where an org's definitions are remembered; one place for all unless given. */
  known?: Known<unknown>;
}

/** One org as a Crm, acting as its integration user. */
export function salesforceCrm({ token, budget, username, sharedActivities = false, effectOnce = true, known }: SalesforceAccess): Crm {
  const client = salesforceClient({ token, seen: budget && ((usage) => budget.seen(usage)), known });
  const desk = (): Desk => ({ client, signal: AbortSignal.timeout(methodMs), budget, username, sharedActivities });
  return {
    effectOnce,
    findByPhone: async (number) => bare(await findByPhone(desk(), number)),
    findByEmail: async (email) => bare(await findByEmail(desk(), email)),
    record: async (ref) => part(await before(desk(), { record: ref, fields: [], ours: [] }), 'record'),
    reach: async (user, ref) => bare(await reach(desk(), user, ref)),
    write: (changes, record) => write(desk(), changes, record),
    loggedCall: async (ask) => bare(await loggedCall(desk(), ask)),
    fields: async (ref, names) => part(await before(desk(), { record: ref, fields: names, ours: [] }), 'fields'),
    before: async (ask) => bare(await before(desk(), ask)),
    whereIs: async (ref) => bare(await whereIs(desk(), ref)),
    nameOf: async (userId) => bare(await nameOf(desk(), userId)),
  };
}

const part = <K extends keyof Before>(read: Result<Before>, name: K): Result<Before[K]> => (read.ok ? ok(read.value[name]) : bare(read));

const bare = <T>(result: Result<T>): Result<T> => (result.ok ? result : failed(plain(result.fault)));
