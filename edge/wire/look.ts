import { failed, ok, type Result } from '../../shared/kit/result.ts';
import { ownCallIds } from '../act/ledger/store.ts';
import type { Connected, Look, LookAsk } from '../act/plan.ts';
import type { CallRow } from '../capture/store.ts';
import type { Parts } from '../parts.ts';
import { writerStub } from '../stubs.ts';
import { crmReads } from './crm-reads.ts';
import { addressesOf, whoWasOn } from './people.ts';

/** A record, and what hangs on it. */
const REQUESTS = 2;
const OWN_CALLS = 200;
const PATIENCE_MS = 30_000;

/** Everything that planning asks a CRM, at the connection's rate: a plan that cannot be made yet comes again. */
export async function look(parts: Parts, on: Connected, { record, fields, call }: LookAsk, of: CallRow | null): Promise<Result<Look>> {
  if (!(await mayAsk(parts, on))) return failed({ kind: 'busy', said: 'This CRM is asked as often as it allows.' });
  const [crm, addresses, ours] = await Promise.all([
    parts.crmOf(on.tenantId, on.connectionId),
    addressesOf(parts, on, of),
    ownCallIds(parts.db, on.tenantId, record, OWN_CALLS),
  ]);
  if (!crm.ok) return crm;
  const email = addresses?.lookups.find(({ by }) => by === 'email')?.value;
  const before = await crm.value.before({ record, fields, ours, ...(call ? { call } : {}), ...(email === undefined ? {} : { email }) });
  if (!before.ok) return before;
  const { people, ...seen } = before.value;
  const [standing, who] = await Promise.all([
    crmReads(parts).remembered(on, seen.record.ref, seen.fields),
    whoWasOn(parts, on, addresses, email === undefined ? undefined : people),
  ]);
  if (!who.ok) return who;
  return ok({ record: seen.record, standing, loggedCall: seen.loggedCall, people: who.value.people });
}

/** Waits for its turn, which is a matter of seconds unless the CRM asked for quiet. */
async function mayAsk({ bindings, now }: Parts, { tenantId, connectionId }: Connected): Promise<boolean> {
  const endMs = now() + PATIENCE_MS;
  for (;;) {
    const waitMs = await writerStub(bindings, tenantId, connectionId).reserve(tenantId, connectionId, REQUESTS);
    if (waitMs === 0) return true;
    if (now() + waitMs > endMs) return false;
    await new Promise((done) => setTimeout(done, waitMs));
  }
}
