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

export interface HeldCall {
  repId: string | null;
  contact: RecordRef | null;
  customerName: string;
  startedAt: string;
  durationMs: number;
  /** The customer said something. */
  heard: boolean;
}

export interface ObserveDeps {
  save(tenantId: string, touch: Touch): Promise<void>;
}

/** A call that was really held is a touch between its rep and the contact; a missed one is none. */
export async function observe(
  deps: ObserveDeps,
  { tenantId, callId }: { tenantId: string; callId: string },
  call: HeldCall | null,
): Promise<void> {
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
