import { hearPhone, isOver, type PhoneHeard, type PhoneState } from '../../../shared/capture/phone-call.ts';
import type { PhoneCallRow } from './store.ts';

export interface HearDeps {
  callOf(tenantId: string, id: string): Promise<PhoneCallRow | null>;
  /** False when it has moved since it was read. */
  move(tenantId: string, was: PhoneCallRow, now: PhoneState & { externalId?: string | null }): Promise<boolean>;
  /** Ends it at the network; over already is fine. False when the network could not be told. */
  hangUp(tenantId: string, externalId: string): Promise<boolean>;
}

/** More moves at once than a call has words is a circle. */
const TRIES = 6;

/** The call after what was heard of it; null when there is none. Heard twice, nothing changes. */
export async function hear(
  deps: HearDeps,
  tenantId: string,
  id: string,
  heard: PhoneHeard,
  externalId?: string,
): Promise<PhoneCallRow | null> {
  for (let tries = 0; tries < TRIES; tries++) {
    const call = await deps.callOf(tenantId, id);
    if (!call) return null;
    const next = hearPhone(call, heard);
    const isNamed = externalId !== undefined && call.externalId === null;
    if (next === call && !isNamed) return call;
    const moved = { ...call, ...next, ...(isNamed ? { externalId } : {}) };
    if (!(await deps.move(tenantId, call, moved))) continue;
    // Given up before the network had a name for it: now it can be told.
    if (isNamed && isOver(call)) await deps.hangUp(tenantId, externalId);
    return deps.callOf(tenantId, id);
  }
  throw new Error('A call moves faster than it can be written down.');
}
