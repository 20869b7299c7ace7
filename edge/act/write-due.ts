import type { ChangeBody, CrmWrite } from '../../shared/contracts/change.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import { type Fault, passes, type Result } from '../../shared/kit/result.ts';
import type { Crm } from '../ports/crm.ts';

/** A leased row of the outbox. */
export interface DueChange {
  id: string;
  opKey: string;
  callId: string;
  record: RecordRef;
  also: RecordRef[];
  body: ChangeBody;
  attempts: number;
}

export interface WriteDeps {
  crm: Result<Crm>;
  now(): number;
  /** Takes rows that are due for ourselves until the lease ends; in the order they must be written. */
  lease(): Promise<DueChange[]>;
  written(id: string, crmId: string): Promise<void>;
  later(id: string, atMs: number, trouble: string): Promise<void>;
  park(id: string, trouble: string): Promise<void>;
}

const ATTEMPTS_MAX = 20;
const WAIT_MAX_MS = 10 * 60_000;

/** Carries everything due to the CRM, one after the other. Answers how many rows it settled. */
export async function writeDue(deps: WriteDeps): Promise<number> {
  let settled = 0;
  // A call whose first change must wait keeps its later ones behind it: order is part of the promise.
  const held = new Set<string>();
  for (const change of await deps.lease()) {
    if (held.has(change.callId)) {
      await deps.later(change.id, deps.now() + waitMs(0), 'Waits for an earlier change of the same call.');
      continue;
    }
    const done = await send(deps.crm, change);
    if (done.ok) {
      await deps.written(change.id, done.value.recordId);
      settled += 1;
      continue;
    }
    if (passes(done.fault) && change.attempts < ATTEMPTS_MAX) {
      held.add(change.callId);
      await deps.later(change.id, deps.now() + Math.max(done.fault.retryAfterMs ?? 0, waitMs(change.attempts)), done.fault.said);
      continue;
    }
    // Nothing a retry can fix: it is shown to a person, with its reason.
    await deps.park(change.id, done.fault.said);
    settled += 1;
  }
  return settled;
}

async function send(crm: Result<Crm>, change: DueChange): Promise<Result<{ recordId: string }, Fault>> {
  if (!crm.ok) return crm;
  const write = asWrite(change.body);
  if (!write) return { ok: false, fault: { kind: 'refused', said: 'This is not something the CRM takes.' } };
  return crm.value.write(write, { record: change.record, also: change.also }, change.opKey.slice(0, 40));
}

const asWrite = (body: ChangeBody): CrmWrite | null => (body.kind === 'draft-email' ? null : body);

const waitMs = (attempts: number) => Math.min(WAIT_MAX_MS, 1_000 * 2 ** attempts);
