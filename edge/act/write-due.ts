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
export async function writeDue({ crm, ...deps }: WriteDeps): Promise<number> {
  // Nobody to write to: what is due stays due, and goes on once the CRM is connected again.
  if (!crm.ok) return 0;
  let settled = 0;
  let isExpired = false;
  // A change that must wait keeps later ones of its call and on its record behind it: order is part of the promise.
  const held = new Set<string>();
  for (const change of await deps.lease()) {
    const places = [change.callId, `${change.record.object}/${change.record.id}`];
    if (isExpired || places.some((place) => held.has(place))) {
      await deps.later(change.id, deps.now() + waitMs(0), 'Waits for an earlier change.');
      continue;
    }
    const done = await send(crm.value, change);
    if (done.ok) {
      await deps.written(change.id, done.value.recordId);
      settled += 1;
      continue;
    }
    isExpired = done.fault.kind === 'expired';
    if (isExpired || (passes(done.fault) && change.attempts < ATTEMPTS_MAX)) {
      for (const place of places) held.add(place);
      await deps.later(change.id, deps.now() + Math.max(done.fault.retryAfterMs ?? 0, waitMs(change.attempts)), done.fault.said);
      continue;
    }
    // Nothing a retry can fix: it is shown to a person, with its reason.
    await deps.park(change.id, done.fault.said);
    settled += 1;
  }
  return settled;
}

async function send(crm: Crm, change: DueChange): Promise<Result<{ recordId: string }, Fault>> {
  const write = asWrite(change.body);
  if (!write) return { ok: false, fault: { kind: 'refused', said: 'This is not something the CRM takes.' } };
  return crm.write(write, { record: change.record, also: change.also }, change.opKey.slice(0, 40));
}

const asWrite = (body: ChangeBody): CrmWrite | null => (body.kind === 'draft-email' ? null : body);

const waitMs = (attempts: number) => Math.min(WAIT_MAX_MS, 1_000 * 2 ** attempts);
