import type { Crm } from '../../ports/crm.ts';
import { salesforceClient, type TokenSource } from './client.ts';
import { findByPhone } from './find-people.ts';
import { reach } from './reach.ts';
import { readRecord } from './read-record.ts';
import { moveStage, writeTask } from './write-change.ts';

/** The port promises an end within 10 s, however many calls a method takes. */
const methodMs = 9_500;

/** One org as a Crm, acting as its integration user. */
export function salesforceCrm({ token }: { token: TokenSource }): Crm {
  const client = salesforceClient({ token });
  const talk = () => ({ client, signal: AbortSignal.timeout(methodMs) });
  return {
    findByPhone: (number) => findByPhone(talk(), number),
    record: (ref) => readRecord(talk(), ref),
    reach: (user, ref) => reach(talk(), user, ref),
    write: (change, on, key) => (change.kind === 'move-stage' ? moveStage(talk(), change, on.record) : writeTask(talk(), change, on, key)),
  };
}
