import type { RecordRef } from '../../shared/contracts/record.ts';

/** Two people spoke: the evidence trust is made of. */
export interface Touch {
  repId: string;
  person: RecordRef;
  personName: string;
  callId: string;
  at: string;
  minutes: number;
  channel: 'call';
}

export interface ObserveDeps {
  callOf(
    tenantId: string,
    callId: string,
  ): Promise<{
    repId: string | null;
    contact: RecordRef | null;
    customerName: string;
    startedAt: string;
    durationMs: number;
    heard: boolean;
  } | null>;
  save(tenantId: string, touch: Touch): Promise<void>;
}

/** A call that was really held is a touch between its rep and the contact; a missed one is none. */
export async function observe(deps: ObserveDeps, { tenantId, callId }: { tenantId: string; callId: string }): Promise<void> {
  const call = await deps.callOf(tenantId, callId);
  if (!call?.repId || !call.contact || !call.heard) return;
  await deps.save(tenantId, {
    repId: call.repId,
    person: call.contact,
    personName: call.customerName,
    callId,
    at: call.startedAt,
    minutes: call.durationMs / 60_000,
    channel: 'call',
  });
}
